"""Of which names moderators were told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from bot.domain.people import PersonId
from bot.storage.dialect import insert
from bot.storage.official_tables import NAME_WARNINGS
from bot.storage.session import Session


class NameWarningRows:
    """Warnings in the database; of a name only what it is recognised by."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, person: PersonId, name: str, now: datetime) -> bool:
        """Note a name of somebody's; False if it was noted before."""
        digest = self._session.vault.digest(f"warning {name}")
        added = await self._session.run(
            insert(self._session.connection, NAME_WARNINGS)
            .values(person_id=person, name_digest=digest, at=now)
            .on_conflict_do_nothing()
        )
        return added > 0

    async def count_since(self, person: PersonId, since: datetime) -> int:
        """Count the names of somebody's that were noted after a time."""
        row = await self._session.first(
            select(func.count().label("number"))
            .select_from(NAME_WARNINGS)
            .where(NAME_WARNINGS.c.person_id == person, NAME_WARNINGS.c.at > since)
        )
        return int(row.number) if row else 0

    async def of(self, person: PersonId) -> Sequence[datetime]:
        """Return when moderators were told of names of somebody's."""
        theirs = NAME_WARNINGS.c.person_id == person
        rows = await self._session.all(
            select(NAME_WARNINGS.c.at).where(theirs).order_by(NAME_WARNINGS.c.at)
        )
        return [row.at for row in rows]

    async def erase_of(self, person: PersonId) -> None:
        """Forget somebody's names."""
        await self._session.run(delete(NAME_WARNINGS).where(NAME_WARNINGS.c.person_id == person))

    async def forget_old(self, before: datetime) -> int:
        """Forget what was noted before a time; return how much."""
        return await self._session.run(delete(NAME_WARNINGS).where(NAME_WARNINGS.c.at < before))
