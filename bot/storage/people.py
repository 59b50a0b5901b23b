"""People: pseudonyms, accounts, consents and roles."""

import json
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Row,
    and_,
    bindparam,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)

from bot.domain.consent import VERSIONS, ConsentGiven, Purpose
from bot.domain.messages import Platform, RoomRef, UserRef
from bot.domain.people import Grant, LanguageSource, Person, PersonId, Role
from bot.domain.positions import Cell, read_cell
from bot.storage.dialect import insert
from bot.storage.note_tables import NOTES
from bot.storage.people_tables import (
    ALIASES,
    CONSENTS,
    GRANTS,
    GROUP_MEMBERS,
    IDENTITIES,
    PEOPLE,
)
from bot.storage.schema import METADATA
from bot.storage.session import Session
from bot.storage.vault import PERSON, person_key

USER_FIELD = "identities.user_id"
ROOM_FIELD = "identities.private_room"
CELL_FIELD = "people.shared_cell"
_TO_THE_PRESENT_TEXT = or_(
    *(
        and_(CONSENTS.c.purpose == purpose.value, CONSENTS.c.version == version)
        for purpose, version in VERSIONS.items()
    )
)
_PERSON = (
    select(
        PEOPLE,
        IDENTITIES.c.private_room,
        IDENTITIES.c.hash.label("account"),
        CONSENTS.c.purpose,
        GRANTS.c.id.label("grant_id"),
        GRANTS.c.role,
        GRANTS.c.organisation,
        GRANTS.c.areas,
        GRANTS.c.expires_at,
        GRANTS.c.identity,
    )
    .outerjoin(IDENTITIES, IDENTITIES.c.person_id == PEOPLE.c.id)
    .outerjoin(
        CONSENTS,
        and_(
            CONSENTS.c.person_id == PEOPLE.c.id,
            CONSENTS.c.withdrawn_at.is_(None),
            _TO_THE_PRESENT_TEXT,
        ),
    )
    .outerjoin(GRANTS, GRANTS.c.person_id == PEOPLE.c.id)
    .order_by(GRANTS.c.id)
)
_ROOM_OF = select(
    IDENTITIES.c.person_id, IDENTITIES.c.private_room, IDENTITIES.c.is_reachable
).where(IDENTITIES.c.hash == bindparam("hash"))
_BY_ID = _PERSON.where(PEOPLE.c.id == bindparam("person"))
_KNOWN = select(PEOPLE.c.id).where(PEOPLE.c.id.in_(bindparam("people", expanding=True)))
_ALIAS = select(ALIASES.c.number).where(
    ALIASES.c.scope == bindparam("of"), ALIASES.c.person_id == bindparam("whose")
)
_BEHIND = _PERSON.where(IDENTITIES.c.hash == bindparam("hash"))


class PeopleRows:
    """People in the database."""

    def __init__(self, session: Session, *, default_language: str) -> None:
        self._session = session
        self._default_language = default_language

    async def by_user(self, user: UserRef, now: datetime, *, is_reachable: bool = True) -> Person:
        """Return the person behind an account; somebody new if it was never seen."""
        digest = self._session.vault.hash_of(user)
        rows = await self._session.all(_BEHIND, hash=digest)
        known = rows[0] if rows else None
        if known is not None and known.erased_at is None:
            return await self._person(rows, now)
        if known is None:
            person = await self._create(user, digest, now)
            if not is_reachable:
                await self.set_reachable(user, is_reachable=False)
        else:
            person = await self._begin_anew(user, digest, known, now)
        found = await self.get(person, now)
        if found is None:
            raise LookupError("an identity without a person")
        return found

    async def known(self, user: UserRef, now: datetime) -> Person | None:
        """Return the person behind an account, None if it was never seen or is forgotten."""
        rows = await self._session.all(_BEHIND, hash=self._session.vault.hash_of(user))
        is_known = bool(rows) and rows[0].erased_at is None
        return await self._person(rows, now) if is_known else None

    async def get(self, person: PersonId, now: datetime) -> Person | None:
        """Return a person, None if there is none such."""
        rows = await self._session.all(_BY_ID, person=person)
        return await self._person(rows, now) if rows else None

    async def accounts(self, person: PersonId) -> Sequence[UserRef]:
        """Return the accounts of a person."""
        rows = await self._session.all(
            select(IDENTITIES).where(IDENTITIES.c.person_id == person).order_by(IDENTITIES.c.hash)
        )
        return [account for row in rows if (account := await self._account(row))]

    async def remember_private_room(self, user: UserRef, room: RoomRef) -> bool:
        """Note where an account can be written to, now that it writes there; True if news."""
        digest = self._session.vault.hash_of(user)
        row = await self._session.first(_ROOM_OF, hash=digest)
        if row is None:
            return False
        if not row.is_reachable:
            await self.set_reachable(user, is_reachable=True)
        if row.private_room is not None:
            return not row.is_reachable
        owner = person_key(row.person_id)
        sealed = await self._session.vault.seal(owner, room.room_id, field=ROOM_FIELD)
        await self._session.run(
            update(IDENTITIES).where(IDENTITIES.c.hash == digest).values(private_room=sealed)
        )
        return not row.is_reachable

    async def set_reachable(self, user: UserRef, *, is_reachable: bool) -> bool:
        """Note whether an account can be written to; True if that is news."""
        digest = self._session.vault.hash_of(user)
        changed = await self._session.run(
            update(IDENTITIES)
            .where(IDENTITIES.c.hash == digest, IDENTITIES.c.is_reachable.is_(not is_reachable))
            .values(is_reachable=is_reachable)
        )
        return changed > 0

    async def set_language(self, person: PersonId, code: str, source: LanguageSource) -> None:
        """Note the language somebody reads."""
        await self._session.run(
            update(PEOPLE)
            .where(PEOPLE.c.id == person)
            .values(language=code, language_source=int(source))
        )

    async def share_area(
        self, person: PersonId, area: str, until: datetime, *, cell: Cell | None = None
    ) -> None:
        """Note where somebody is just now."""
        sealed = cell and await self._session.vault.seal(
            person_key(person), cell, field=CELL_FIELD
        )
        await self._session.run(
            update(PEOPLE)
            .where(PEOPLE.c.id == person)
            .values(shared_area=area, shared_until=until, shared_cell=sealed)
        )

    async def forget_shared(self, now: datetime) -> int:
        """Forget the shared places that hold no longer; return how many."""
        return await self._session.run(
            update(PEOPLE)
            .where(PEOPLE.c.shared_until <= now)
            .values(shared_area=None, shared_until=None, shared_cell=None)
        )

    async def consent(self, person: PersonId, purpose: Purpose, now: datetime) -> None:
        """Record a yes to the present version of the text."""
        row = {"version": VERSIONS[purpose], "given_at": now, "withdrawn_at": None}
        await self._session.run(
            insert(self._session.connection, CONSENTS)
            .values(person_id=person, purpose=purpose.value, **row)
            .on_conflict_do_update(index_elements=["person_id", "purpose"], set_=row)
        )

    async def withdraw_consent(self, person: PersonId, purpose: Purpose, now: datetime) -> None:
        """Record that a yes is taken back."""
        await self._session.run(
            update(CONSENTS)
            .where(CONSENTS.c.person_id == person, CONSENTS.c.purpose == purpose.value)
            .values(withdrawn_at=now)
        )
        if purpose is Purpose.NAME:
            mine = ALIASES.c.person_id == person
            await self._session.run(update(ALIASES).where(mine).values(name_digest=None))

    async def alias(self, person: PersonId, scope: str) -> int:
        """Return the stable number of a person in a group or area, a new one if needed."""
        own = await self._session.first(_ALIAS, of=scope, whose=person)
        if own is not None:
            return int(own.number)
        last = await self._session.first(
            select(func.max(ALIASES.c.number).label("number")).where(ALIASES.c.scope == scope)
        )
        number = (last.number if last and last.number else 0) + 1
        await self._session.run(
            insert(self._session.connection, ALIASES).values(
                scope=scope, number=number, person_id=person
            )
        )
        return number

    async def take_name(self, person: PersonId, scope: str, shape: str) -> bool:
        """Let somebody who has a number be called so in a group or area; False if another is."""
        digest = self._session.vault.digest(f"name {shape}")
        rows = await self._session.all(
            select(ALIASES.c.person_id, ALIASES.c.name_digest).where(
                ALIASES.c.scope == scope,
                or_(ALIASES.c.name_digest == digest, ALIASES.c.person_id == person),
            )
        )
        is_free = all(row.person_id == person for row in rows)
        wanted = digest if is_free else None
        if any(row.person_id == person and row.name_digest != wanted for row in rows):
            own = (ALIASES.c.scope == scope, ALIASES.c.person_id == person)
            await self._session.run(update(ALIASES).where(*own).values(name_digest=wanted))
        return is_free

    async def grant(self, user: UserRef, grant: Grant, now: datetime) -> None:
        """Give a role to the person behind an account; the same twice is one."""
        person = await self.by_user(user, now)
        changed = {
            "areas": json.dumps(sorted(grant.areas)),
            "granted_at": now,
            "expires_at": grant.expires_at,
        }
        await self._session.run(
            insert(self._session.connection, GRANTS)
            .values(
                person_id=person.id,
                role=grant.role.value,
                organisation=grant.organisation or "",
                **changed,
            )
            .on_conflict_do_update(
                index_elements=["person_id", "role", "organisation"], set_=changed
            )
        )

    async def drop_configured_grants(self) -> int:
        """Remove lasting roles: those that the configuration gives."""
        return await self._session.run(delete(GRANTS).where(GRANTS.c.expires_at.is_(None)))

    async def holders(self, roles: Sequence[str], now: datetime) -> Sequence[PersonId]:
        """Return the people who hold one of these roles."""
        rows = await self._session.all(
            select(GRANTS.c.person_id)
            .distinct()
            .where(
                GRANTS.c.role.in_(roles),
                or_(GRANTS.c.expires_at.is_(None), GRANTS.c.expires_at > now),
            )
            .order_by(GRANTS.c.person_id)
        )
        return [PersonId(row.person_id) for row in rows]

    async def erase(self, person: PersonId, now: datetime) -> None:
        """Delete all rows of a person but what reaches their account for a last word."""
        for table in (CONSENTS, GRANTS, GROUP_MEMBERS):
            await self._session.run(delete(table).where(table.c.person_id == person))
        await self._session.run(
            update(ALIASES)
            .where(ALIASES.c.person_id == person)
            .values(person_id=None, name_digest=None)
        )
        await self._session.run(
            update(PEOPLE)
            .where(PEOPLE.c.id == person)
            .values(shared_area=None, shared_until=None, shared_cell=None, erased_at=now)
        )

    async def erase_reachability(self, person: PersonId) -> None:
        """Delete the accounts of an erased person too, and then the key of all they wrote."""
        self._session.doomed.append(person_key(person))
        await self._session.run(delete(IDENTITIES).where(IDENTITIES.c.person_id == person))
        await self._session.run(delete(PEOPLE).where(PEOPLE.c.id == person))

    async def leaving(self, before: datetime) -> Sequence[PersonId]:
        """Return the people who were erased before a time and can still be reached."""
        rows = await self._session.all(
            select(PEOPLE.c.id).where(PEOPLE.c.erased_at < before).order_by(PEOPLE.c.id)
        )
        return [PersonId(row.id) for row in rows]

    async def passers_by(self, before: datetime) -> Sequence[PersonId]:
        """Return people met before a time of whom there is only what they are recognised by."""
        known = [PEOPLE.c.created_at < before, PEOPLE.c.erased_at.is_(None)]
        unknown = [~exists().where(column == PEOPLE.c.id) for column in _what_is_of_people()]
        rows = await self._session.all(select(PEOPLE.c.id).where(*known, *unknown))
        return [PersonId(row.id) for row in rows]

    async def agreed_to_older(
        self, purpose: Purpose, *, but_noted: str, limit: int
    ) -> Sequence[PersonId]:
        """Return who has said yes to an older text alone, and was not asked anew."""
        noted = exists().where(NOTES.c.id == literal(but_noted).concat(CONSENTS.c.person_id))
        older = [
            CONSENTS.c.purpose == purpose.value,
            CONSENTS.c.version != VERSIONS[purpose],
            CONSENTS.c.withdrawn_at.is_(None),
        ]
        rows = await self._session.all(
            select(CONSENTS.c.person_id).where(*older, ~noted).limit(limit)
        )
        return [PersonId(row.person_id) for row in rows]

    async def consents_of(self, person: PersonId) -> Sequence[ConsentGiven]:
        """Return every consent that a person gave, with those taken back."""
        rows = await self._session.all(
            select(CONSENTS).where(CONSENTS.c.person_id == person).order_by(CONSENTS.c.purpose)
        )
        return [
            ConsentGiven(
                purpose=Purpose(row.purpose),
                version=row.version,
                given_at=row.given_at,
                withdrawn_at=row.withdrawn_at,
            )
            for row in rows
        ]

    async def aliases(self, person: PersonId) -> Mapping[str, int]:
        """Return a person's numbers, by the group or area where they stand for the name."""
        rows = await self._session.all(
            select(ALIASES).where(ALIASES.c.person_id == person).order_by(ALIASES.c.scope)
        )
        return {row.scope: row.number for row in rows}

    async def keys_in_use(self, among: Collection[str]) -> frozenset[str]:
        """Return those of some keys' owners that are people who are known."""
        people = [o.removeprefix(PERSON) for o in among if o.startswith(PERSON)]
        rows = await self._session.all(_KNOWN, people=people)
        return frozenset(person_key(row.id) for row in rows)

    async def _create(self, user: UserRef, digest: str, now: datetime) -> PersonId:
        person = PersonId(secrets.token_urlsafe(12))
        sealed = await self._session.vault.seal(person_key(person), user.user_id, field=USER_FIELD)
        await self._add(person, now)
        await self._session.run(
            insert(self._session.connection, IDENTITIES).values(
                hash=digest, platform=user.platform.value, person_id=person, user_id=sealed
            )
        )
        return person

    async def _begin_anew(
        self, user: UserRef, digest: str, erased: Row[Any], now: datetime
    ) -> PersonId:
        """Make somebody new of an account whose person was erased and is soon forgotten."""
        vault, person = self._session.vault, PersonId(secrets.token_urlsafe(12))
        room = await vault.unseal(person_key(erased.id), erased.private_room, field=ROOM_FIELD)
        await self._add(person, now)
        await self._session.run(
            update(IDENTITIES)
            .where(IDENTITIES.c.hash == digest)
            .values(
                person_id=person,
                user_id=await vault.seal(person_key(person), user.user_id, field=USER_FIELD),
                private_room=room and await vault.seal(person_key(person), room, field=ROOM_FIELD),
            )
        )
        return person

    async def _add(self, person: PersonId, now: datetime) -> None:
        await self._session.run(
            insert(self._session.connection, PEOPLE).values(
                id=person,
                language=self._default_language,
                language_source=int(LanguageSource.DEFAULT),
                created_at=now,
            )
        )

    async def _person(self, rows: Sequence[Row[Any]], now: datetime) -> Person:
        person = _person(rows, now)
        if person.shared_area is None or rows[0].shared_cell is None:
            return person
        cell = await self._session.vault.unseal(
            person_key(person.id), rows[0].shared_cell, field=CELL_FIELD
        )
        return replace(person, shared_cell=read_cell(cell) if isinstance(cell, str) else None)

    async def _account(self, row: Row[Any]) -> UserRef | None:
        owner = person_key(row.person_id)
        user_id = await self._session.vault.unseal(owner, row.user_id, field=USER_FIELD)
        return UserRef(Platform(row.platform), user_id) if isinstance(user_id, str) else None


def _person(rows: Sequence[Row[Any]], now: datetime) -> Person:
    """Fold rows, one for each pair of consent and role, into one person."""
    row = rows[0]
    is_near = row.shared_until is not None and now < row.shared_until
    return Person(
        id=PersonId(row.id),
        language=row.language,
        language_source=LanguageSource(row.language_source),
        consents=frozenset(Purpose(found.purpose) for found in rows if found.purpose),
        grants=tuple(
            Grant(
                role=Role(found.role),
                organisation=found.organisation or None,
                areas=frozenset(json.loads(found.areas)),
                expires_at=found.expires_at,
            )
            for found in {found.grant_id: found for found in rows if _is_held(found)}.values()
        ),
        shared_area=row.shared_area if is_near else None,
    )


def _is_held(row: Row[Any]) -> bool:
    """Whether a row tells a role that the account of the row may use."""
    return bool(row.grant_id) and row.identity in {None, row.account}


def _what_is_of_people() -> Iterator[Column[str]]:
    """Yield where a person can be named, but for what only recognises them and the audit log."""
    recognising = {"people", "identities", "aliases", "group_members", "audit", "routes"}
    for table in METADATA.sorted_tables:
        if table.name not in recognising:
            yield from (c for c in table.columns if c.name in {"person_id", "author_id"})
