"""Positions made coarse, before anybody stores them."""

import h3

from bot.domain.messages import Position

CELL = 9
"""H3 resolution: cells of about 400 m across, a few blocks."""


def coarse(position: Position) -> Position:
    """Return the middle of the cell that a position is in: the same for all who are in it."""
    lat, lon = h3.cell_to_latlng(h3.latlng_to_cell(position.lat, position.lon, CELL))
    return Position(lat, lon)
