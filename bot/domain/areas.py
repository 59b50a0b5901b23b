"""Named places in a tree, found by name or by position."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from shapely import STRtree, prepare
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from bot.domain.area_names import (
    CLEAR_BEGINNING,
    NEAR_MATCH,
    SURE_MATCH,
    AreaNames,
    postal_code_in,
    slug_text,
    spellings,
)
from bot.domain.distances import is_within, km_to, window_around
from bot.domain.messages import Position
from bot.domain.postal_codes import PostalCodes

AreaId = NewType("AreaId", str)

NEAR_KM = 25.0
NEXT_DOOR_KM = 15.0
_SUGGESTED = 3
_NEARNESS_COUNTS = (15, 8, 4, 0)
"""How much an own area, one of the same municipality, one next door gains in a list."""
BESIDE_DEG = 0.003
"""Some 330 m to the north and 170 m to the east: across a road or a square."""


class AreaKind(StrEnum):
    """How large a place is."""

    COUNTY = "county"
    MUNICIPALITY = "municipality"
    DISTRICT = "district"
    NEIGHBOURHOOD = "neighbourhood"
    CENTRE = "centre"

    @property
    def level(self) -> int:
        """How deep in the tree it stands; the county is 0."""
        return list(AreaKind).index(self)


_SMALLEST = frozenset({AreaKind.NEIGHBOURHOOD, AreaKind.CENTRE})
_FAR = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Area:
    """One place with its border; `id` is its name in lower-case ASCII with hyphens.

    Attributes:
        code: What its publisher calls it, whatever its name; None for areas that have no code.
    """

    id: AreaId
    name: str
    kind: AreaKind
    parent: AreaId | None
    border: BaseGeometry
    code: str | None = None

    @property
    def identity(self) -> str:
        """By what it is known again when the map is made anew."""
        return f"{self.kind}:{self.code}" if self.code else self.id

    @property
    def middle(self) -> Position:
        """A point that surely lies inside."""
        point = self.border.representative_point()
        return Position(point.y, point.x)


def slug_of(name: str) -> AreaId:
    """Turn `Gamla stan` into `gamla-stan` and `Örby` into `orby`."""
    return AreaId(slug_text(name))


class AreaMap:
    """All areas of an installation; made once at start and never changed."""

    def __init__(self, areas: Iterable[Area], *, postal_codes: PostalCodes | None = None) -> None:
        self._by_id: Mapping[AreaId, Area] = {area.id: area for area in areas}
        self._order = list(self._by_id.values())
        self._names = AreaNames(area.name for area in self._order)
        self._namesakes = Counter(slug_of(area.name) for area in self._order)
        self._tree = STRtree([area.border for area in self._order])
        self._sizes = [float(area.border.area) for area in self._order]
        self._inside: dict[str, list[Area]] = defaultdict(list)
        for area in self._order:
            prepare(area.border)
            if area.parent is not None:
                self._inside[area.parent].append(area)
        self._postal_codes = postal_codes or PostalCodes()

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

    def title(self, area: Area) -> str:
        """Return what tells an area from its namesakes: `Östermalm (Stockholm)`."""
        around = self.get(area.parent) if area.parent else None
        if around is None or self._namesakes[slug_of(area.name)] < 2:
            return area.name
        return f"{area.name} ({around.name})"

    def chain(self, area: str) -> tuple[AreaId, ...]:
        """Return an area and all that contain it, innermost first."""
        steps: list[AreaId] = []
        current = self.get(area)
        while current is not None and current.id not in steps:
            steps.append(current.id)
            current = self.get(current.parent) if current.parent else None
        return tuple(steps)

    def at(self, position: Position) -> Area | None:
        """Return the smallest area that holds a position, borders included.

        On a border that two share it is the smaller of both, of two alike the first by slug.
        """
        hits = self._tree.query(Point(position.lon, position.lat), predicate="intersects")
        found = min(hits, key=lambda i: (self._sizes[i], self._order[i].id), default=None)
        return None if found is None else self._order[found]

    def around_position(self, position: Position) -> frozenset[AreaId]:
        """Return all areas that hold a position, borders included."""
        hits = self._tree.query(Point(position.lon, position.lat), predicate="intersects")
        return frozenset(self._order[i].id for i in hits)

    def inside(self, area: str) -> Sequence[Area]:
        """Return the areas that an area is made of, by name."""
        return sorted(self._inside.get(area, ()), key=lambda one: (one.name.casefold(), one.id))

    def roots(self) -> Sequence[Area]:
        """Return the areas that lie in no other, by name."""
        roots = (area for area in self._order if self.get(area.parent or "") is None)
        return sorted(roots, key=lambda one: (one.name.casefold(), one.id))

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

    def within_frame(self, frame: BaseGeometry) -> Sequence[Area]:
        """Return the areas of which a piece lies in a frame, the largest first."""
        seen = [int(i) for i in self._tree.query(frame, predicate="intersects")]
        return [self._order[i] for i in sorted(seen, key=lambda i: -self._sizes[i])]

    def near(self, position: Position, *, within_km: float = NEAR_KM) -> Sequence[Area]:
        """Return up to three neighbourhoods or centres near a position, nearest first."""
        window = window_around(position, within_km)
        seen = (self._order[i] for i in self._tree.query(window))
        far = {one.id: km_to(one.border, position) for one in seen if one.kind in _SMALLEST}
        nearest = sorted((km, slug) for slug, km in far.items() if km <= within_km)
        return [self._by_id[slug] for _, slug in nearest[:_SUGGESTED]]

    def by_postal_code(self, written: str) -> Area | None:
        """Return the municipality of a postal code; None if it is none, or not on the map."""
        code = postal_code_in(written)
        wanted = self._postal_codes.municipality(code) if code else None
        if wanted is None:
            return None
        meant = (AreaKind.MUNICIPALITY, wanted)
        return next((area for area in self._order if (area.kind, area.code) == meant), None)

    def find(self, name: str, *, near: Sequence[AreaId] = ()) -> Area | None:
        """Return the area that a name surely means, None if it is unknown or unclear.

        Args:
            name: As somebody has written it; a postal code means its municipality.
            near: Areas in which whoever wrote it is, writes, or which they follow: of namesakes
                and near matches the one there is meant.
        """
        known = self.by_postal_code(name) or self._exact(name)
        surroundings = _Surroundings(self, near)
        if known is not None and (known.kind not in _SMALLEST or surroundings.step(known) < _FAR):
            return known
        like = [(self._order[one.index], one.score) for one in self._names.like(name)]
        meant = _meant(like, surroundings)
        if known is not None:
            return meant or known
        sure = [area for area, score in like if score >= SURE_MATCH]
        return meant or (sure[0] if len(sure) == 1 else None)

    def suggest(
        self, name: str, *, near: Sequence[AreaId] = (), at_least: float = NEAR_MATCH
    ) -> Sequence[Area]:
        """Return up to three areas whose names are near, best first; those close by gain."""
        like, surroundings = self._names.like(name, at_least=at_least), _Surroundings(self, near)
        weighed = [
            (one.score + _NEARNESS_COUNTS[surroundings.step(self._order[one.index])], one.index)
            for one in like
        ]
        best = sorted(weighed, key=lambda pair: (-pair[0], pair[1]))[:_SUGGESTED]
        return [self._order[index] for _, index in best]

    def _exact(self, name: str) -> Area | None:
        for wanted in spellings(name):
            slug = slug_of(wanted)
            found = self._by_id.get(slug)
            if found is not None and self._namesakes[slug] < 2:
                return found
        return None

    def home(self, area: AreaId) -> AreaId | None:
        """Return the municipality of an area, or the outermost below a county."""
        chain = [self._by_id[one] for one in self.chain(area)]
        return next((a.id for a in reversed(chain) if a.kind is not AreaKind.COUNTY), None)


class _Surroundings:
    """What lies how close to somebody's own areas."""

    def __init__(self, areas: AreaMap, near: Sequence[AreaId]) -> None:
        self._areas = areas
        self._own = frozenset(near)
        self._homes = {home for own in near if (home := areas.home(own))}
        self._middles = [found.middle for own in near if (found := areas.get(own))]

    def step(self, area: Area) -> int:
        """Return 0 for an own area, 1 for one in its municipality, 2 next door, 3 far off."""
        if area.id in self._own:
            return 0
        if self._areas.home(area.id) in self._homes:
            return 1
        is_close = any(is_within(area.border, middle, NEXT_DOOR_KM) for middle in self._middles)
        return 2 if is_close else _FAR


def _meant(like: Sequence[tuple[Area, float]], surroundings: _Surroundings) -> Area | None:
    """Return the one that lies closest to where somebody is, None if none does or several."""
    own = [area for area, _ in like if surroundings.step(area) == 0]
    if own:
        return own[0] if len(own) == 1 else None
    clear = [area for area, score in like if score >= CLEAR_BEGINNING]
    closest = min(map(surroundings.step, clear), default=_FAR)
    there = [area for area in clear if surroundings.step(area) == closest]
    return there[0] if closest < _FAR and len(there) == 1 else None
