"""Collaboration groups: a purpose, an area, and rooms that mirror each other."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from bot.domain.areas import AreaId
from bot.domain.messages import RoomRef

GroupId = NewType("GroupId", str)


class GroupKind(StrEnum):
    """What a group is for."""

    NEIGHBOURHOOD = "neighbourhood"
    RETAIL_CENTRE = "retail_centre"
    ORGANISATION_DESK = "organisation_desk"
    PATROL = "patrol"


class Access(StrEnum):
    """Who may come in."""

    OPEN = "open"
    LOCKED = "locked"


class Reach(StrEnum):
    """How far a report goes: the group's own rooms, or everybody who follows its area."""

    GROUP = "group"
    AREA = "area"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group, alive in all its rooms at once.

    Attributes:
        controller: Who answers for the personal data, as people are told.
        languages: The first is the one the bot speaks in the rooms.
        rooms: Those that the bot is in.
        away: Those that it was put out of.
        keeping: Those in which it may remove nobody's lines, as far as it knows.
    """

    id: GroupId
    name: str
    kind: GroupKind
    area: AreaId
    access: Access
    reports_reach: Reach
    purpose: str
    controller: str
    languages: tuple[str, ...]
    rooms: tuple[RoomRef, ...]
    away: tuple[RoomRef, ...] = ()
    keeping: frozenset[RoomRef] = frozenset()

    def others(self, room: RoomRef) -> tuple[RoomRef, ...]:
        """Return the rooms that mirror this one."""
        return tuple(other for other in self.rooms if other != room)
