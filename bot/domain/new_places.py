"""Where a report shall be put, as people write it after its number: `plats: hela Botkyrka`."""

import re
from dataclasses import dataclass

from bot.domain.subscribe_answers import HERE

MOST_WORDS = 4
"""Longer ones are rather news that begin with the word: `plats för ambulansen behövs vid 12`."""
_PLACE = re.compile(
    r"(?:(?:ny|nytt|new)\s+)?(?:platsen|plats|place|området|område|area)\b\s*[:=]?\s*"
    r"(?:(?:är|is|till|to)\s+)?(?P<name>.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlace:
    """What was said.

    Attributes:
        name: Of an area; empty if none was named.
        is_here: Where the sender is.
    """

    name: str = ""
    is_here: bool = False


def read_new_place(text: str) -> NewPlace | None:
    """Read `place fittja`, `plats: här` or `område` alone; None if it speaks of something else."""
    found = _PLACE.fullmatch(text.strip())
    if found is None or len(found["name"].split()) > MOST_WORDS:
        return None
    name = found["name"].strip(" .!?")
    return NewPlace(is_here=True) if name.casefold() in HERE else NewPlace(name=name)
