"""config/areas.toml: which GeoJSON files hold which areas, and how they lie in each other."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from bot.domain.areas import Area, AreaKind, AreaMap
from bot.domain.postal_codes import PostalCodes, PostalRange
from bot.errors import ConfigError
from bot.settings.area_tree import AreaTree, Sprout
from bot.settings.files import read_model
from bot.settings.geojson import Feature, read_features
from bot.settings.sections import Section

FILE = "areas.toml"


class AreaFile(Section):
    """One `[[file]]`: a GeoJSON file and what its properties mean."""

    path: str
    kind: AreaKind
    name: str = "name"
    """Property that holds the name."""
    code: str = "code"
    """Property that holds a code which later files and `rename` refer to, and by which an area is
    known again when its name has changed."""
    parent: str | None = None
    """Property that holds the code of the area around; found by position if not set."""
    radius: str = "radius_m"
    """Property of a point: its radius in metres."""
    rename: dict[str, str] = Field(default_factory=dict)
    """Names by code, where people here say it otherwise."""


class AreasFile(Section):
    """The whole file."""

    postal_codes: str | None = None
    """CSV with first, last, municipality: which codes lie where."""
    file: tuple[AreaFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaSource:
    """A file to be read, and what its properties mean."""

    entry: AreaFile
    path: Path


def load_areas(folder: Path) -> AreaMap:
    """Read all areas; none if there is no file.

    Raises:
        ConfigError: A file is missing or no GeoJSON, or a feature in it can't be used.
    """
    listed = listed_areas(folder)
    sources = [AreaSource(entry=entry, path=folder / entry.path) for entry in listed.file]
    codes = listed.postal_codes
    postal_codes = read_postal_codes(folder / codes) if codes else None
    return AreaMap(read_areas(sources), postal_codes=postal_codes)


def listed_areas(folder: Path) -> AreasFile:
    """Read what areas.toml lists; nothing if there is none.

    Raises:
        ConfigError: A key in it is unknown or wrong.
    """
    path = folder / FILE
    return read_model(path, AreasFile) if path.exists() else AreasFile()


def read_areas(sources: Iterable[AreaSource]) -> Sequence[Area]:
    """Read files, from the large areas to the small.

    Raises:
        ConfigError: A file is missing or no GeoJSON, or a feature in it can't be used.
    """
    tree = AreaTree()
    for source in sources:
        features = read_features(source.path, radius=source.entry.radius)
        tree.grow([_sprout(feature, source.entry) for feature in features])
    return tree.areas


def read_postal_codes(path: Path) -> PostalCodes:
    """Read which postal codes lie in which municipality.

    Raises:
        ConfigError: The file can't be read, or a line in it is no range.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    except OSError as error:
        fix = f"cannot be read ({error.strerror})"
        raise ConfigError(where=str(path), key="file", fix=fix) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise ConfigError(where=str(path), key="file", fix="is no CSV") from error
    ranges = []
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != 3 or not (row[0].isdecimal() and row[1].isdecimal() and row[2]):
            fix = "is no range; write first,last,municipality"
            raise ConfigError(where=str(path), key=f"line {number}", fix=fix)
        ranges.append(PostalRange(*row))
    return PostalCodes(ranges)


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


def _sprout(feature: Feature, entry: AreaFile) -> Sprout:
    code = feature.text(entry.code)
    return Sprout(
        where=feature.where,
        name=entry.rename.get(code) or _name(feature, entry.name),
        name_key=entry.name,
        code=code or None,
        kind=entry.kind,
        parent_code=None if entry.parent is None else feature.text(entry.parent),
        border=feature.border,
    )


def _name(feature: Feature, key: str) -> str:
    name = feature.properties.get(key)
    if not isinstance(name, str):
        fix = "is no name; set `name` in areas.toml"
        raise ConfigError(where=feature.where, key=key, fix=fix)
    return _spelled(feature.text(key))


_SMALL = frozenset({"stan", "och", "i", "på", "vid", "av"})


def _spelled(name: str) -> str:
    """Return a name that is all in capitals as people write it: `GAMLA STAN` as `Gamla stan`."""
    if not name.isupper() or len(name) < 2:
        return name
    first, *rest = name.lower().split(" ")
    return " ".join([first.title(), *(word if word in _SMALL else word.title() for word in rest)])
