"""Cutting a text that is too long for one message.

Source: Bot API, sendMessage ("1-4096 characters after entities parsing", "at most 100 entities").
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from bot.bridges.telegram.graphemes import whole_before
from bot.bridges.telegram.markup import length_units
from bot.bridges.telegram.runs import Group, Run, merge, nest

MAX_TEXT_UNITS = 4096
MAX_CAPTION_UNITS = 1024
MAX_ENTITIES = 100

# Best first; a cut is taken if what stands before it fills at least half of the message.
_CUTS = tuple(
    re.compile(pattern)
    for pattern in (r"\n[^\S\n]*\n+", r"\n", r"[.!?…。؟۔।]+[\"”»)\]']*\s+", r"\s+")
)

Runs = tuple[Run, ...]


def split(
    runs: Sequence[Run], *, first_units: int = MAX_TEXT_UNITS, most_units: int = MAX_TEXT_UNITS
) -> list[Runs]:
    """Cut runs into messages; a style that is cut goes on in the next.

    Every character is kept but for messages that would show nothing.

    Args:
        runs: The whole text.
        first_units: How long the first message may be, in UTF-16 units.
        most_units: How long the others may be.
    """
    parts: list[Runs] = []
    rest, most = merge(runs), first_units
    while rest:
        cut = _cut(rest, most)
        parts.append(_slice(rest, 0, cut))
        rest, most = _slice(rest, cut, _length(rest)), most_units
    return [part for part in parts if _characters(part).strip()]


def count_entities(runs: Sequence[Run]) -> int:
    """Return how many entities runs are written with."""
    return sum(map(_count, nest(runs)))


def _cut(runs: Runs, most_units: int) -> int:
    text = _characters(runs)
    fits = _fitting_entities(runs, _fitting_units(text, most_units))
    if fits == len(text):
        return fits
    for pattern in _CUTS:
        ends = [found.end() for found in pattern.finditer(text, 0, fits)]
        if ends and 2 * ends[-1] >= fits:
            return ends[-1]
    return whole_before(text, fits)


def _fitting_units(text: str, most_units: int) -> int:
    """Return how many characters fit, at least one."""
    units = list(accumulate(map(length_units, text)))
    return max(1, bisect_right(units, most_units))


def _fitting_entities(runs: Runs, most: int) -> int:
    """Return how many of the first characters need no more entities than a message may have."""
    if count_entities(_slice(runs, 0, most)) <= MAX_ENTITIES:
        return most
    ends = [end for end in accumulate(len(run.text) for run in runs) if end < most]
    fits, too_many = 0, len(ends)
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if count_entities(_slice(runs, 0, ends[middle])) <= MAX_ENTITIES:
            fits = middle
        else:
            too_many = middle
    return ends[fits]


def _slice(runs: Sequence[Run], start: int, end: int) -> Runs:
    at, kept = 0, []
    for run in runs:
        text = run.text[max(0, start - at) : max(0, end - at)]
        at += len(run.text)
        if text:
            kept.append(Run(text, run.marks))
    return tuple(kept)


def _count(group: Group | str) -> int:
    return 0 if isinstance(group, str) else 1 + sum(map(_count, group.inner))


def _characters(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _length(runs: Sequence[Run]) -> int:
    return sum(len(run.text) for run in runs)
