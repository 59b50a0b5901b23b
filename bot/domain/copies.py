"""Copies: every message that the bot places with somebody, and what it shows.

A copy shows a subject: a report, a notice, a relayed message, something said. What it shows is
written when its turn comes, from what is stored then, so a card that waited is never stale and
the queue holds nobody's words.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from bot.domain.messages import MessageRef, Platform, Recipient, RoomRef
from bot.domain.people import PersonId

CopyId = NewType("CopyId", int)


class SubjectKind(StrEnum):
    """What a copy can show."""

    REPORT = "report"
    NOTICE = "notice"
    RELAY = "relay"
    NOTE = "note"


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
    """Where a copy is in its life; LEFT_BEHIND stands in a room that goes on under another id."""

    WAITING = "waiting"
    SHOWN = "shown"
    LEFT_BEHIND = "left_behind"
    REMOVED = "removed"
    FAILED = "failed"


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
        language: The reader's, or the room's; None if nobody has said.
        answers: A message in the same room to which it replies.
    """

    id: CopyId
    subject: Subject
    platform: Platform
    state: CopyState
    token: str
    to: Recipient | None
    person: PersonId | None
    room: RoomRef | None = None
    language: str | None = None
    parts: tuple[MessageRef, ...] = ()
    fingerprint: str | None = None
    answers: MessageRef | None = None
