"""In which municipality a postal code lies."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class PostalRange:
    """All codes from the first to the last that somebody has, and the municipality's code."""

    first: str
    last: str
    municipality: str


class PostalCodes:
    """The ranges of a country; a code between two known ones of a municipality is its own."""

    def __init__(self, ranges: Iterable[PostalRange] = ()) -> None:
        self._ranges = sorted(ranges)
        self._firsts = [one.first for one in self._ranges]

    def __len__(self) -> int:
        return len(self._ranges)

    def municipality(self, code: str) -> str | None:
        """Return the code of the municipality, None if nobody there has such an address."""
        at = bisect_right(self._firsts, code) - 1
        if at < 0 or code > self._ranges[at].last:
            return None
        return self._ranges[at].municipality
