"""Texts that are too long for one event.

Source: Matrix client-server API, "Size limits": 65,536 bytes with all that stands around the
words, which stand in an edit twice and, where a room is encrypted, a third longer.
"""

import re
from collections.abc import Iterator

from bot.bridges.matrix.markup import Formatted, to_matrix
from bot.domain.richtext import RichText
from bot.domain.richtext_parts import characters, part_at

MAX_TEXT_BYTES = 16_000
_CUTS = tuple(re.compile(pattern) for pattern in (r"\n\s*\n", r"\n", r"[.!?…]\s", r"\s"))


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
        whole = to_matrix(rest, name=name)
        said = characters(rest)
        fits = _fitting(rest, name, most=len(said)) if not _fits(whole) else len(said)
        if fits >= len(said):
            yield _small(whole)
            return
        first, rest = part_at(rest, _cut(said, fits))
        yield _small(to_matrix(first, name=name))
        name = ""


def _fitting(text: RichText, name: str, *, most: int) -> int:
    """Return how many characters fit, at least one."""
    fits, too_many = 1, min(most, MAX_TEXT_BYTES) + 1
    while too_many - fits > 1:
        tried = (fits + too_many) // 2
        if _fits(to_matrix(part_at(text, tried)[0], name=name)):
            fits = tried
        else:
            too_many = tried
    return fits


def _fits(part: Formatted) -> bool:
    return part.size_bytes <= MAX_TEXT_BYTES


def _small(part: Formatted) -> Formatted:
    """Return a part that may be all looks around a single character, without them."""
    return part if _fits(part) else Formatted(part.body)


def _cut(text: str, fits: int) -> int:
    """Return where to cut; best where the least is torn apart, and at least half of it fits."""
    for pattern in _CUTS:
        ends = [found.end() for found in pattern.finditer(text, fits // 2, fits)]
        if ends:
            return ends[-1]
    return fits
