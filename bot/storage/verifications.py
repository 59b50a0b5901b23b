"""Applications and the roles that came of them; addresses are sealed with their owner's key."""

import json
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, or_, select, update

from bot.domain.mail_addresses import MailAddress
from bot.domain.messages import UserRef
from bot.domain.organisations import Organisation, OrganisationId
from bot.domain.people import VERIFIED_ROLES, PersonId
from bot.domain.verification import HeldRole, Stage, Verification, VerificationId, Vote
from bot.storage.dialect import insert
from bot.storage.organisations import ORGANISATIONS
from bot.storage.people_tables import GRANTS, IDENTITIES
from bot.storage.session import Session
from bot.storage.vault import person_key
from bot.storage.verification_tables import BARRED, VERIFICATIONS, VOTES

_FIELD = "verifications.address"
_NOBODY = "erased-"
_VERIFIED = sorted(VERIFIED_ROLES)


class VerificationRows:
    """Applications and roles in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def ask(self, verification: Verification, user: UserRef) -> None:
        """Store an application from an account; an earlier open one of the person there ends."""
        await self._drop(verification.person, verification.organisation, is_granted=False)
        await self._session.run(
            insert(self._session.connection, VERIFICATIONS).values(
                id=verification.id,
                person_id=verification.person,
                identity=self._session.vault.hash_of(user),
                organisation=verification.organisation,
                **await self._columns(verification),
            )
        )

    async def save(self, verification: Verification) -> None:
        """Store how far it has come."""
        await self._session.run(
            update(VERIFICATIONS)
            .where(VERIFICATIONS.c.id == verification.id)
            .values(await self._columns(verification))
        )

    async def get(self, verification: str) -> Verification | None:
        """Return one by its id, None if there is none such."""
        one = VERIFICATIONS.c.id == verification
        row = await self._session.first(select(VERIFICATIONS).where(one))
        return await self._verification(row) if row else None

    async def of_person(self, person: PersonId) -> Sequence[Verification]:
        """Return all of a person's, what is granted first."""
        mine = VERIFICATIONS.c.person_id == person
        granted_first = VERIFICATIONS.c.is_granted.desc()
        return await self._all(
            select(VERIFICATIONS).where(mine).order_by(granted_first, VERIFICATIONS.c.id)
        )

    async def of_organisation(self, organisation: str) -> Sequence[Verification]:
        """Return all of an organisation's, those that end first before the others."""
        theirs = VERIFICATIONS.c.organisation == organisation
        return await self._all(
            select(VERIFICATIONS)
            .where(theirs)
            .order_by(VERIFICATIONS.c.expires_at, VERIFICATIONS.c.id)
        )

    async def mailbox(self, address: str) -> str:
        """Return what an address is recognised by."""
        return self._session.vault.digest(f"mailbox {address}")

    async def colleagues(self, verification: Verification, now: datetime) -> Sequence[PersonId]:
        """Return who else speaks for the organisation now, with another mailbox."""
        same = VERIFICATIONS.c.mailbox == verification.mailbox
        rows = await self._session.all(select(VERIFICATIONS.c.person_id).where(same))
        left_out = {verification.person, *(row.person_id for row in rows)}
        return [
            p for p in await self.speakers(verification.organisation, now) if p not in left_out
        ]

    async def speakers(self, organisation: str, now: datetime) -> Sequence[PersonId]:
        """Return all who speak for an organisation now."""
        rows = await self._session.all(
            select(GRANTS.c.person_id)
            .distinct()
            .where(
                GRANTS.c.organisation == organisation,
                GRANTS.c.role.in_(_VERIFIED),
                or_(GRANTS.c.expires_at.is_(None), GRANTS.c.expires_at > now),
            )
            .order_by(GRANTS.c.person_id)
        )
        return [PersonId(row.person_id) for row in rows]

    async def vote(
        self, verification: VerificationId, person: PersonId, now: datetime
    ) -> Sequence[PersonId]:
        """Note that somebody vouches; return all who do."""
        row = {"verification_id": verification, "person_id": person, "at": now}
        await self._session.run(
            insert(self._session.connection, VOTES).values(row).on_conflict_do_nothing()
        )
        mine = VOTES.c.verification_id == verification
        rows = await self._session.all(select(VOTES.c.person_id).where(mine).order_by(VOTES.c.at))
        return [PersonId(row.person_id) for row in rows]

    async def approve(self, verification: VerificationId, person: PersonId, now: datetime) -> None:
        """Note that a colleague's word was enough: what others have said counts no more."""
        await self._session.run(delete(VOTES).where(VOTES.c.verification_id == verification))
        await self.vote(verification, person, now)

    async def votes_of(self, person: PersonId) -> Sequence[Vote]:
        """Return for whom a person has vouched, the oldest first."""
        rows = await self._session.all(
            select(VOTES.c.verification_id, VOTES.c.at, VERIFICATIONS.c.organisation)
            .outerjoin(VERIFICATIONS, VERIFICATIONS.c.id == VOTES.c.verification_id)
            .where(VOTES.c.person_id == person)
            .order_by(VOTES.c.at)
        )
        return [
            Vote(
                verification=VerificationId(row.verification_id),
                organisation=OrganisationId(row.organisation) if row.organisation else None,
                at=row.at,
            )
            for row in rows
        ]

    async def grant(
        self, verification: Verification, organisation: Organisation, now: datetime
    ) -> None:
        """Make it a role, bound to the account that asked; an earlier one of it ends."""
        await self._drop(verification.person, organisation.id, is_granted=True)
        await self.save(verification)
        mine = VERIFICATIONS.c.id == verification.id
        row = await self._session.first(select(VERIFICATIONS.c.identity).where(mine))
        if row is None:
            raise LookupError("a role of nobody's asking")
        await self._drop_grants(verification.person, organisation.id)
        await self._session.run(
            insert(self._session.connection, GRANTS).values(
                person_id=verification.person,
                role=organisation.role.value,
                organisation=organisation.id,
                areas=json.dumps(sorted(organisation.areas)),
                granted_at=now,
                expires_at=verification.expires_at,
                identity=row.identity,
            )
        )
        await self._session.run(
            delete(BARRED).where(
                BARRED.c.identity == row.identity, BARRED.c.organisation == organisation.id
            )
        )

    async def end(self, verification: VerificationId) -> None:
        """Delete one, with the role if it gave one."""
        found = await self.get(verification)
        if found is None:
            return
        if found.stage is Stage.GRANTED:
            await self._drop_grants(found.person, found.organisation)
        await self._delete(VERIFICATIONS.c.id == verification)

    async def revoke(self, person: PersonId, organisation: str, now: datetime) -> bool:
        """End all that a person has there; a configured role stays ended over restarts."""
        theirs = (GRANTS.c.person_id == person, GRANTS.c.organisation == organisation)
        lasting = await self._session.first(
            select(GRANTS.c.id).where(*theirs, GRANTS.c.expires_at.is_(None))
        )
        if lasting is not None:
            await self._bar(person, organisation, now)
        dropped = await self._drop_grants(person, organisation)
        for is_granted in (True, False):
            dropped += await self._drop(person, organisation, is_granted=is_granted)
        return dropped > 0

    async def is_barred(self, user: UserRef, organisation: str) -> bool:
        """Whether an account's role from the configuration was revoked by chat."""
        digest = self._session.vault.hash_of(user)
        row = await self._session.first(
            select(BARRED.c.at).where(
                BARRED.c.identity == digest, BARRED.c.organisation == organisation
            )
        )
        return row is not None

    async def barred_from(self, person: PersonId) -> Sequence[OrganisationId]:
        """Return the organisations whose configured role was revoked by chat."""
        rows = await self._session.all(
            select(BARRED.c.organisation)
            .distinct()
            .join(IDENTITIES, IDENTITIES.c.hash == BARRED.c.identity)
            .where(IDENTITIES.c.person_id == person)
            .order_by(BARRED.c.organisation)
        )
        return [OrganisationId(row.organisation) for row in rows]

    async def follow(self, organisation: Organisation) -> None:
        """Let the roles of an organisation's people be what it is by now, and where it is."""
        await self._session.run(
            update(GRANTS)
            .where(GRANTS.c.organisation == organisation.id)
            .values(role=organisation.role.value, areas=json.dumps(sorted(organisation.areas)))
        )

    async def held(self) -> Collection[HeldRole]:
        """Return all roles that give a badge."""
        rows = await self._session.all(select(GRANTS).where(GRANTS.c.role.in_(_VERIFIED)))
        return {
            HeldRole(
                person=PersonId(row.person_id),
                organisation=row.organisation,
                role=row.role,
                areas=frozenset(json.loads(row.areas)),
            )
            for row in rows
        }

    async def end_orphans(self) -> int:
        """End roles of organisations that are no more; return how many."""
        known = select(ORGANISATIONS.c.slug)
        await self._delete(VERIFICATIONS.c.organisation.not_in(known))
        orphan = (GRANTS.c.organisation != "", GRANTS.c.organisation.not_in(known))
        return await self._session.run(delete(GRANTS).where(*orphan))

    async def due(self, before: datetime) -> Sequence[VerificationId]:
        """Return those that end before a time."""
        ending = VERIFICATIONS.c.expires_at <= before
        rows = await self._session.all(
            select(VERIFICATIONS.c.id).where(ending).order_by(VERIFICATIONS.c.expires_at)
        )
        return [VerificationId(row.id) for row in rows]

    async def erase(self, person: PersonId) -> int:
        """Delete all of a person's; return how many. Their votes become nobody's."""
        granted = select(VERIFICATIONS.c.id).where(VERIFICATIONS.c.is_granted)
        theirs = VOTES.c.person_id == person
        kept = await self._session.all(
            select(VOTES.c.verification_id).where(theirs, VOTES.c.verification_id.in_(granted))
        )
        for row in kept:
            this = (theirs, VOTES.c.verification_id == row.verification_id)
            nobody = f"{_NOBODY}{secrets.token_urlsafe(12)}"
            await self._session.run(update(VOTES).where(*this).values(person_id=nobody))
        await self._session.run(delete(VOTES).where(theirs))
        return await self._delete(VERIFICATIONS.c.person_id == person)

    async def _bar(self, person: PersonId, organisation: str, now: datetime) -> None:
        accounts = await self._session.all(
            select(IDENTITIES.c.hash).where(IDENTITIES.c.person_id == person)
        )
        for account in accounts:
            await self._session.run(
                insert(self._session.connection, BARRED)
                .values(identity=account.hash, organisation=organisation, at=now)
                .on_conflict_do_nothing()
            )

    async def _drop_grants(self, person: PersonId, organisation: str) -> int:
        theirs = (GRANTS.c.person_id == person, GRANTS.c.organisation == organisation)
        return await self._session.run(delete(GRANTS).where(*theirs))

    async def _drop(self, person: PersonId, organisation: str, *, is_granted: bool) -> int:
        return await self._delete(
            VERIFICATIONS.c.person_id == person,
            VERIFICATIONS.c.organisation == organisation,
            VERIFICATIONS.c.is_granted.is_(is_granted),
        )

    async def _delete(self, *which: ColumnElement[bool]) -> int:
        gone = select(VERIFICATIONS.c.id).where(*which)
        await self._session.run(delete(VOTES).where(VOTES.c.verification_id.in_(gone)))
        return await self._session.run(delete(VERIFICATIONS).where(*which))

    async def _all(self, query: Select[Any]) -> Sequence[Verification]:
        return [await self._verification(row) for row in await self._session.all(query)]

    async def _columns(self, verification: Verification) -> dict[str, object]:
        address, owner = verification.address, person_key(verification.person)
        return {
            "address": address
            and await self._session.vault.seal(
                owner, [address.local, address.domain], field=_FIELD
            ),
            "mailbox": verification.mailbox,
            "stage": verification.stage.value,
            "is_granted": verification.stage is Stage.GRANTED,
            "proved_at": verification.proved_at,
            "expires_at": verification.expires_at,
            "reminded_days": verification.reminded_days,
        }

    async def _verification(self, row: Row[Any]) -> Verification:
        owner = person_key(row.person_id)
        opened = await self._session.vault.unseal(owner, row.address, field=_FIELD)
        match opened:
            case [str(local), str(domain)]:
                address: MailAddress | None = MailAddress(local, domain)
            case _:
                address = None
        return Verification(
            id=VerificationId(row.id),
            person=PersonId(row.person_id),
            organisation=OrganisationId(row.organisation),
            address=address,
            mailbox=row.mailbox,
            stage=Stage(row.stage),
            proved_at=row.proved_at,
            expires_at=row.expires_at,
            reminded_days=row.reminded_days,
        )
