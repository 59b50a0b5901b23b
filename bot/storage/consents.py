"""What people have said yes to, in the database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, literal, select, update

from bot.domain.consent import VERSIONS, ConsentGiven, Purpose
from bot.domain.people import PersonId
from bot.storage.dialect import insert
from bot.storage.note_tables import NOTES
from bot.storage.people_tables import ALIASES, CONSENTS
from bot.storage.session import Session


class ConsentRows:
    """Consents, with those taken back."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def give(self, person: PersonId, purpose: Purpose, now: datetime) -> None:
        """Record a yes to the present version of the text."""
        row = {"version": VERSIONS[purpose], "given_at": now, "withdrawn_at": None}
        await self._session.run(
            insert(self._session.connection, CONSENTS)
            .values(person_id=person, purpose=purpose.value, **row)
            .on_conflict_do_update(index_elements=["person_id", "purpose"], set_=row)
        )

    async def withdraw(self, person: PersonId, purpose: Purpose, now: datetime) -> None:
        """Record that a yes is taken back."""
        await self._session.run(
            update(CONSENTS)
            .where(CONSENTS.c.person_id == person, CONSENTS.c.purpose == purpose.value)
            .values(withdrawn_at=now)
        )
        if purpose is Purpose.NAME:
            # Whose name is not shown leaves it to others.
            mine = ALIASES.c.person_id == person
            await self._session.run(update(ALIASES).where(mine).values(name_digest=None))

    async def of(self, person: PersonId) -> Sequence[ConsentGiven]:
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
