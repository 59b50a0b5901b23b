"""What is followed as one word, for the buttons that change or end it."""

from typing import assert_never

from bot.domain.circles import Circle
from bot.domain.groups import GroupId
from bot.domain.positions import read_cell
from bot.domain.subscribe_answers import is_possible_radius
from bot.domain.subscriptions import Followed, OfGroup, WholeArea

_GROUP, _AROUND = "group", "around"


def followed_key(followed: Followed) -> str:
    """Return `albyberget`, `group:alby-grannar` or `around:<cell>:500`."""
    match followed:
        case WholeArea(area):
            return area
        case OfGroup(group):
            return f"{_GROUP}:{group}"
        case Circle(cell=cell, radius_m=radius_m):
            return f"{_AROUND}:{cell}:{radius_m}"
        case _ as never:
            assert_never(never)


def read_followed_key(text: str) -> OfGroup | Circle | None:
    """Return the group or the circle of a key; None if it is the name of an area, or nothing."""
    match text.split(":"):
        case ["group", slug] if slug:
            return OfGroup(GroupId(slug))
        case ["around", cell, radius] if radius.isdecimal() and len(radius) < 6:
            known, radius_m = read_cell(cell), int(radius)
            is_one = known is not None and is_possible_radius(radius_m)
            return Circle(cell=known, radius_m=radius_m) if known and is_one else None
        case _:
            return None
