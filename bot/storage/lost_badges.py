"""Badges that are to be taken off what bears them, in the database."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, select

from bot.domain.people import PersonId
from bot.domain.verification import LostBadge
from bot.storage.dialect import insert
from bot.storage.session import Session
from bot.storage.verification_tables import LOST_BADGES

_IN_ORDER = (LOST_BADGES.c.at, LOST_BADGES.c.person_id, LOST_BADGES.c.organisation)


class LostBadgeRows:
    """Lost badges in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def note(self, lost: Iterable[LostBadge], now: datetime) -> None:
        """Remember that badges are to be looked at, wherever they stand."""
        for one in lost:
            await self._session.run(
                insert(self._session.connection, LOST_BADGES)
                .values(person_id=one.person, organisation=one.organisation, at=now)
                .on_conflict_do_nothing()
            )

    async def all(self) -> Sequence[LostBadge]:
        """Return those that were not looked at yet, the oldest first."""
        rows = await self._session.all(select(LOST_BADGES).order_by(*_IN_ORDER))
        return [LostBadge(PersonId(row.person_id), row.organisation) for row in rows]

    async def settle(self, lost: LostBadge) -> None:
        """Note that nothing bears a badge any more that should not."""
        await self._session.run(
            delete(LOST_BADGES).where(
                LOST_BADGES.c.person_id == lost.person,
                LOST_BADGES.c.organisation == lost.organisation,
            )
        )

    async def erase(self, person: PersonId) -> None:
        """Forget somebody's."""
        await self._session.run(delete(LOST_BADGES).where(LOST_BADGES.c.person_id == person))
