"""Putting areas into each other: by their publisher's codes, else by where they lie."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count

from shapely import STRtree, intersection
from shapely import area as area_of
from shapely.geometry.base import BaseGeometry

from bot.domain.areas import Area, AreaId, AreaKind, slug_of
from bot.errors import ConfigError

_MOSTLY = 0.5
"""So much of an area must lie in those of a level for one of them to be around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sprout:
    """An area that has been read and has no place in the tree yet.

    Attributes:
        parent_code: What its publisher says lies around it; None where that is found by position.
    """

    where: str
    name: str
    name_key: str
    code: str | None
    kind: AreaKind
    parent_code: str | None
    border: BaseGeometry


@dataclass(frozen=True, slots=True, kw_only=True)
class _Overlap:
    """How much of an area lies in another, of 1."""

    area: Area
    share: float


class AreaTree:
    """Areas read so far, with what later ones need to find their parents."""

    def __init__(self) -> None:
        self._areas: dict[AreaId, Area] = {}
        self._by_code: dict[str, list[Area]] = defaultdict(list)
        self._seen: dict[tuple[AreaKind, str], str] = {}
        self._nameless: dict[tuple[str, AreaId | None], str] = {}

    @property
    def areas(self) -> Sequence[Area]:
        """What has grown, in the order it was read."""
        return list(self._areas.values())

    def grow(self, sprouts: Sequence[Sprout]) -> None:
        """Add the areas of a file; those of the files before may lie around them.

        Raises:
            ConfigError: One has no name, or can't be told from another.
        """
        by_place = _by_place(sprouts, self.areas)
        for sprout, around in zip(sprouts, by_place, strict=True):
            self._require_unlike_others(sprout)
            parent = around if sprout.parent_code is None else self._of_code(sprout)
            self._add(sprout, parent)

    def _add(self, sprout: Sprout, parent: AreaId | None) -> None:
        if sprout.code is None:
            self._require_a_name_of_its_own(sprout, parent)
        grown = Area(
            id=self._free_slug(sprout.name, parent),
            name=sprout.name,
            kind=sprout.kind,
            parent=parent,
            border=sprout.border,
            code=sprout.code,
        )
        self._areas[grown.id] = grown
        if grown.code is not None:
            self._by_code[grown.code].append(grown)

    def _of_code(self, sprout: Sprout) -> AreaId | None:
        """Return the smallest area of the code that may lie around; codes may meet by chance."""
        named = self._by_code.get(sprout.parent_code or "", [])
        larger = [area for area in named if area.kind.level < sprout.kind.level]
        return next((area.id for area in reversed(larger or named)), None)

    def _free_slug(self, name: str, parent: AreaId | None) -> AreaId:
        """Return the slug of a name; with its parent's, or a number, if it is taken."""
        plain = slug_of(name)
        longer = AreaId(f"{plain}-{parent}") if parent else plain
        numbered = (AreaId(f"{longer}-{n}") for n in count(2))
        slugs = chain((plain, longer), numbered)
        return next(slug for slug in slugs if slug not in self._areas)

    def _require_unlike_others(self, sprout: Sprout) -> None:
        if not slug_of(sprout.name):
            fix = "is no name; set `name` in areas.toml"
            raise ConfigError(where=sprout.where, key=sprout.name_key, fix=fix)
        if sprout.code is None:
            return
        first = self._seen.setdefault((sprout.kind, sprout.code), sprout.where)
        if first != sprout.where:
            fix = f"{sprout.code} stands in {first}, too; keep one, or make them one MultiPolygon"
            raise ConfigError(where=sprout.where, key="code", fix=fix)

    def _require_a_name_of_its_own(self, sprout: Sprout, parent: AreaId | None) -> None:
        """Without a code an area is known by its name alone."""
        first = self._nameless.setdefault((slug_of(sprout.name), parent), sprout.where)
        if first != sprout.where:
            fix = (
                f"{sprout.name} is {first}, too, and neither has a code; rename one, set `code` "
                "in areas.toml, or make them one MultiPolygon"
            )
            raise ConfigError(where=sprout.where, key=sprout.name_key, fix=fix)


def _by_place(sprouts: Sequence[Sprout], around: Sequence[Area]) -> Sequence[AreaId | None]:
    """Return for each what lies around it: of the lowest level there the one it lies most in."""
    if not around or all(sprout.parent_code is not None for sprout in sprouts):
        return [None] * len(sprouts)
    borders = [sprout.border for sprout in sprouts]
    others = [area.border for area in around]
    pairs = STRtree(others).query(borders, predicate="intersects").T.tolist()
    shared = intersection([borders[a] for a, _ in pairs], [others[b] for _, b in pairs])
    inside: dict[int, list[_Overlap]] = defaultdict(list)
    for (own, other), size in zip(pairs, area_of(shared).tolist(), strict=True):
        if around[other].kind.level < sprouts[own].kind.level:
            inside[own].append(_Overlap(area=around[other], share=size / borders[own].area))
    return [_surrounding(inside[number]) for number in range(len(sprouts))]


def _surrounding(overlaps: Sequence[_Overlap]) -> AreaId | None:
    for level in range(len(AreaKind), -1, -1):
        here = [one for one in overlaps if one.area.kind.level == level]
        if sum(one.share for one in here) >= _MOSTLY:
            return min(here, key=lambda one: (-one.share, one.area.id)).area.id
    return None
