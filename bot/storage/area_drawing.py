"""Drawing an area from the borders on the map: no tile server, no network."""

import io
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from PIL import Image, ImageDraw
from shapely import clip_by_rect, get_parts, simplify
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from bot.domain.areas import Area, AreaKind, AreaMap
from bot.domain.distances import KM_PER_DEGREE, shrunk_at
from bot.storage.lettering import Lettering

WIDTH_PX, HEIGHT_PX = 960, 720
STYLE = "2026-11"
"""Changes when the same borders are to look otherwise."""
_FINER = 2
"""Drawn so many times larger and then made small: smooth lines."""
_MARGIN = 0.22
_LEAST_KM = 0.4
_NAMED_NEIGHBOURS = 14
_WATER, _LAND, _LINE, _BORDER = "#d7e6ec", "#f5f1e8", "#b9b3a4", "#7d8a83"
_FILL, _EDGE, _INK, _PALE = "#f3c15f", "#9a5b00", "#20302a", "#6d756f"
_QUALITY = 85
_LAND_LEVEL = AreaKind.MUNICIPALITY.level
"""What is no larger is not told from water."""

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What of the map is seen, north up, and at which scale."""

    west: float
    north: float
    px_per_degree: float
    shrunk: float

    @property
    def frame(self) -> BaseGeometry:
        """All that is seen."""
        high = HEIGHT_PX * _FINER / self.px_per_degree
        wide = WIDTH_PX * _FINER / self.px_per_degree / self.shrunk
        return box(self.west, self.north - high, self.west + wide, self.north)

    @property
    def px_per_km(self) -> float:
        """How long a kilometre is."""
        return self.px_per_degree / KM_PER_DEGREE

    def spot(self, lon: float, lat: float) -> Spot:
        """Return where a point on earth is drawn."""
        across = (lon - self.west) * self.shrunk * self.px_per_degree
        return across, (self.north - lat) * self.px_per_degree

    def seen(self, border: BaseGeometry) -> BaseGeometry:
        """Return of a border what can be seen of it."""
        there = clip_by_rect(border, *self.frame.buffer(2 / self.px_per_degree).bounds)
        return simplify(there, 1 / self.px_per_degree, preserve_topology=False)


def view_of(border: BaseGeometry) -> View:
    """Return the view in which a border stands in the middle."""
    west, south, east, north = border.bounds
    middle_lon, middle_lat = (west + east) / 2, (south + north) / 2
    shrunk = shrunk_at(middle_lat)
    least = _LEAST_KM / KM_PER_DEGREE
    wide = max((east - west) * shrunk, least) * (1 + 2 * _MARGIN)
    high = max(north - south, least) * (1 + 2 * _MARGIN)
    scale = min(WIDTH_PX * _FINER / wide, HEIGHT_PX * _FINER / high)
    return View(
        west=middle_lon - WIDTH_PX * _FINER / scale / shrunk / 2,
        north=middle_lat + HEIGHT_PX * _FINER / scale / 2,
        px_per_degree=scale,
        shrunk=shrunk,
    )


def draw_area(area: Area, neighbours: Sequence[Area], view: View) -> bytes:
    """Return a JPEG of an area among its neighbours, with its name, a scale bar and north."""
    drawing = _Drawing(view)
    borders = [(other, view.seen(other.border)) for other in neighbours]
    large = [there for other, there in borders if other.kind.level <= _LAND_LEVEL]
    seen = view.seen(area.border)
    drawing.fill(large, _LAND)
    drawing.fill([seen], _FILL)
    for other, there in reversed(borders):
        if other.kind.level < area.kind.level:
            drawing.outline(there, _BORDER, 5)
        else:
            drawing.outline(there, _LINE, 2)
    drawing.outline(seen, _EDGE, 7)
    drawing.name(area.name, seen, 40, _INK)
    for other, there in borders[:_NAMED_NEIGHBOURS]:
        if other.kind.level == area.kind.level:
            drawing.name(other.name, there, 20, _PALE)
    drawing.scale_bar()
    drawing.north()
    return drawing.jpeg()


def neighbours_of(area: Area, areas: AreaMap, view: View) -> Sequence[Area]:
    """Return what is drawn around an area: what it lies in, and others like it; largest first."""
    around = areas.within_frame(view.frame)
    return [other for other in around if other is not area and other.kind.level <= area.kind.level]


class _Drawing:
    """A picture in the making."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._image = Image.new("RGB", (WIDTH_PX * _FINER, HEIGHT_PX * _FINER), _WATER)
        self._draw = ImageDraw.Draw(self._image)
        self._lettering = Lettering()
        wide, high = self._image.size
        self._written = [
            (0.0, high - 130.0, wide / 3, float(high)),
            (wide - 130.0, 0.0, wide, 170.0),
        ]

    def fill(self, places: Iterable[BaseGeometry], colour: str) -> None:
        """Colour places, their holes left out."""
        mask = Image.new("1", self._image.size)
        stencil = ImageDraw.Draw(mask)
        for polygon in chain.from_iterable(map(_polygons, places)):
            stencil.polygon(self._spots(polygon.exterior), fill=1)
            for hole in polygon.interiors:
                stencil.polygon(self._spots(hole), fill=0)
        self._image.paste(colour, mask=mask)

    def outline(self, seen: BaseGeometry, colour: str, width: int) -> None:
        """Draw a border."""
        for polygon in _polygons(seen):
            for ring in (polygon.exterior, *polygon.interiors):
                self._draw.line(self._spots(ring), fill=colour, width=width, joint="curve")

    def name(self, name: str, seen: BaseGeometry, size: int, colour: str) -> None:
        """Write a name inside a place, unless another stands there."""
        largest = max(_polygons(seen), key=lambda one: one.area, default=None)
        if largest is None:
            return
        point = largest.representative_point()
        name, font = self._lettering.readable(name), self._lettering.font(size * _FINER)
        across, down = self._view.spot(point.x, point.y)
        wide = self._draw.textlength(name, font=font)
        half, high = wide / 2, size * _FINER / 2
        across = min(max(across, half + 12), WIDTH_PX * _FINER - half - 12)
        frame = (across - half, down - high, across + half, down + high)
        if any(_meet(frame, other) for other in self._written):
            return
        self._written.append(frame)
        self._draw.text(
            (across, down), name, colour, font, anchor="mm", stroke_width=6, stroke_fill=_LAND
        )

    def scale_bar(self) -> None:
        """Draw a bar of a round length."""
        most = WIDTH_PX * _FINER / 4 / self._view.px_per_km
        power = 10.0 ** math.floor(math.log10(most))
        km = max(step * power for step in (1, 2, 5) if step * power <= most)
        label = f"{km:g} km" if km >= 1 else f"{km * 1000:g} m"
        long, left, low = km * self._view.px_per_km, 48, HEIGHT_PX * _FINER - 48
        ends = [(left, low - 20), (left, low), (left + long, low), (left + long, low - 20)]
        self._draw.line(ends, fill=_LAND, width=14)
        self._draw.line(ends, fill=_INK, width=5)
        self._small(label, (left + long / 2, low - 34))

    def north(self) -> None:
        """Draw an arrow that points up."""
        right = WIDTH_PX * _FINER - 70
        self._draw.polygon([(right, 40), (right - 28, 110), (right, 92), (right + 28, 110)], _INK)
        self._small("N", (right, 138))

    def jpeg(self) -> bytes:
        """Return the picture."""
        out = io.BytesIO()
        self._image.reduce(_FINER).save(out, format="JPEG", quality=_QUALITY)
        return out.getvalue()

    def _small(self, text: str, at: Spot) -> None:
        font = self._lettering.font(22 * _FINER)
        self._draw.text(at, text, _INK, font, anchor="mm", stroke_width=6, stroke_fill=_LAND)

    def _spots(self, ring: BaseGeometry) -> list[Spot]:
        return [self._view.spot(lon, lat) for lon, lat in ring.coords]


def _polygons(seen: BaseGeometry) -> Iterator[Polygon]:
    return (one for one in get_parts(seen) if isinstance(one, Polygon) and not one.is_empty)


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
