"""How surely two reports tell of the same thing: from place, time, kind and words.

It only ever asks a person; nothing is linked because of a number.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from rapidfuzz import fuzz

from bot.domain.areas import AreaId
from bot.domain.kinds import Kind
from bot.domain.positions import Cell, km_between
from bot.domain.reports import Priority

SUGGEST_AT = 0.6
"""From here it is asked. Below, most pairs are two things, and needless questions cost trust."""
MOST_SUGGESTED = 3

_INSIDE = 0.8  # somebody may have chosen the municipality for what happens in one quarter of it
_FURTHER_INSIDE = 0.5
_BESIDE = 0.75  # who stands at a border chooses either side
_SEEN_KM, _FAR_KM = 0.8, 5.0
"""Up to the first it may be one thing that two see, and from the second on it is none: whatever
the areas are called, and however large they are."""

_PASSING, _LASTING = timedelta(hours=6), timedelta(days=9)
"""After this it is another one; up to a third of it, time says nothing against."""
_LASTS = frozenset(
    {
        Kind.GRAFFITI, Kind.VANDALISM, Kind.SAFETY_ENVIRONMENT, Kind.LOST_FOUND,
        Kind.MISSING_PERSON, Kind.WANTED_VEHICLE, Kind.INFORMATION,
    }
)  # fmt: skip

_RARE = frozenset({Kind.FIRE, Kind.TRAFFIC, Kind.VIOLENCE, Kind.THEFT_RING})
"""So rare in one place within hours that the kind tells more than the words."""
_FLOOR_RARE, _FLOOR_COMMON, _FLOOR_RELATED = 0.75, 0.45, 0.3
_SAME_KIND_OTHER_LANGUAGE = 0.8  # kind and place alone: the words can't say anything
_RELATED, _ONE_UNKNOWN = 0.9, 0.9
_FAMILIES = (
    frozenset({Kind.THEFT_RING, Kind.THEFT, Kind.BURGLARY, Kind.SUSPICIOUS}),
    frozenset({Kind.VIOLENCE, Kind.THREAT}),
    frozenset({Kind.VANDALISM, Kind.GRAFFITI, Kind.SAFETY_ENVIRONMENT}),
)
_STEPS: Mapping[int, float] = {0: 1.0, 1: 0.9, 2: 0.65}
"""What one calls urgent and another only worth knowing is seldom the same."""

_CHANCE = 40  # of 100: so near are texts of one language that have nothing to do with each other
_WORD = re.compile(r"\w+")
_SAYS_LITTLE = frozenset(
    _WORD.findall(
        "och att det den som en ett är på av för med till från har hade inte jag vi de du här där "
        "nu någon nån några ur vid om i så just precis ser ut över "
        "the and that this there with from for are was were has have not you they some somebody "
        "someone now here into over just see at by of on in is it an my"
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What is compared of a report, sent or not.

    Attributes:
        chain: The area and all that contain it, innermost first.
        beside: The areas that lie next to it; of two it is enough if one knows them.
        first_at: When it was told.
        last_at: When somebody last did something with it: until then it went on.
        language: Of the text; None if it is not sure.
        cell: Where it was told from; None if no more than the area is known.
    """

    chain: tuple[AreaId, ...]
    beside: frozenset[AreaId] = frozenset()
    first_at: datetime
    last_at: datetime
    kind: Kind | None
    priority: Priority
    text: str
    language: str | None = None
    cell: Cell | None = None


def likeness(one: Sighting, other: Sighting) -> float:
    """Return how surely two sightings are of one thing, 0 to 1; the order makes no difference."""
    return (
        _place(one, other)
        * _time(one, other)
        * _STEPS[abs(one.priority - other.priority)]
        * _what(one, other)
    )


def says_more(text: str, than: str) -> bool:
    """Whether a text tells anything that another does not."""
    return not _telling_words(text) <= set(_words(than))


def _place(one: Sighting, other: Sighting) -> float:
    if one.cell is not None and other.cell is not None:
        return _nearness(km_between(one.cell, other.cell))
    if not one.chain or not other.chain:
        return 0.0
    if one.chain[0] == other.chain[0]:
        return 1.0
    if other.chain[0] in one.chain or one.chain[0] in other.chain:
        return _INSIDE if abs(len(one.chain) - len(other.chain)) == 1 else _FURTHER_INSIDE
    is_beside = other.chain[0] in one.beside or one.chain[0] in other.beside
    return _BESIDE if is_beside else 0.0


def _nearness(km: float) -> float:
    return max(0.0, min(1.0, (_FAR_KM - km) / (_FAR_KM - _SEEN_KM)))


def _time(one: Sighting, other: Sighting) -> float:
    last = max(one.first_at, other.first_at)
    gap = max(timedelta(0), last - min(one.last_at, other.last_at))
    window = min(_window(one.kind), _window(other.kind))
    return max(0.0, min(1.0, 1.5 * (1 - gap / window)))


def _window(kind: Kind | None) -> timedelta:
    return _LASTING if kind in _LASTS else _PASSING


def _what(one: Sighting, other: Sighting) -> float:
    """Weigh kind and words together."""
    alike = _words_alike(one.text, other.text)
    if one.kind is None or other.kind is None:
        return alike if one.kind is other.kind else _ONE_UNKNOWN * alike
    if one.kind is other.kind:
        floor = _FLOOR_RARE if one.kind in _RARE else _FLOOR_COMMON
        told = floor + (1 - floor) * alike
        return max(told, _SAME_KIND_OTHER_LANGUAGE) if _differ_in_language(one, other) else told
    if any({one.kind, other.kind} <= family for family in _FAMILIES):
        return _RELATED * (_FLOOR_RELATED + (1 - _FLOOR_RELATED) * alike)
    return 0.0


def _differ_in_language(one: Sighting, other: Sighting) -> bool:
    return None not in {one.language, other.language} and one.language != other.language


def _words_alike(one: str, other: str) -> float:
    mine, others = _words(one), _words(other)
    if sorted(mine) == sorted(others):
        return 1.0
    telling, told = sorted(_telling_words(one)), sorted(_telling_words(other))
    near = fuzz.token_set_ratio(" ".join(telling), " ".join(told))
    return max(0.0, (near - _CHANCE) / (100 - _CHANCE))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _telling_words(text: str) -> set[str]:
    found = {word for word in _words(text) if len(word) > 1}
    return found - _SAYS_LITTLE
