"""Positions made coarse, before anybody stores them."""

from collections.abc import Sequence
from typing import NewType

import h3

from bot.domain.messages import Position

Cell = NewType("Cell", str)
"""An H3 cell: a hexagon by its number."""

CELL = 9
"""H3 resolution: cells of about 400 m across, a few blocks."""
COARSEST = 4
"""H3 resolution that none goes beyond: cells of about 50 km across."""


def cell_of(position: Position) -> Cell:
    """Return the cell that a position is in."""
    return Cell(h3.latlng_to_cell(position.lat, position.lon, CELL))


def middle_of(cell: Cell) -> Position:
    """Return the middle of a cell."""
    lat, lon = h3.cell_to_latlng(cell)
    return Position(lat, lon)


def km_between(one: Cell, other: Cell) -> float:
    """Return how far the middles of two cells are apart; 0 for the same one."""
    return float(h3.great_circle_distance(h3.cell_to_latlng(one), h3.cell_to_latlng(other)))


def coarse(position: Position) -> Position:
    """Return the middle of the cell that a position is in: the same for all who are in it."""
    return middle_of(cell_of(position))


def read_cell(text: str) -> Cell | None:
    """Return the cell if a text is one, as coarse as positions are made."""
    is_one = h3.is_valid_cell(text) and h3.get_resolution(text) == CELL
    return Cell(text) if is_one else None


def with_coarser(cell: Cell) -> Sequence[Cell]:
    """Return a cell and all that it belongs to, the finest first."""
    finest = h3.get_resolution(cell)
    return [Cell(h3.cell_to_parent(cell, finer)) for finer in range(finest, COARSEST - 1, -1)]
