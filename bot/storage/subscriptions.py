"""Who follows what, in the database."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, assert_never

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    bindparam,
    delete,
    distinct,
    exists,
    func,
    insert,
    or_,
    select,
)

from bot.domain.areas import AreaId
from bot.domain.circles import Circle
from bot.domain.copies import CopyState, Subject
from bot.domain.groups import GroupId
from bot.domain.kinds import Kind
from bot.domain.people import PersonId
from bot.domain.positions import Cell
from bot.domain.reports import Priority
from bot.domain.route_places import places_hit, places_of
from bot.domain.routing import Spread
from bot.domain.subscriptions import Followed, OfGroup, Subscription, WholeArea
from bot.storage.alert_tables import ALERT_SETTINGS, HELD_ALERTS
from bot.storage.copy_tables import COPIES
from bot.storage.dialect import insert_into
from bot.storage.people_tables import GROUP_MEMBERS
from bot.storage.session import Session
from bot.storage.subscription_tables import ROUTES, SUBSCRIPTIONS

_OF_KIND = {
    kind: 1 << bit
    for bit, kind in enumerate(
        (
            # As they are stored: new ones go to the end.
            Kind.THEFT_RING, Kind.THEFT, Kind.BURGLARY, Kind.VANDALISM, Kind.GRAFFITI,
            Kind.VIOLENCE, Kind.THREAT, Kind.SUSPICIOUS, Kind.FIRE, Kind.TRAFFIC,
            Kind.MISSING_PERSON, Kind.WANTED_VEHICLE, Kind.SAFETY_ENVIRONMENT, Kind.LOST_FOUND,
            Kind.INFORMATION,
        )
    )
}  # fmt: skip
_ALL = (1 << 30) - 1
_UNKNOWN = 1 << 29

_WISHES = ALERT_SETTINGS.alias("wishes")
_HITS = (
    ROUTES.c.place.in_(bindparam("places", expanding=True)),
    ROUTES.c.at_least <= bindparam("priority"),
    ROUTES.c.kinds.op("&")(bindparam("kinds")) != 0,
    ROUTES.c.person_id != bindparam("but"),
)
REACHED = select(ROUTES.c.person_id).where(*_HITS)
"""Whom something concerns, some several times; see `reached_by`."""


def sees_it(person: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether it stands in a room of a group that somebody writes in, and that is enough."""
    writes_there = exists().where(
        GROUP_MEMBERS.c.person_id == person,
        GROUP_MEMBERS.c.group_slug.in_(bindparam("groups", expanding=True)),
    )
    wants_all = exists().where(_WISHES.c.person_id == person, _WISHES.c.also_in_private.is_(True))
    return and_(writes_there, ~wants_all)


_COUNT = select(func.count(distinct(ROUTES.c.person_id)).label("people")).where(
    *_HITS, ~sees_it(ROUTES.c.person_id)
)

_BEFORE = ROUTES.alias("before")
_NEWLY_HIT = (
    select(ROUTES.c.person_id)
    .distinct()
    .where(
        *_HITS,
        ~exists().where(
            _BEFORE.c.subscription_id == ROUTES.c.subscription_id,
            _BEFORE.c.place.in_(bindparam("places_before", expanding=True)),
        ),
        or_(
            exists().where(
                COPIES.c.person_id == ROUTES.c.person_id,
                COPIES.c.subject_kind == bindparam("of_kind"),
                COPIES.c.subject_id == bindparam("of_id"),
                COPIES.c.state == CopyState.SHOWN.value,
            ),
            exists().where(
                HELD_ALERTS.c.person_id == ROUTES.c.person_id,
                HELD_ALERTS.c.subject_kind == bindparam("of_kind"),
                HELD_ALERTS.c.subject_id == bindparam("of_id"),
                HELD_ALERTS.c.digest_id.is_not(None),
            ),
        ),
    )
)
"""Of those who have a card, or read of it in a digest, whom it concerns for another reason now."""


def reached_by(spread: Spread) -> dict[str, object]:
    """Return the parameters of `REACHED`."""
    return {
        "places": places_hit(spread),
        "priority": int(spread.priority),
        "kinds": _looked_for(spread),
        "but": spread.author or "",
    }


class SubscriptionRows:
    """Subscriptions in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def put(self, subscription: Subscription, now: datetime) -> None:
        """Add one, or change its priority and kinds."""
        changed = {
            "at_least": int(subscription.at_least),
            "kinds": _mask(subscription.kinds),
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

    async def remove(self, person: PersonId, followed: Followed) -> bool:
        """Remove one; False if there was none."""
        gone = await self._session.run(
            delete(SUBSCRIPTIONS).where(
                SUBSCRIPTIONS.c.person_id == person,
                SUBSCRIPTIONS.c.followed == _written(followed),
            )
        )
        await self._let_go(person)
        return gone > 0

    async def erase(self, person: PersonId) -> int:
        """Remove all of a person's; return how many."""
        gone = await self._session.run(
            delete(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.person_id == person)
        )
        await self._let_go(person)
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
        row = await self._session.first(_COUNT, **reached_by(spread), groups=list(seen_in))
        return int(row.people) if row else 0

    async def newly_hit(
        self, subject: Subject, *, before: Spread, after: Spread
    ) -> Sequence[PersonId]:
        """Return who was told of something and follows where it is by what did not hit before."""
        rows = await self._session.all(
            _NEWLY_HIT,
            **reached_by(after),
            places_before=[*places_hit(before)],
            of_kind=subject.kind.value,
            of_id=subject.id,
        )
        return [PersonId(row.person_id) for row in rows]

    async def _let_go(self, person: PersonId) -> None:
        """Let nothing wait for somebody who follows nothing any more."""
        follows = exists().where(SUBSCRIPTIONS.c.person_id == person)
        waiting = and_(HELD_ALERTS.c.person_id == person, HELD_ALERTS.c.digest_id.is_(None))
        await self._session.run(delete(HELD_ALERTS).where(waiting, ~follows))

    async def _route(self, number: int, subscription: Subscription) -> None:
        """Let it be found where it is looked for, and nowhere else."""
        await self._session.run(delete(ROUTES).where(ROUTES.c.subscription_id == number))
        rows = [
            {
                "place": place,
                "at_least": int(subscription.at_least),
                "person_id": subscription.person,
                "subscription_id": number,
                "kinds": _mask(subscription.kinds),
            }
            for place in places_of(subscription.followed)
        ]
        await self._session.run(insert(ROUTES), rows)


def _subscription(row: Row[Any]) -> Subscription:
    return Subscription(
        person=PersonId(row.person_id),
        followed=_read(row.followed, row.lies_in),
        at_least=Priority(row.at_least),
        kinds=_kinds(row.kinds),
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


def _mask(kinds: frozenset[Kind]) -> int:
    return sum(_OF_KIND[kind] for kind in kinds) if kinds else _ALL


def _kinds(mask: int) -> frozenset[Kind]:
    if mask == _ALL:
        return frozenset()
    return frozenset(kind for kind, bit in _OF_KIND.items() if mask & bit)


def _looked_for(spread: Spread) -> int:
    """Return the kinds of which a follower takes one; who takes all takes also the unknown."""
    if spread.kind is not None:
        return _OF_KIND[spread.kind]
    return _ALL if spread.priority is Priority.RED else _UNKNOWN
