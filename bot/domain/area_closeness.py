"""Which of several places of like names somebody means: the one close to where they are."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.domain.area_names import CLEAR_BEGINNING
from bot.domain.area_values import SMALLEST, Area, AreaId
from bot.domain.distances import is_within
from bot.domain.messages import Position

_NEXT_DOOR_KM = 15.0
_GAINS = (15, 8, 4, 0)


class Closeness(IntEnum):
    """How close a place lies to somebody's own ones."""

    OWN = 0
    SAME_MUNICIPALITY = 1
    NEXT_DOOR = 2
    FAR = 3

    @property
    def gain(self) -> int:
        """How much it gains over others in a list, beside a likeness of at most 100."""
        return _GAINS[self]


class Surroundings:
    """What lies how close to somebody's own areas."""

    def __init__(
        self,
        own: Collection[AreaId],
        middles: Sequence[Position],
        *,
        home_of: Callable[[AreaId], AreaId | None],
    ) -> None:
        self._own = frozenset(own)
        self._middles = middles
        self._home_of = home_of
        self._homes = {home for one in own if (home := home_of(one))}

    def closeness_of(self, area: Area) -> Closeness:
        """Return how close an area lies."""
        if area.id in self._own:
            return Closeness.OWN
        if self._home_of(area.id) in self._homes:
            return Closeness.SAME_MUNICIPALITY
        is_close = any(is_within(area.border, middle, _NEXT_DOOR_KM) for middle in self._middles)
        return Closeness.NEXT_DOOR if is_close else Closeness.FAR

    def are_no_better_than(self, known: Area) -> bool:
        """Whether nobody would rather mean a namesake close by: a whole town is what it says."""
        return known.kind not in SMALLEST or self.closeness_of(known) is not Closeness.FAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that may be meant, by its number on the map.

    Attributes:
        score: How like its name is to what was written; 100 is the same.
    """

    index: int
    score: float
    closeness: Closeness


def meant_among(candidates: Sequence[Candidate]) -> int | None:
    """Return the one that lies closest, None if none is close, or several are alike."""
    own = [one for one in candidates if one.closeness is Closeness.OWN]
    if own:
        return _alone(own)
    clear = [one for one in candidates if one.score >= CLEAR_BEGINNING]
    closest = min((one.closeness for one in clear), default=Closeness.FAR)
    if closest is Closeness.FAR:
        return None
    return _alone([one for one in clear if one.closeness is closest])


def best_first(candidates: Sequence[Candidate], *, most: int) -> Sequence[int]:
    """Return the likeliest; what is close gains."""
    weighed = sorted(candidates, key=lambda one: (-(one.score + one.closeness.gain), one.index))
    return [one.index for one in weighed[:most]]


def _alone(candidates: Collection[Candidate]) -> int | None:
    return next(iter(candidates)).index if len(candidates) == 1 else None
