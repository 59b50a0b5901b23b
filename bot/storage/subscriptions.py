"""Who follows what, in the database."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, assert_never

from sqlalchemy import Row, delete, insert, select

from bot.domain.areas import AreaId
from bot.domain.circles import Circle
from bot.domain.copies import Subject
from bot.domain.groups import GroupId
from bot.domain.people import PersonId
from bot.domain.positions import Cell
from bot.domain.reports import Priority
from bot.domain.route_places import places_hit, places_of
from bot.domain.routing import Spread
from bot.domain.subscriptions import Followed, OfGroup, Subscription, WholeArea
from bot.storage.alerts import Alerts
from bot.storage.dialect import insert_into
from bot.storage.followers import COUNT, NEWLY_HIT, reached_by
from bot.storage.kind_masks import kinds_in, mask_of
from bot.storage.letting_go import let_go
from bot.storage.session import Session
from bot.storage.subscription_tables import ROUTES, SUBSCRIPTIONS


class SubscriptionRows:
    """Subscriptions in the database."""

    def __init__(self, session: Session, alerts: Alerts) -> None:
        self._session = session
        self._alerts = alerts

    async def put(self, subscription: Subscription, now: datetime) -> None:
        """Add one, or change its priority and kinds."""
        changed = {
            "at_least": int(subscription.at_least),
            "kinds": mask_of(subscription.kinds),
            "lies_in": _lies_in(subscription.followed),
        }
        row = await self._session.first(
            insert_into(SUBSCRIPTIONS, self._session.dialect)
            .values(
                person_id=subscription.person,
                followed=_written(subscription.followed),
                created_at=now,
                **changed,
            )
            .on_conflict_do_update(index_elements=["person_id", "followed"], set_=changed)
            .returning(SUBSCRIPTIONS.c.id)
        )
        if row is not None:
            await self._route(row.id, subscription)
        await let_go(self._session, self._alerts, subscription.person)

    async def remove(self, person: PersonId, followed: Followed) -> bool:
        """Remove one; False if there was none."""
        gone = await self._session.run(
            delete(SUBSCRIPTIONS).where(
                SUBSCRIPTIONS.c.person_id == person,
                SUBSCRIPTIONS.c.followed == _written(followed),
            )
        )
        await let_go(self._session, self._alerts, person)
        return gone > 0

    async def erase(self, person: PersonId) -> int:
        """Remove all of a person's; return how many."""
        gone = await self._session.run(
            delete(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.person_id == person)
        )
        await let_go(self._session, self._alerts, person)
        return gone

    async def of(self, person: PersonId) -> Sequence[Subscription]:
        """Return what a person follows, the oldest first."""
        rows = await self._session.all(
            select(SUBSCRIPTIONS)
            .where(SUBSCRIPTIONS.c.person_id == person)
            .order_by(SUBSCRIPTIONS.c.created_at, SUBSCRIPTIONS.c.followed)
        )
        return [_subscription(row) for row in rows]

    async def count(self, spread: Spread, *, seen_in: Collection[GroupId] = ()) -> int:
        """Return how many people something concerns that do not see it in these groups' rooms."""
        row = await self._session.first(COUNT, **reached_by(spread), groups=list(seen_in))
        return int(row.people) if row else 0

    async def newly_hit(
        self, subject: Subject, *, before: Spread, after: Spread
    ) -> Sequence[PersonId]:
        """Return who was told of something and follows where it is by what did not hit before."""
        rows = await self._session.all(
            NEWLY_HIT,
            **reached_by(after),
            places_before=[*places_hit(before)],
            of_kind=subject.kind.value,
            of_id=subject.id,
        )
        return [PersonId(row.person_id) for row in rows]

    async def _route(self, number: int, subscription: Subscription) -> None:
        """Let it be found where it is looked for, and nowhere else."""
        await self._session.run(delete(ROUTES).where(ROUTES.c.subscription_id == number))
        rows = [
            {
                "place": place,
                "at_least": int(subscription.at_least),
                "person_id": subscription.person,
                "subscription_id": number,
                "kinds": mask_of(subscription.kinds),
            }
            for place in places_of(subscription.followed)
        ]
        await self._session.run(insert(ROUTES), rows)


def _subscription(row: Row[Any]) -> Subscription:
    return Subscription(
        person=PersonId(row.person_id),
        followed=_read(row.followed, row.lies_in),
        at_least=Priority(row.at_least),
        kinds=kinds_in(row.kinds),
    )


def _written(followed: Followed) -> str:
    match followed:
        case WholeArea(area):
            return f"area:{area}"
        case OfGroup(group):
            return f"group:{group}"
        case Circle(cell=cell, radius_m=radius_m):
            return f"circle:{cell}:{radius_m}"
        case _ as never:
            assert_never(never)


def _read(written: str, lies_in: str | None) -> Followed:
    what, _, rest = written.partition(":")
    match what:
        case "area":
            return WholeArea(AreaId(rest))
        case "group":
            return OfGroup(GroupId(rest))
        case _:
            cell, _, radius_m = rest.partition(":")
            area = AreaId(lies_in) if lies_in else None
            return Circle(cell=Cell(cell), radius_m=int(radius_m), lies_in=area)


def _lies_in(followed: Followed) -> str | None:
    return followed.lies_in if isinstance(followed, Circle) else None
