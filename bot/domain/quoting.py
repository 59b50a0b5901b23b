"""Quoting the beginning of what somebody answers."""

from bot.domain.cleaning import clean_text
from bot.domain.incoming import Quoted
from bot.domain.richtext import rich

QUOTE_CHARS = 80


def quote_of(text: str, *, is_chosen: bool) -> Quoted | None:
    """Return a line's beginning as a quote, None if it has no words.

    Args:
        text: What is answered.
        is_chosen: The author picked these words.
    """
    words = " ".join(clean_text(rich(text)).plain.split())
    if len(words) > QUOTE_CHARS:
        words = words[: QUOTE_CHARS - 1].rstrip() + "…"
    return Quoted(text=words, is_chosen=is_chosen) if words else None
