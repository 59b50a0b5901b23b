"""Borders of places, made ready for being asked what lies where; each is known by its number."""

from collections.abc import Sequence

from shapely import STRtree, prepare
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from bot.domain.distances import km_to, window_around
from bot.domain.messages import Position


class AreaBorders:
    """Borders in the order in which they were given."""

    def __init__(self, borders: Sequence[BaseGeometry]) -> None:
        self._borders = borders
        self._tree = STRtree(borders)
        self._sizes = [float(border.area) for border in borders]
        for border in borders:
            prepare(border)

    def holding(self, position: Position) -> Sequence[int]:
        """Return those that hold a position, borders included, the smallest first."""
        hits = self._tree.query(Point(position.lon, position.lat), predicate="intersects")
        return sorted(map(int, hits), key=lambda number: self._sizes[number])

    def are_alike(self, one: int, other: int) -> bool:
        """Whether two are equally large."""
        return self._sizes[one] == self._sizes[other]

    def beside(self, border: BaseGeometry, deg: float) -> Sequence[int]:
        """Return those that are no farther from a border than so many degrees."""
        return list(map(int, self._tree.query(border, predicate="dwithin", distance=deg)))

    def in_frame(self, frame: BaseGeometry) -> Sequence[int]:
        """Return those of which a piece lies in a frame, the largest first."""
        seen = map(int, self._tree.query(frame, predicate="intersects"))
        return sorted(seen, key=lambda number: -self._sizes[number])

    def near(self, position: Position, km: float) -> Sequence[tuple[float, int]]:
        """Return those that are no farther from a position, each with how far, in no order."""
        seen = map(int, self._tree.query(window_around(position, km)))
        far = ((km_to(self._borders[number], position), number) for number in seen)
        return [(away_km, number) for away_km, number in far if away_km <= km]
