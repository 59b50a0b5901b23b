"""Codes of official posts as they stand in what people pass on, and whether the words fit."""

import re
from collections.abc import Sequence

from bot.domain.copied_cards import NAMED_CODE, bears_badge, is_copied_card
from bot.domain.official_posts import PostCode, read_code
from bot.domain.reserved_names import imitates_authority

_WAY_OUT = re.compile(r"(?:https?://|www\.)\S+|\+?\d(?:[ -]?\d){4,}|\S+@\S+\.\w+", re.IGNORECASE)
"""A link, a number or an address: what a swindler adds to a true text."""
_LINES_READ = 40
_MARKS = str.maketrans("", "", "│\u2800")


def codes_in(text: str) -> Sequence[PostCode]:
    """Return the codes that stand in a text as cards show them, each once."""
    found = [code for name in NAMED_CODE.findall(text) if (code := read_code(name))]
    return list(dict.fromkeys(found))


def says(passed_on: str, written: str) -> bool:
    """Whether what was passed on holds all that was written, however its lines are broken."""
    return _on_one_line(written) in _on_one_line(passed_on)


def adds_ways_out(passed_on: str, written: Sequence[str]) -> bool:
    """Whether what was passed on holds a link, a number or an address that nobody wrote there."""
    known = " ".join(_on_one_line(text) for text in written)
    return any(found[0] not in known for found in _WAY_OUT.finditer(_on_one_line(passed_on)))


def speaks_as_authority(text: str) -> bool:
    """Whether a line of a text could be taken for an authority's."""
    return any(imitates_authority(line) for line in text.splitlines()[:_LINES_READ])


def is_copied(text: str) -> bool:
    """Whether a text has the bot's own signs, so that somebody has taken it from somewhere."""
    return is_copied_card(text) or bool(codes_in(text)) or bears_badge(text)


def _on_one_line(text: str) -> str:
    return " ".join(text.translate(_MARKS).split()).casefold()
