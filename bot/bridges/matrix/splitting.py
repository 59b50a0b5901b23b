"""Texts that are too long for one event.

Source: Matrix client-server API, "Size limits": 65,536 bytes with all that stands around the
words, which stand in an edit twice and, where a room is encrypted, a third longer.
"""

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from bot.bridges.matrix.markup import Formatted, to_matrix
from bot.domain.richtext import RichText
from bot.domain.richtext_parts import characters, part_at

MAX_TEXT_BYTES = 16_000
_MAX_LOOKS_BYTES = MAX_TEXT_BYTES // 2
"""Around a single character."""
_CUTS = tuple(re.compile(pattern) for pattern in (r"\n\s*\n", r"\n", r"[.!?…]\s", r"\s"))

_Writing: TypeAlias = Callable[[RichText], Formatted]


def split(text: RichText, *, name: str = "") -> list[Formatted]:
    """Write a text as few events; what is cut goes on in the next as it looked before.

    Args:
        text: What to say.
        name: See `to_matrix`.
    """
    return [part for part in _parts(text, name) if part.body.strip()]


def _parts(text: RichText, name: str) -> Iterator[Formatted]:
    rest = text
    while True:
        whole, said = to_matrix(rest, name=name), characters(rest)
        if _fits(whole):
            yield whole
            return
        write = _writing(rest, name)
        first, rest = part_at(rest, _cut(said, _fitting(rest, write, most=len(said))))
        yield write(first)
        if not characters(rest):
            return
        name = ""


def _writing(text: RichText, name: str) -> _Writing:
    """Return how to write what a text begins with."""
    begin = to_matrix(part_at(text, 1)[0], name=name)
    if begin.size_bytes <= _MAX_LOOKS_BYTES:
        return lambda part: to_matrix(part, name=name)
    # Looks that leave little room for the words would stand around each few of them again.
    return lambda part: Formatted(to_matrix(part, name=name).body)


def _fitting(text: RichText, write: _Writing, *, most: int) -> int:
    """Return how many characters fit, at least one."""
    fits, too_many = 1, min(most, MAX_TEXT_BYTES) + 1
    while too_many - fits > 1:
        tried = (fits + too_many) // 2
        if _fits(write(part_at(text, tried)[0])):
            fits = tried
        else:
            too_many = tried
    return fits


def _fits(part: Formatted) -> bool:
    return part.size_bytes <= MAX_TEXT_BYTES


def _cut(text: str, fits: int) -> int:
    """Return where to cut; best where the least is torn apart, and at least half of it fits."""
    if fits >= len(text):
        return fits
    for pattern in _CUTS:
        ends = [found.end() for found in pattern.finditer(text, fits // 2, fits)]
        if ends:
            return ends[-1]
    return fits
