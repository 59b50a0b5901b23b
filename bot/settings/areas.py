"""config/areas.toml: which GeoJSON files hold which areas, and how they lie in each other."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import Field
from shapely import make_valid
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from bot.domain.areas import Area, AreaId, AreaKind, AreaMap, slug_of
from bot.errors import ConfigError
from bot.settings.files import read_model
from bot.settings.sections import Section

FILE = "areas.toml"


class AreaFile(Section):
    """One `[[file]]`: a GeoJSON file and what its properties mean."""

    path: str
    kind: AreaKind
    name: str = "name"
    """Property that holds the name."""
    code: str = "code"
    """Property that holds a code which later files and `rename` refer to."""
    parent: str | None = None
    """Property that holds the code of the area around; found by position if not set."""
    rename: dict[str, str] = Field(default_factory=dict)
    """Names by code, where people here say it otherwise."""


class AreasFile(Section):
    """The whole file."""

    file: tuple[AreaFile, ...] = ()


@dataclass
class _Collected:
    """Areas read so far, with what later ones need to find their parents."""

    areas: dict[AreaId, Area] = field(default_factory=dict)
    by_code: dict[str, AreaId] = field(default_factory=dict)

    def free_slug(self, name: str, parent: AreaId | None) -> AreaId:
        """Return the slug of a name; with its parent's, or a number, if it is taken."""
        plain = slug_of(name)
        longer = AreaId(f"{plain}-{parent}") if parent else plain
        numbered = (AreaId(f"{longer}-{n}") for n in range(2, len(self.areas) + 3))
        return next(slug for slug in (plain, longer, *numbered) if slug not in self.areas)


def load_areas(folder: Path) -> AreaMap:
    """Read all areas; none if there is no file.

    Raises:
        ConfigError: A file is missing or no GeoJSON, or a feature in it can't be used.
    """
    path = folder / FILE
    if not path.exists():
        return AreaMap(())
    found = _Collected()
    for entry in read_model(path, AreasFile).file:
        _collect(found, entry, folder / entry.path)
    return AreaMap(found.areas.values())


def require_area(name: str, areas: AreaMap, *, where: str, key: str) -> Area:
    """Return the area with a slug.

    Raises:
        ConfigError: There is none; the nearest is named.
    """
    area = areas.get(name)
    if area is not None:
        return area
    near = ", ".join(suggestion.id for suggestion in areas.suggest(name))
    hint = f"did you mean {near}?" if near else "see areas.toml for what there is"
    raise ConfigError(where=where, key=key, fix=f"no area is called {name}; {hint}")


def _collect(found: _Collected, entry: AreaFile, path: Path) -> None:
    around = AreaMap(found.areas.values())
    for number, (properties, border) in enumerate(_features(path), start=1):
        where = f"{path}: feature {number}"
        code = str(properties.get(entry.code, ""))
        name = entry.rename.get(code) or _property(properties, entry.name, where)
        parent = _parent(found, around, entry, properties, border)
        slug = found.free_slug(name, parent)
        found.areas[slug] = Area(id=slug, name=name, kind=entry.kind, parent=parent, border=border)
        if code:
            found.by_code[code] = slug


def _parent(
    found: _Collected,
    around: AreaMap,
    entry: AreaFile,
    properties: Mapping[str, Any],
    border: BaseGeometry,
) -> AreaId | None:
    if entry.parent is not None:
        return found.by_code.get(str(properties.get(entry.parent, "")))
    inside = border.representative_point()
    return next(
        (
            area.id
            for area in sorted(around, key=lambda area: float(area.border.area))
            if area.border.contains(inside)
        ),
        None,
    )


def _features(path: Path) -> Iterator[tuple[Mapping[str, Any], BaseGeometry]]:
    try:
        collection = json.loads(path.read_text(encoding="utf-8"))
        features = collection["features"]
    except OSError as error:
        fix = f"cannot be read ({error.strerror})"
        raise ConfigError(where=str(path), key="file", fix=fix) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(where=str(path), key="file", fix="is no GeoJSON") from error
    if not isinstance(features, list):
        raise ConfigError(where=str(path), key="features", fix="is no list; this is no GeoJSON")
    for number, feature in enumerate(features, start=1):
        yield _read(feature, f"{path}: feature {number}")


def _read(feature: Any, where: str) -> tuple[Mapping[str, Any], BaseGeometry]:  # noqa: ANN401
    try:
        properties, border = feature["properties"], _mended(shape(feature["geometry"]))
    except (KeyError, TypeError, ValueError, AttributeError, ShapelyError) as error:
        fix = "has no polygon; remove or mend it"
        raise ConfigError(where=where, key="geometry", fix=fix) from error
    if not isinstance(properties, Mapping):
        fix = "are none; give the area a name in them"
        raise ConfigError(where=where, key="properties", fix=fix)
    if border.is_empty or border.area == 0:
        raise ConfigError(where=where, key="geometry", fix="encloses nothing; remove or mend it")
    return properties, border


def _mended(border: BaseGeometry) -> BaseGeometry:
    return border if border.is_valid else make_valid(border)


def _property(properties: Mapping[str, Any], key: str, where: str) -> str:
    value = properties.get(key)
    if not isinstance(value, str) or not slug_of(value):
        raise ConfigError(where=where, key=key, fix="is no name; set `name` in areas.toml")
    return value
