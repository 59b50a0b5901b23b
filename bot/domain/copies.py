"""Copies: every message that the bot places with somebody, and what it shows.

A copy shows a subject: a report, a notice, a relayed message, something said. What it shows is
written when its turn comes, from what is stored then, so a card that waited is never stale and
the queue holds nobody's words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.groups import GroupId
from bot.domain.messages import MessageRef, Platform, Recipient, RoomRef
from bot.domain.people import PersonId

CopyId = NewType("CopyId", int)


class SubjectKind(StrEnum):
    """What a copy can show."""

    REPORT = "report"
    NOTICE = "notice"
    RELAY = "relay"
    NOTE = "note"
    BURST = "burst"
    POLL = "poll"
    DIGEST = "digest"
    OFFICIAL_ANSWER = "official_answer"
    TIP = "tip"
    TIP_LINE = "tip_line"


IN_DIGESTS = frozenset({SubjectKind.REPORT, SubjectKind.NOTICE})
"""What a digest can tell of."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that copies show."""

    kind: SubjectKind
    id: str


@dataclass(frozen=True, slots=True)
class PersonRef:
    """Somebody to be reached in private, on whatever platform the person uses."""

    person: PersonId


Place = RoomRef | PersonRef


class CopyState(StrEnum):
    """Where a copy is in its life; LEFT_BEHIND stands in a room that goes on under another id.

    Of a STONE only a word that it is gone is left: the platform did not let it be removed.
    """

    WAITING = "waiting"
    SHOWN = "shown"
    LEFT_BEHIND = "left_behind"
    REMOVED = "removed"
    STONE = "stone"
    FAILED = "failed"


class Pin(StrEnum):
    """How a copy hangs in its room.

    Where REFUSED the bot may not hang it up or take it down, and asks no more until it may.
    """

    LOOSE = "loose"
    PINNED = "pinned"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """When somebody who reads in private wants to hear no sound.

    Attributes:
        quiet_from: Begin of the quiet time that lasts or comes next, with its end.
        paused_until: Until then there is no sound at all.
        red_breaks_quiet: Whether red sounds in a quiet time.
    """

    quiet_from: datetime | None = None
    quiet_until: datetime | None = None
    paused_until: datetime | None = None
    red_breaks_quiet: bool = True

    def hushes(self, now: datetime, *, is_red: bool) -> bool:
        """Whether what comes now makes no sound."""
        if self.paused_until is not None and now < self.paused_until:
            return True
        if self.quiet_from is None or self.quiet_until is None:
            return False
        may_sound = is_red and self.red_breaks_quiet
        return self.quiet_from <= now < self.quiet_until and not may_sound


@dataclass(frozen=True, slots=True)
class Received:
    """That something of the bot's has gone to somebody in private, and when."""

    subject: Subject
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One message of the bot's.

    Attributes:
        parts: The platform's messages that make it up; empty until it was sent.
        fingerprint: Digest of what it shows now.
        token: What its buttons carry; nobody can guess it.
        to: Where it goes; None if whoever should read it is gone.
        person: Who reads it in private; None in a room.
        room: Where its messages stand; None for a private chat that was never written in.
        group: Whose room that is; None in private, at a desk, and once the room has left it.
        language: The reader's, or the room's; None if nobody has said.
        answers: A message in the same room to which it replies.
        pin: Whether it hangs at the top of its room; of several parts the first does.
        rest: When its reader wants to hear no sound; None if always some may be heard.
    """

    id: CopyId
    subject: Subject
    platform: Platform
    state: CopyState
    token: str
    to: Recipient | None
    person: PersonId | None
    room: RoomRef | None = None
    group: GroupId | None = None
    language: str | None = None
    parts: tuple[MessageRef, ...] = ()
    fingerprint: str | None = None
    answers: MessageRef | None = None
    pin: Pin = Pin.LOOSE
    rest: Rest | None = None

    def pin_with(self, parts: Sequence[MessageRef]) -> Pin:
        """Return how it hangs once it is made up of these: a new message hangs nowhere."""
        has_moved = tuple(parts[:1]) != self.parts[:1]
        return Pin.LOOSE if has_moved and self.pin is Pin.PINNED else self.pin
