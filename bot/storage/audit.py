"""What was decided by whom: facts without content."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, Integer, String, Table, delete, insert, select, update

from bot.domain.people import PersonId
from bot.ports.store import Fact
from bot.storage.schema import METADATA, UtcTime
from bot.storage.session import Session

AUDIT = Table(
    "audit",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False, index=True),
    Column("person_id", String, index=True),
    Column("verb", String, nullable=False),
    Column("about", String, nullable=False),
    sqlite_autoincrement=True,
)


class AuditRows:
    """The audit log in the database; rows are only ever added."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def note(self, verb: str, about: str, *, by: PersonId | None, now: datetime) -> None:
        """Append one fact, such as `report.resolved` about `7K3`."""
        row = {"at": now, "person_id": by, "verb": verb, "about": about}
        await self._session.run(insert(AUDIT), [row])

    async def of_person(self, person: PersonId) -> Sequence[Fact]:
        """Return what somebody has decided or changed, oldest first."""
        rows = await self._session.all(
            select(AUDIT).where(AUDIT.c.person_id == person).order_by(AUDIT.c.id)
        )
        return [Fact(verb=row.verb, about=row.about, at=row.at) for row in rows]

    async def unlink(self, person: PersonId) -> int:
        """Keep the facts of an erased person, but no longer whose they were."""
        return await self._session.run(
            update(AUDIT).where(AUDIT.c.person_id == person).values(person_id=None)
        )

    async def forget_old(self, before: datetime) -> int:
        """Drop facts past their lifetime; return how many."""
        return await self._session.run(delete(AUDIT).where(AUDIT.c.at < before))
