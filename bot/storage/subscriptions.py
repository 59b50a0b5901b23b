"""Who follows what."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    bindparam,
    delete,
    func,
    select,
)

from bot.domain.areas import AreaId
from bot.domain.people import PersonId
from bot.domain.reports import Priority
from bot.domain.subscriptions import Subscription
from bot.storage.dialect import insert
from bot.storage.schema import METADATA, UtcTime
from bot.storage.session import Session

SUBSCRIPTIONS = Table(
    "subscriptions",
    METADATA,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("area", String, primary_key=True),
    Column("at_least", Integer, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index("ix_subscriptions_area_at_least", "area", "at_least", "person_id"),
)
_COUNT = select(func.count(func.distinct(SUBSCRIPTIONS.c.person_id)).label("people")).where(
    SUBSCRIPTIONS.c.area.in_(bindparam("chain", expanding=True)),
    SUBSCRIPTIONS.c.at_least <= bindparam("priority"),
    SUBSCRIPTIONS.c.person_id != bindparam("but"),
)


class SubscriptionRows:
    """Subscriptions in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def put(self, subscription: Subscription, now: datetime) -> None:
        """Add one, or change its priority."""
        at_least = int(subscription.at_least)
        await self._session.run(
            insert(self._session.connection, SUBSCRIPTIONS)
            .values(
                person_id=subscription.person,
                area=subscription.area,
                at_least=at_least,
                created_at=now,
            )
            .on_conflict_do_update(
                index_elements=["person_id", "area"], set_={"at_least": at_least}
            )
        )

    async def remove(self, person: PersonId, area: str) -> bool:
        """Remove one; False if there was none."""
        gone = await self._session.run(
            delete(SUBSCRIPTIONS).where(
                SUBSCRIPTIONS.c.person_id == person, SUBSCRIPTIONS.c.area == area
            )
        )
        return gone > 0

    async def of(self, person: PersonId) -> Sequence[Subscription]:
        """Return what a person follows, the oldest first."""
        rows = await self._session.all(
            select(SUBSCRIPTIONS)
            .where(SUBSCRIPTIONS.c.person_id == person)
            .order_by(SUBSCRIPTIONS.c.created_at, SUBSCRIPTIONS.c.area)
        )
        return [
            Subscription(person=person, area=AreaId(row.area), at_least=Priority(row.at_least))
            for row in rows
        ]

    async def count(self, chain: Sequence[str], at_priority: int, *, but: PersonId | None) -> int:
        """Return how many people hear of a report from the innermost of these areas."""
        row = await self._session.first(_COUNT, chain=chain, priority=at_priority, but=but or "")
        return int(row.people) if row else 0
