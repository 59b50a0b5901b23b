"""One named place, and how large it is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from shapely.geometry.base import BaseGeometry

from bot.domain.area_names import slug_text
from bot.domain.messages import Position

AreaId = NewType("AreaId", str)


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


SMALLEST = frozenset({AreaKind.NEIGHBOURHOOD, AreaKind.CENTRE})


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
