"""How far things are apart on the ground."""

import math

from shapely import distance
from shapely.affinity import scale
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from bot.domain.messages import Position

KM_PER_DEGREE = 111.2
"""Of latitude; those of longitude are shorter."""
_AT_THE_POLE = 0.01
"""There every longitude is near; no window reaches around the earth more often than once."""


def shrunk_at(lat: float) -> float:
    """Return how long a degree of longitude is there, of one of latitude."""
    return max(math.cos(math.radians(lat)), _AT_THE_POLE)


def km_to(border: BaseGeometry, position: Position) -> float:
    """Return how far off a place is; 0 inside it."""
    shrunk = shrunk_at(position.lat)
    here = Point(position.lon * shrunk, position.lat)
    return float(distance(scale(border, xfact=shrunk, origin=(0, 0)), here)) * KM_PER_DEGREE


def window_around(position: Position, km: float) -> BaseGeometry:
    """Return a frame that holds everything within a distance."""
    high = km / KM_PER_DEGREE
    wide = high / shrunk_at(position.lat)
    return box(position.lon - wide, position.lat - high, position.lon + wide, position.lat + high)


def is_within(border: BaseGeometry, position: Position, km: float) -> bool:
    """Whether a place is no farther off than that; far ones are told by their frame alone."""
    frame = box(*border.bounds)
    return window_around(position, km).intersects(frame) and km_to(border, position) <= km
