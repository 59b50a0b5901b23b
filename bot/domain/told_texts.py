"""Letting pass a text that tells something and is not too long for whoever is to read it."""

from bot.domain.cleaning import has_words
from bot.domain.richtext import RichText
from bot.errors import Unacceptable


def require_text(text: RichText, *, most_chars: int, too_long: str, needs_words: str) -> RichText:
    """Let pass a text with words that fits.

    Args:
        text: What was written.
        most_chars: How long it may be.
        too_long: Id of the answer to a longer one; it tells `length` and `most`.
        needs_words: Id of the answer to one without a letter or a digit.

    Raises:
        Unacceptable: It is too long, or holds no word.
    """
    length = len(text.plain)
    if length > most_chars:
        raise Unacceptable(too_long, length=length, most=most_chars)
    if not has_words(text.plain):
        raise Unacceptable(needs_words)
    return text
