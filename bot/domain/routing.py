"""Who shall hear of something. The one place where that is decided."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.areas import AreaId
from bot.domain.groups import Access, Group, GroupId, GroupKind, Reach
from bot.domain.kinds import Kind
from bot.domain.messages import RoomRef
from bot.domain.organisations import Organisation
from bot.domain.people import PersonId
from bot.domain.positions import Cell
from bot.domain.reports import Priority


class Audience(StrEnum):
    """Why a room hears of it; decides how the author is told who gets it."""

    ROOM = "room"
    DESK = "desk"


DESK_AT_LEAST = Priority.YELLOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """What shall be spread how far.

    Attributes:
        chain: Slug of the place and of all that contain it, innermost first.
        group: The group it was written in; None if it came from a private chat or a desk.
        author: Does not get it in private; None when an organisation speaks.
        kind: None when the words did not tell.
        cell: Where it is; None if no more than its area is known.
    """

    chain: tuple[AreaId, ...]
    priority: Priority
    reach: Reach
    group: GroupId | None = None
    author: PersonId | None = None
    kind: Kind | None = None
    cell: Cell | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomRoute:
    """A room that gets it; `group` is None at a desk."""

    room: RoomRef
    audience: Audience
    group: GroupId | None = field(default=None, compare=False)


def room_routes(
    spread: Spread, *, groups: Iterable[Group], organisations: Iterable[Organisation]
) -> tuple[RoomRoute, ...]:
    """Return the rooms that get it, each once: the groups' first, then the desks'."""
    routes: dict[RoomRef, RoomRoute] = {}
    for group in groups:
        if _hears(group, spread):
            for room in group.rooms:
                route = RoomRoute(room=room, audience=Audience.ROOM, group=group.id)
                routes.setdefault(room, route)
    if spread.reach is Reach.AREA and spread.priority >= DESK_AT_LEAST:
        for organisation in organisations:
            if organisation.covers(spread.chain):
                for room in organisation.desk_rooms:
                    routes.setdefault(room, RoomRoute(room=room, audience=Audience.DESK))
    return tuple(routes.values())


def seen_in(routes: Iterable[RoomRoute]) -> frozenset[GroupId]:
    """Return the groups whose people see it in their rooms: they need no word in private."""
    return frozenset(route.group for route in routes if route.group is not None)


def reaches_subscribers(spread: Spread) -> bool:
    """Whether people who follow the place get it in private, not only those of the group."""
    return spread.reach is Reach.AREA


def _hears(group: Group, spread: Spread) -> bool:
    """Its own group always; what is public in an area also the open groups that look after it."""
    if spread.group is not None:
        return group.id == spread.group
    public = spread.reach is Reach.AREA and group.access is Access.OPEN
    return public and group.kind is not GroupKind.ORGANISATION_DESK and group.area in spread.chain
