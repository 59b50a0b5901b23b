"""Named places in a tree, found by name or by position."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein
from shapely import STRtree, distance
from shapely.affinity import scale
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from bot.domain.messages import Position

AreaId = NewType("AreaId", str)

_KIND_WORD = re.compile(r"\s+(?:kommun|municipality)$")
NEAR_MATCH = 70  # of 100; "ally" and "Albyberget" are that near
SURE_MATCH = 92
BEGINNING = 90
MIN_CHARS = 3
BESIDE_DEG = 0.003  # some 330 m to the north and 170 m to the east: across a road or a square
_WORD = re.compile(r"\w+")


class AreaKind(StrEnum):
    """How large a place is."""

    COUNTY = "county"
    MUNICIPALITY = "municipality"
    DISTRICT = "district"
    NEIGHBOURHOOD = "neighbourhood"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Area:
    """One place with its border; `id` is its name in lower-case ASCII with hyphens."""

    id: AreaId
    name: str
    kind: AreaKind
    parent: AreaId | None
    border: BaseGeometry


def slug_of(name: str) -> AreaId:
    """Turn `Gamla stan` into `gamla-stan` and `Örby` into `orby`."""
    bare = unicodedata.normalize("NFKD", name.casefold().replace("ø", "o").replace("æ", "ae"))
    ascii_only = bare.encode("ascii", "ignore").decode()
    return AreaId(re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-"))


class AreaMap:
    """All areas of an installation; made once at start and never changed."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._by_id: Mapping[AreaId, Area] = {area.id: area for area in areas}
        self._names = {area.id: area.name.casefold() for area in self._by_id.values()}
        self._namesakes = Counter(slug_of(area.name) for area in self._by_id.values())
        self._order = list(self._by_id.values())
        self._tree = STRtree([area.border for area in self._order])

    def __iter__(self) -> Iterator[Area]:
        return iter(self._order)

    def __len__(self) -> int:
        return len(self._order)

    def get(self, area: str) -> Area | None:
        """Return the area with this slug, None if there is none."""
        return self._by_id.get(AreaId(area))

    def name(self, area: str) -> str:
        """Return what an area is called; its slug if it has left the map."""
        found = self.get(area)
        return found.name if found else area

    def chain(self, area: str) -> tuple[AreaId, ...]:
        """Return an area and all that contain it, innermost first."""
        steps: list[AreaId] = []
        current = self.get(area)
        while current is not None and current.id not in steps:
            steps.append(current.id)
            current = self.get(current.parent) if current.parent else None
        return tuple(steps)

    def at(self, position: Position) -> Area | None:
        """Return the smallest area that holds a position, borders included."""
        point = Point(position.lon, position.lat)
        hits = [self._order[i] for i in self._tree.query(point, predicate="intersects")]
        return min(hits, key=lambda area: (area.border.area, area.id), default=None)

    def inside(self, area: str) -> Sequence[Area]:
        """Return the areas that an area is made of, by name."""
        return sorted((a for a in self._order if a.parent == area), key=lambda a: a.name)

    def beside(self, area: str) -> frozenset[AreaId]:
        """Return the areas whose borders are near an area's own, but for those that contain it."""
        here = self.get(area)
        if here is None:
            return frozenset()
        hits = self._tree.query(here.border, predicate="dwithin", distance=BESIDE_DEG)
        return frozenset(self._order[i].id for i in hits) - frozenset(self.chain(area))

    def around(self, area: Area) -> Sequence[Area]:
        """Return the two neighbourhoods or centres nearest to the middle of an area."""
        middle = area.border.centroid
        near = self.near(Position(middle.y, middle.x))
        return [other for other in near if other.id != area.id][:2]

    def near(self, position: Position, *, within_deg: float = 0.2) -> Sequence[Area]:
        """Return up to three neighbourhoods or centres near a position, nearest first."""
        window = box(*Point(position.lon, position.lat).buffer(within_deg).bounds)
        smallest = (self._order[i] for i in self._tree.query(window) if self._is_leaf(i))
        return sorted(smallest, key=lambda area: (_distance(area, position), area.id))[:3]

    def find(self, name: str) -> Area | None:
        """Return the area that a name surely means, None if it is unknown or unclear."""
        slug = slug_of(_wanted(name))
        exact = self._by_id.get(slug)
        if exact is not None and self._namesakes[slug] < 2:
            return exact
        found = self.suggest(name, at_least=SURE_MATCH)
        return found[0] if len(found) == 1 else None

    def suggest(self, name: str, *, at_least: int = NEAR_MATCH) -> Sequence[Area]:
        """Return up to three areas whose names are near, best first."""
        found = process.extract(
            _wanted(name), self._names, scorer=_likeness, score_cutoff=at_least, limit=3
        )
        return [self._by_id[key] for _, _, key in found]

    def _is_leaf(self, index: int) -> bool:
        return self._order[index].kind in {AreaKind.NEIGHBOURHOOD, AreaKind.CENTRE}


def _wanted(name: str) -> str:
    """Return a name as it stands on the map: people write `Botkyrka kommun`."""
    return _KIND_WORD.sub("", name.casefold().strip())


def _distance(area: Area, position: Position) -> float:
    """Return how far off an area is, in degrees of latitude; those of longitude are shorter."""
    shrunk = math.cos(math.radians(position.lat))
    here = Point(position.lon * shrunk, position.lat)
    return float(distance(scale(area.border, xfact=shrunk, origin=(0, 0)), here))


def _likeness(wanted: str, name: str, *, score_cutoff: float | None = None) -> float:
    """Compare with the whole name, and with how it or a later word of it begins.

    People write "alby" and "ally" for Albyberget, and "stan" for Gamla stan.
    """
    if len(wanted) < MIN_CHARS:
        return 0.0
    score = max(
        fuzz.ratio(wanted, name),
        *(_begins_like(wanted, name[word.start() :]) - word.start() / 10 for word in _words(name)),
    )
    return score if score >= (score_cutoff or 0) else 0.0


def _words(name: str) -> Iterator[re.Match[str]]:
    return _WORD.finditer(name)


def _begins_like(wanted: str, name: str) -> float:
    """Return how near a name's beginning is; a letter may be wrong, missing or too much.

    A beginning is never as sure as a whole name.
    """
    lengths = range(len(wanted) - 1, len(wanted) + 2)
    likeness = max(
        DamerauLevenshtein.normalized_similarity(wanted, name[:length]) for length in lengths
    )
    return min(likeness * 100 - 4, BEGINNING)
