"""Reading GeoJSON: features with their properties and a border that can be used."""

import gzip
import json
import math
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from shapely import force_2d, get_parts, make_valid, unary_union
from shapely.affinity import scale
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon, Point, Polygon, shape
from shapely.geometry.base import BaseGeometry

from bot.domain.distances import KM_PER_DEGREE, shrunk_at
from bot.errors import ConfigError
from bot.settings.coordinates import without_heights

MAX_FILE_BYTES = 200_000_000
"""Unpacked. The whole country with every bend of its shores is less."""
MAX_FEATURES = 50_000
MAX_RADIUS_M = 100_000
_SAME_PLACE = 0.5
_ENOUGH_BENDS = 16
_LAT_OF_SWEDEN, _LON_OF_SWEDEN = (54.5, 70.0), (10.0, 25.0)
_WGS84 = re.compile(r"CRS84|(?<!\d)4326(?!\d)|WGS ?84")

_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError, ShapelyError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One area of a file.

    Attributes:
        where: File and number, for what has to be said about it.
    """

    where: str
    properties: Mapping[str, object]
    border: BaseGeometry

    def text(self, key: str) -> str:
        """Return a property as it is written, empty if there is none."""
        return as_text(self.properties.get(key))


def as_text(value: object) -> str:
    """Return a name or a code; numbers as codes are written, anything else as nothing."""
    match value:
        case bool():
            return ""
        case str():
            return " ".join(value.split())
        case int():
            return str(value)
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return ""


def read_features(path: Path, *, radius: str) -> Sequence[Feature]:
    """Read a GeoJSON file, packed by gzip or not.

    Args:
        path: The file.
        radius: Property of a point with its radius in metres.

    Raises:
        ConfigError: It can't be read or is no GeoJSON, or a feature in it is no place.
    """
    return [
        _feature(raw, f"{path}: feature {number}", radius)
        for number, raw in enumerate(_raw_features(path), start=1)
    ]


def read_properties(path: Path) -> Sequence[Mapping[str, object]]:
    """Return the properties of all features, and look no further.

    Raises:
        ConfigError: The file can't be read or is no GeoJSON.
    """
    return [
        _properties(raw, f"{path}: feature {number}")
        for number, raw in enumerate(_raw_features(path), start=1)
    ]


def _raw_features(path: Path) -> Sequence[object]:
    match _json(path):
        case {"type": "Topology"}:
            raise ConfigError(where=str(path), key="type", fix="is TopoJSON; save it as GeoJSON")
        case {"features": list() as features, **rest}:
            _require_degrees(rest.get("crs"), path)
            if len(features) > MAX_FEATURES:
                fix = f"are {len(features)}, more than {MAX_FEATURES}; keep those you need"
                raise ConfigError(where=str(path), key="features", fix=fix)
            return features
        case {"features": _}:
            fix = "is no list; this is no GeoJSON"
            raise ConfigError(where=str(path), key="features", fix=fix)
        case {"type": "Feature"} as alone:
            return [alone]
        case _:
            fix = "is no GeoJSON; a FeatureCollection is expected"
            raise ConfigError(where=str(path), key="file", fix=fix)


def _json(path: Path) -> object:
    data = _bytes(path)
    try:
        found: object = json.loads(data, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise ConfigError(where=str(path), key="file", fix=f"is no GeoJSON: {error}") from error
    return found


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            is_packed = file.read(2) == b"\x1f\x8b"
        with gzip.open(path) if is_packed else path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ConfigError(where=str(path), key="file", fix="is packed and broken") from error
    except OSError as error:
        fix = f"cannot be read ({error.strerror})"
        raise ConfigError(where=str(path), key="file", fix=fix) from error
    if len(data) > MAX_FILE_BYTES:
        fix = f"is larger than {MAX_FILE_BYTES // 1_000_000} MB; simplify its borders"
        raise ConfigError(where=str(path), key="file", fix=fix)
    return data


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no coordinate")


def _require_degrees(crs: object, path: Path) -> None:
    """Let pass what says that it is in WGS84, or says nothing."""
    said = json.dumps(crs) if crs is not None else ""
    if said and not _WGS84.search(said):
        fix = f"is {said[:80]}; save it in WGS84 (EPSG:4326)"
        raise ConfigError(where=str(path), key="crs", fix=fix)


def _properties(raw: object, where: str) -> Mapping[str, object]:
    match raw:
        case {"properties": dict() as properties}:
            return properties
        case _:
            fix = "are none; give the area a name in them"
            raise ConfigError(where=where, key="properties", fix=fix)


def _feature(raw: object, where: str, radius: str) -> Feature:
    drawn = _drawn(raw.get("geometry") if isinstance(raw, dict) else None, where)
    properties = _properties(raw, where)
    if isinstance(drawn, Point):
        drawn = _circle(drawn, properties.get(radius), radius, where)
    _require_on_the_map(drawn, where)
    return Feature(where=where, properties=properties, border=_usable(drawn, where))


def _drawn(geometry: object, where: str) -> BaseGeometry:
    try:
        drawn = _shape(geometry if isinstance(geometry, dict) else {})
    except (*_UNREADABLE, RecursionError) as error:
        fix = "has no polygon; remove or mend it"
        raise ConfigError(where=where, key="geometry", fix=fix) from error
    has_place = isinstance(drawn, Point | Polygon | MultiPolygon) or any(_polygons(drawn))
    if drawn.is_empty or not has_place:
        fix = "has no polygon; remove or mend it" if not drawn.is_empty else _ENCLOSES_NOTHING
        raise ConfigError(where=where, key="geometry", fix=fix)
    return drawn


def _shape(geometry: Mapping[str, object]) -> BaseGeometry:
    try:
        return force_2d(shape(dict(geometry)))
    except _UNREADABLE:
        # Taken apart only where it must be: all of Sweden has a million positions.
        return shape(without_heights(geometry))


_ENCLOSES_NOTHING = "encloses nothing; remove or mend it"


def _require_on_the_map(drawn: BaseGeometry, where: str) -> None:
    """Let pass degrees, longitude first."""
    west, south, east, north = drawn.bounds
    if not all(map(math.isfinite, (west, south, east, north))):
        fix = "has a coordinate that is no number; remove or mend it"
        raise ConfigError(where=where, key="geometry", fix=fix)
    if west < -180 or east > 180 or south < -90 or north > 90:
        fix = "is not in degrees; save it in WGS84 (EPSG:4326)"
        raise ConfigError(where=where, key="geometry", fix=fix)
    (least, most), (first, last) = _LAT_OF_SWEDEN, _LON_OF_SWEDEN
    if least <= west <= east <= most and first <= south <= north <= last:
        fix = "has latitude before longitude; GeoJSON has longitude first: swap them"
        raise ConfigError(where=where, key="geometry", fix=fix)


def _usable(drawn: BaseGeometry, where: str) -> BaseGeometry:
    """Return a border that is valid and is that of the same place."""
    kept = drawn if drawn.is_valid else make_valid(drawn)
    border = kept if kept.geom_type.endswith("Polygon") else unary_union(list(_polygons(kept)))
    if border.is_empty or border.area == 0:
        raise ConfigError(where=where, key="geometry", fix=_ENCLOSES_NOTHING)
    if not _is_as_large(border, drawn):
        fix = "is broken, and mending it would lose a part of the place; draw its border anew"
        raise ConfigError(where=where, key="geometry", fix=fix)
    return border


def _is_as_large(border: BaseGeometry, drawn: BaseGeometry) -> bool:
    """Whether what was mended still reaches at least half as far as what was drawn."""
    (west, south, east, north), whole = border.bounds, drawn.bounds
    return (
        east - west >= _SAME_PLACE * (whole[2] - whole[0])
        and north - south >= _SAME_PLACE * (whole[3] - whole[1])
    )  # fmt: skip


def _polygons(drawn: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in get_parts(drawn):
        if part.geom_type == "Polygon":
            yield part
        elif part is not drawn and hasattr(part, "geoms"):
            yield from _polygons(part)


def _circle(middle: Point, radius_m: object, key: str, where: str) -> BaseGeometry:
    """Draw an own centre: a point with a radius, round on the ground."""
    is_number = isinstance(radius_m, int | float) and not isinstance(radius_m, bool)
    if not is_number or not 0 < float(str(radius_m)) <= MAX_RADIUS_M:
        fix = f"a point needs its radius in metres here, at most {MAX_RADIUS_M}"
        raise ConfigError(where=where, key=key, fix=fix)
    _require_on_the_map(middle, where)
    high = float(str(radius_m)) / 1000 / KM_PER_DEGREE
    wide = 1 / shrunk_at(middle.y)
    return scale(middle.buffer(high, quad_segs=_ENOUGH_BENDS), xfact=wide)
