"""What people write for an area, compared with what areas are called."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

NEAR_MATCH = 70  # of 100; "ally" and "Albyberget" are that near
SURE_MATCH = 92
BEGINNING = 90
CLEAR_BEGINNING = 84
MIN_CHARS = 3
_WITHOUT_MARKS = 9
"""What "sodra" loses against "Södra": Habo and Håbo are two places."""
_WORTH_A_LOOK = 66
_WORD = re.compile(r"\w+")
_KIND_WORD = re.compile(r"\s+(?:kommun|municipality|stad)$")
_POSTAL_CODE = re.compile(r"(?:SE?-?\s*)?(\d{3})\s?(\d{2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near a name on the map, by its index, comes to what was written; 100 is the same."""

    index: int
    score: float


def slug_text(name: str) -> str:
    """Turn `Gamla stan` into `gamla-stan` and `Örby` into `orby`."""
    return re.sub(r"[^a-z0-9]+", "-", without_marks(name)).strip("-")


def without_marks(name: str) -> str:
    """Return a name in lower-case ASCII: `Örby` as `orby`."""
    bare = unicodedata.normalize("NFKD", name.casefold().replace("ø", "o").replace("æ", "ae"))
    return bare.encode("ascii", "ignore").decode()


def postal_code_in(written: str) -> str | None:
    """Return `14559` if somebody has written `145 59`; None if it is no postal code."""
    found = _POSTAL_CODE.fullmatch(written.strip())
    return "".join(found.groups()) if found else None


def spellings(written: str) -> Sequence[str]:
    """Return what a name may be on the map, the likeliest first.

    People write `Botkyrka kommun` for Botkyrka and `Stockholms stad` for Stockholm.
    """
    plain = " ".join(written.casefold().split())
    bare = _KIND_WORD.sub("", plain)
    if bare == plain:
        return (plain,)
    return tuple(dict.fromkeys((plain, bare, bare.removesuffix("s"))))


class AreaNames:
    """The names on the map, made ready for being searched."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = [name.casefold() for name in names]

    @cached_property
    def _bare(self) -> Sequence[str]:
        return [without_marks(name) for name in self._names]

    def like(self, written: str, *, at_least: float = NEAR_MATCH) -> Sequence[Likeness]:
        """Return the names that are near, best first."""
        best: dict[int, float] = {}
        for wanted in spellings(written):
            for found in self._like(wanted):
                best[found.index] = max(found.score, best.get(found.index, 0))
        near = [Likeness(index, score) for index, score in best.items() if score >= at_least]
        return sorted(near, key=lambda one: (-one.score, one.index))

    def _like(self, wanted: str) -> Iterator[Likeness]:
        bare = without_marks(wanted)
        # A rough sieve first: to compare with thousands of names would take a tenth of a second.
        rough = process.extract(
            bare, self._bare, scorer=fuzz.partial_ratio, score_cutoff=_WORTH_A_LOOK, limit=None
        )
        for _, _, index in rough:
            name, plain = self._names[index], self._bare[index]
            score = _likeness(bare, plain)
            if (wanted, name) != (bare, plain):
                score = max(score - _WITHOUT_MARKS, _likeness(wanted, name))
            yield Likeness(index, score)


def _likeness(wanted: str, name: str) -> float:
    """Compare with the whole name, and with how it or a later word of it begins.

    People write "alby" and "ally" for Albyberget, and "stan" for Gamla stan.
    """
    if len(wanted) < MIN_CHARS:
        return 0.0
    return max(
        fuzz.ratio(wanted, name),
        *(
            _begins_like(wanted, name[word.start() :]) - word.start() / 10
            for word in _WORD.finditer(name)
        ),
    )


def _begins_like(wanted: str, name: str) -> float:
    """Return how near a name's beginning is; a letter may be wrong, missing or too much.

    A beginning is never as sure as a whole name.
    """
    if name.startswith(wanted):
        return BEGINNING
    lengths = range(len(wanted) - 1, len(wanted) + 2)
    likeness = max(
        DamerauLevenshtein.normalized_similarity(wanted, name[:length]) for length in lengths
    )
    return min(likeness * 100 - 4, BEGINNING)
