"""Named places in a tree, found by name or by position."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from shapely.geometry.base import BaseGeometry

from bot.domain.area_borders import AreaBorders
from bot.domain.area_closeness import Candidate, Surroundings, best_first, meant_among
from bot.domain.area_names import (
    NEAR_MATCH,
    SURE_MATCH,
    AreaNames,
    postal_code_in,
    spellings,
)
from bot.domain.area_values import SMALLEST, Area, AreaId, AreaKind, slug_of
from bot.domain.messages import Position
from bot.domain.postal_codes import PostalCodes

__all__ = ["Area", "AreaId", "AreaKind", "AreaMap", "slug_of"]

NEAR_KM = 25.0
_SUGGESTED = 3
BESIDE_DEG = 0.003
"""Some 330 m to the north and 170 m to the east: across a road or a square."""


class AreaMap:
    """All areas of an installation; made once at start and never changed."""

    def __init__(self, areas: Iterable[Area], *, postal_codes: PostalCodes | None = None) -> None:
        self._by_id: Mapping[AreaId, Area] = {area.id: area for area in areas}
        self._order = list(self._by_id.values())
        self._names = AreaNames(area.name for area in self._order)
        self._namesakes = Counter(slug_of(area.name) for area in self._order)
        self._borders = AreaBorders([area.border for area in self._order])
        self._inside: dict[str, list[Area]] = defaultdict(list)
        for area in self._order:
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
        hits = self._borders.holding(position)
        alike = (i for i in hits if self._borders.are_alike(i, hits[0]))
        return min((self._order[i] for i in alike), key=lambda area: area.id, default=None)

    def around_position(self, position: Position) -> frozenset[AreaId]:
        """Return all areas that hold a position, borders included."""
        return frozenset(self._order[i].id for i in self._borders.holding(position))

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
        near = frozenset(self._order[i].id for i in self._borders.beside(here.border, BESIDE_DEG))
        return near - frozenset(self.chain(area))

    def around(self, area: Area) -> Sequence[Area]:
        """Return the two neighbourhoods or centres nearest to the middle of an area."""
        middle = area.border.centroid
        near = self.near(Position(middle.y, middle.x))
        return [other for other in near if other.id != area.id][:2]

    def within_frame(self, frame: BaseGeometry) -> Sequence[Area]:
        """Return the areas of which a piece lies in a frame, the largest first."""
        return [self._order[i] for i in self._borders.in_frame(frame)]

    def near(self, position: Position, *, within_km: float = NEAR_KM) -> Sequence[Area]:
        """Return up to three neighbourhoods or centres near a position, nearest first."""
        found = [(km, self._order[i]) for km, i in self._borders.near(position, within_km)]
        small = ((km, area.id) for km, area in found if area.kind in SMALLEST)
        return [self._by_id[slug] for _, slug in sorted(small)[:_SUGGESTED]]

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
        surroundings = self._surroundings(near)
        if known is not None and surroundings.are_no_better_than(known):
            return known
        like = self._candidates(name, surroundings)
        meant = meant_among(like)
        if meant is not None:
            return self._order[meant]
        sure = [one.index for one in like if one.score >= SURE_MATCH]
        return known or (self._order[sure[0]] if len(sure) == 1 else None)

    def suggest(
        self, name: str, *, near: Sequence[AreaId] = (), at_least: float = NEAR_MATCH
    ) -> Sequence[Area]:
        """Return up to three areas whose names are near, best first; those close by gain."""
        like = self._candidates(name, self._surroundings(near), at_least=at_least)
        return [self._order[index] for index in best_first(like, most=_SUGGESTED)]

    def _candidates(
        self, name: str, surroundings: Surroundings, *, at_least: float = NEAR_MATCH
    ) -> Sequence[Candidate]:
        return [
            Candidate(
                index=one.index,
                score=one.score,
                closeness=surroundings.closeness_of(self._order[one.index]),
            )
            for one in self._names.like(name, at_least=at_least)
        ]

    def _exact(self, name: str) -> Area | None:
        for wanted in spellings(name):
            slug = slug_of(wanted)
            found = self._by_id.get(slug)
            if found is not None and self._namesakes[slug] < 2:
                return found
        return None

    def _surroundings(self, near: Sequence[AreaId]) -> Surroundings:
        known = [area for slug in near if (area := self.get(slug))]
        return Surroundings(near, [area.middle for area in known], home_of=self.home)

    def home(self, area: AreaId) -> AreaId | None:
        """Return the municipality of an area, or the outermost below a county."""
        chain = [self._by_id[one] for one in self.chain(area)]
        return next((a.id for a in reversed(chain) if a.kind is not AreaKind.COUNTY), None)
