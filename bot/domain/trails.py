"""By which rooms a line has come, so that bots which carry each other's lines come to an end."""

import hashlib
import re
from collections.abc import Sequence
from datetime import timedelta

from bot.domain.messages import RoomRef
from bot.domain.richtext import RichText

MAX_HOPS = 3
"""Rooms that a line may pass before it goes no further: a chain of bots needs more than one."""
REPEATS_WITHIN = timedelta(minutes=1)
MAX_REPEATS = 5
"""So often the same account may say the same within that time; a loop says it for ever."""
_BYLINE = re.compile(r"\A(?:[^\s:][^:\n]{0,63}: )+")


def room_tag(room: RoomRef) -> str:
    """Return what stands for a room in a trail: the same for every bot, and not its id."""
    return hashlib.blake2b(str(room).encode(), digest_size=6).hexdigest()


def goes_on(trail: Sequence[str], to: RoomRef) -> bool:
    """Whether a line that came by these rooms may go to another: to each once, and no further."""
    return len(trail) < MAX_HOPS and room_tag(to) not in trail


def without_bylines(text: RichText) -> str:
    """Return words without the names that bots have put before them, one more each round."""
    return _BYLINE.sub("", text.plain, count=1) or text.plain
