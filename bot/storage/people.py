"""People: pseudonyms, accounts and roles."""

import json
import secrets
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Row,
    bindparam,
    delete,
    exists,
    or_,
    select,
    update,
)

from bot.domain.messages import RoomRef, UserRef
from bot.domain.people import Grant, LanguageSource, Person, PersonId
from bot.domain.positions import Cell
from bot.storage.dialect import insert
from bot.storage.people_reading import (
    BEHIND,
    BY_ID,
    CELL_FIELD,
    ROOM_FIELD,
    USER_FIELD,
    account_from_row,
    person_from_rows,
)
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

_ROOM_OF = select(
    IDENTITIES.c.person_id, IDENTITIES.c.private_room, IDENTITIES.c.is_reachable
).where(IDENTITIES.c.hash == bindparam("hash"))
_KNOWN = select(PEOPLE.c.id).where(PEOPLE.c.id.in_(bindparam("people", expanding=True)))


class PeopleRows:
    """People in the database."""

    def __init__(self, session: Session, *, default_language: str) -> None:
        self._session = session
        self._default_language = default_language

    async def by_user(self, user: UserRef, now: datetime, *, is_reachable: bool = True) -> Person:
        """Return the person behind an account; somebody new if it was never seen."""
        digest = self._session.vault.hash_of(user)
        rows = await self._session.all(BEHIND, hash=digest)
        known = rows[0] if rows else None
        if known is not None and known.erased_at is None:
            return await person_from_rows(rows, self._session.vault, now)
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
        rows = await self._session.all(BEHIND, hash=self._session.vault.hash_of(user))
        is_known = bool(rows) and rows[0].erased_at is None
        return await person_from_rows(rows, self._session.vault, now) if is_known else None

    async def get(self, person: PersonId, now: datetime) -> Person | None:
        """Return a person, None if there is none such."""
        rows = await self._session.all(BY_ID, person=person)
        return await person_from_rows(rows, self._session.vault, now) if rows else None

    async def accounts(self, person: PersonId) -> Sequence[UserRef]:
        """Return the accounts of a person."""
        rows = await self._session.all(
            select(IDENTITIES).where(IDENTITIES.c.person_id == person).order_by(IDENTITIES.c.hash)
        )
        return [
            account
            for row in rows
            if (account := await account_from_row(row, self._session.vault))
        ]

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


def _what_is_of_people() -> Iterator[Column[str]]:
    """Yield where a person can be named, but for what only recognises them and the audit log."""
    recognising = {"people", "identities", "aliases", "group_members", "audit", "routes"}
    for table in METADATA.sorted_tables:
        if table.name not in recognising:
            yield from (c for c in table.columns if c.name in {"person_id", "author_id"})
