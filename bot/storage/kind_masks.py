"""Kinds as bits of a number, so that one comparison tells whether any of them is wanted."""

from bot.domain.kinds import Kind
from bot.domain.reports import Priority
from bot.domain.routing import Spread

_OF_KIND = {
    kind: 1 << bit
    for bit, kind in enumerate(
        (
            # As they are stored: new ones go to the end.
            Kind.THEFT_RING, Kind.THEFT, Kind.BURGLARY, Kind.VANDALISM, Kind.GRAFFITI,
            Kind.VIOLENCE, Kind.THREAT, Kind.SUSPICIOUS, Kind.FIRE, Kind.TRAFFIC,
            Kind.MISSING_PERSON, Kind.WANTED_VEHICLE, Kind.SAFETY_ENVIRONMENT, Kind.LOST_FOUND,
            Kind.INFORMATION,
        )
    )
}  # fmt: skip
_ALL = (1 << 30) - 1
_UNKNOWN = 1 << 29


def mask_of(kinds: frozenset[Kind]) -> int:
    """Return the kinds that a follower takes; none stands for all."""
    return sum(_OF_KIND[kind] for kind in kinds) if kinds else _ALL


def kinds_in(mask: int) -> frozenset[Kind]:
    """Return the kinds as they were said."""
    if mask == _ALL:
        return frozenset()
    return frozenset(kind for kind, bit in _OF_KIND.items() if mask & bit)


def kinds_looked_for(spread: Spread) -> int:
    """Return the kinds of which a follower takes one; who takes all takes also the unknown."""
    if spread.kind is not None:
        return _OF_KIND[spread.kind]
    return _ALL if spread.priority is Priority.RED else _UNKNOWN
