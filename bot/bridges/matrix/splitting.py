"""Texts that are too long for one event.

Source: Matrix client-server API, "Size limits": 65,536 bytes with all that stands around the
words, which stand in an edit twice and, where a room is encrypted, a third longer.
"""

import re
from collections.abc import Iterator

from bot.bridges.matrix.markup import Formatted, to_matrix
from bot.domain.richtext import RichText

MAX_TEXT_BYTES = 16_000
_CUTS = tuple(re.compile(pattern) for pattern in (r"\n\s*\n", r"\n", r"[.!?…]\s", r"\s"))


def split(text: RichText, *, name: str = "") -> list[Formatted]:
    """Write a text as few events; one too long for a single event loses its looks and no words.

    Args:
        text: What to say.
        name: See `to_matrix`.
    """
    whole = to_matrix(text, name=name)
    if whole.size_bytes <= MAX_TEXT_BYTES:
        return [whole] if whole.body.strip() else []
    return [Formatted(part) for part in _pieces(whole.body) if part.strip()]


def _pieces(rest: str) -> Iterator[str]:
    while rest:
        fits = len(rest.encode()[:MAX_TEXT_BYTES].decode(errors="ignore"))
        cut = len(rest) if fits >= len(rest) else _cut(rest, fits)
        yield rest[:cut]
        rest = rest[cut:]


def _cut(text: str, fits: int) -> int:
    """Return where to cut; best where the least is torn apart, and at least half of it fits."""
    for pattern in _CUTS:
        ends = [found.end() for found in pattern.finditer(text, fits // 2, fits)]
        if ends:
            return ends[-1]
    return fits
