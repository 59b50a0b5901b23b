"""All around a position, up to a distance."""

import math
from collections.abc import Collection
from dataclasses import dataclass, field

import h3

from bot.domain.areas import AreaId
from bot.domain.positions import CELL, COARSEST, Cell

LEAST_RADIUS_M = 200
MOST_RADIUS_M = 20_000
MOST_CELLS = 40
"""So many rows a circle has at most where it is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """All around the middle of a cell; where in the cell somebody was is not known.

    Attributes:
        cell: As coarse as positions are made.
        radius_m: Between `LEAST_RADIUS_M` and `MOST_RADIUS_M`.
        lies_in: The innermost area around the middle: what happens in it, nobody knows where, may
            be near. None outside of all.
    """

    cell: Cell
    radius_m: int
    lies_in: AreaId | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        """See that the radius is a possible one."""
        if not LEAST_RADIUS_M <= self.radius_m <= MOST_RADIUS_M:
            raise ValueError("no such radius")


def covering(circle: Circle) -> Collection[Cell]:
    """Return cells that hold all of a circle, and little around it; small ones stand together.

    A position in the circle is in one of them, or in one that belongs to one of them.
    """
    for size in range(_finest(circle.radius_m), COARSEST, -1):
        cells = h3.compact_cells(_touched(circle, size))
        if len(cells) <= MOST_CELLS:
            return [Cell(cell) for cell in cells]
    raise ValueError("no cells are large enough")


def _finest(radius_m: int) -> int:
    """Return a size of which a circle does not touch hundreds."""
    edge_m = {size: h3.average_hexagon_edge_length(size, unit="m") for size in range(CELL + 1)}
    return max(size for size in edge_m if radius_m <= 12 * edge_m[size])


def _touched(circle: Circle, size: int) -> list[str]:
    """Return the cells of one size that the circle touches."""
    middle = h3.cell_to_latlng(circle.cell)
    own = h3.cell_to_parent(circle.cell, size)
    corners = h3.cell_to_boundary(own)
    # Cells that belong to one stand out a little over its border.
    half_m = 1.15 * max(_distance_m(h3.cell_to_latlng(own), corner) for corner in corners)
    rings = math.ceil((circle.radius_m + 2 * half_m) / half_m / 1.4)
    reached_m = circle.radius_m + half_m
    return [
        cell
        for cell in h3.grid_disk(own, rings)
        if _distance_m(middle, h3.cell_to_latlng(cell)) <= reached_m
    ]


def _distance_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(h3.great_circle_distance(one, other, unit="m"))
