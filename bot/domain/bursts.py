"""Lines that come faster than a room can take them, shown as one message."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NewType

from bot.domain.copies import Subject, SubjectKind
from bot.domain.groups import GroupId
from bot.domain.messages import RoomRef
from bot.domain.relays import Relay

BurstId = NewType("BurstId", str)

MAX_LINES = 200
"""A burst of more becomes two."""
WHOLE_LINES = 3
"""The last ones, by which a reader sees where the talk is now."""
NAMED = 2
KEPT_FOR = timedelta(hours=24)
"""How long all of it can be read; then its words are forgotten as those that have arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """Lines for one room, in the order they were said.

    Attributes:
        lines: Ids of the relays.
        kept_until: So long their words are kept.
    """

    id: BurstId
    room: RoomRef
    group: GroupId
    lines: tuple[str, ...] = ()
    kept_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """What waits to be shown in a room.

    Attributes:
        lines: Carried lines that wait one by one.
        last: The burst that is the last of all that waits there; None if something else is.
    """

    lines: int
    last: Burst | None


def burst_subject(burst: BurstId) -> Subject:
    """Return what the message shows in which lines stand together."""
    return Subject(SubjectKind.BURST, burst)


def may_join(relay: Relay) -> bool:
    """Whether a line can stand among others: files stand by themselves."""
    return not relay.media and relay.extra is None


def must_join(relay: Relay, crowd: Crowd, *, after_lines: int) -> bool:
    """Whether a line stands among others because too many wait before it."""
    return may_join(relay) and (crowd.last is not None or crowd.lines >= after_lines)
