"""By what a report finds those who follow what it is about: names of places, compared as texts."""

from collections.abc import Iterable, Sequence
from typing import assert_never

from bot.domain.areas import AreaId
from bot.domain.circles import Circle, covering
from bot.domain.groups import GroupId, Reach
from bot.domain.positions import Cell, with_coarser
from bot.domain.routing import Spread
from bot.domain.subscriptions import Followed, OfGroup, WholeArea


def places_of(followed: Followed) -> Sequence[str]:
    """Return where it is looked for what somebody follows."""
    match followed:
        case WholeArea(area):
            return [area]
        case OfGroup(group):
            return [_of_group(group)]
        case Circle(lies_in=area):
            somewhere = [_somewhere_in(area)] if area else []
            return [*map(_of_cell, covering(followed)), *somewhere]
        case _ as never:
            assert_never(never)


def places_hit(spread: Spread) -> Sequence[str]:
    """Return where something finds its followers.

    What stays in a group finds those of the group alone. What is about an area, nobody knows where
    in it, is near to those whose circles have their middle in it.
    """
    own = [_of_group(spread.group)] if spread.group else []
    if spread.reach is not Reach.AREA:
        return own
    if spread.cell is None:
        somewhere = [_somewhere_in(area) for area in spread.chain[:1]]
        return [*own, *spread.chain, *somewhere]
    return [*own, *spread.chain, *map(_of_cell, with_coarser(spread.cell))]


def places_of_all(spreads: Iterable[Spread]) -> Sequence[str]:
    """Return where any of these finds its followers, each place once."""
    return list(dict.fromkeys(place for spread in spreads for place in places_hit(spread)))


def _of_group(group: GroupId) -> str:
    return f"group:{group}"


def _of_cell(cell: Cell) -> str:
    return f"h3:{cell}"


def _somewhere_in(area: AreaId) -> str:
    return f"in:{area}"
