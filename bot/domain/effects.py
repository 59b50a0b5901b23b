"""What the bot does to the outside world, as data. Only the outbox performs it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import NewType

from bot.domain.copies import Copy
from bot.domain.messages import MessageRef, Platform
from bot.domain.reports import Priority

EffectId = NewType("EffectId", int)


AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""When something is due that has nothing to wait for, also when the clock is set back."""


class Verb(StrEnum):
    """What is done.

    PIN hangs a copy up or takes it down, as what it shows wants it by then. ECHO sets on
    somebody's line what others feel about it by then. ADMIT and REJECT answer whoever asks to be
    let into a room, as the note tells that the copy shows.
    """

    SHOW = "show"
    PIN = "pin"
    REMOVE = "remove"
    REDACT = "redact"
    ECHO = "echo"
    ADMIT = "admit"
    REJECT = "reject"


ON_ENTRIES = frozenset({Verb.ADMIT, Verb.REJECT})


class Urgency(IntEnum):
    """What goes first between lanes; red also within its lane."""

    LATER = 0
    GREEN = 10
    YELLOW = 20
    TALK = 30
    ANSWER = 40
    RED = 50


PRIVATE_LAG = 1
"""Within one urgency rooms come before private chats: a room reaches many at once.

Urgencies are ten apart, so what is stored of a private copy still tells which it was.
"""


def stored_as(level: int) -> Urgency:
    """Return the urgency that is stored as a level."""
    return Urgency(-(-level // 10) * 10)


class EffectState(StrEnum):
    """Where a stored effect is."""

    QUEUED = "queued"
    STARTED = "started"
    GIVEN_UP = "given_up"


class OnDoubt(StrEnum):
    """What to do when it is not known whether a message was delivered."""

    REPEAT = "repeat"
    REPEAT_ONCE = "repeat_once"
    GIVE_UP = "give_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One stored effect, waiting to be performed.

    Attributes:
        lane: Effects of one lane are performed in the order they were stored.
        copy: What is shown or removed; None for somebody else's message.
        target: A message of somebody else's to redact or to react to; None otherwise.
        attempts: How many times it was refused for the time being; refusals that would have met
            anything else as well are one together.
        doubts: How many attempts ended without anybody knowing how, crashes among them.
        version: Rises when what is to be shown changes while this waits.
    """

    id: EffectId
    verb: Verb
    platform: Platform
    lane: str
    urgency: Urgency
    copy: Copy | None = None
    target: MessageRef | None = None
    on_doubt: OnDoubt = OnDoubt.REPEAT
    attempts: int = 0
    doubts: int = 0
    version: int = 0

    @property
    def key(self) -> str:
        """Idempotency key: the same copy is sent under the same key, however often it is tried."""
        return f"copy-{self.copy.id}" if self.copy else f"effect-{self.id}"

    @property
    def is_send(self) -> bool:
        """Whether performing it makes a new message: the only thing that must not be doubled."""
        return self.verb is Verb.SHOW and self.copy is not None and not self.copy.parts

    @property
    def leaves_doubt(self) -> bool:
        """Whether what was noted may be wrong after a crash: so its beginning is noted, too."""
        return self.is_send or self.verb is Verb.PIN


def urgency_of(priority: Priority) -> Urgency:
    """Return how urgent a card of this priority is."""
    return {
        Priority.RED: Urgency.RED,
        Priority.YELLOW: Urgency.YELLOW,
        Priority.GREEN: Urgency.GREEN,
    }[priority]


MAX_BACKOFF = timedelta(minutes=5)
MAX_ATTEMPTS = 40
"""About three hours of refusals of this effect; then a person has to look."""
MAX_BUGS = 5
"""How many errors of the bot's own; the next is no more likely to go well."""


AWAY_PAUSE = timedelta(seconds=20)
"""Hardly a burden for whoever is out of order, and soon enough when it is over."""


def away_pause(attempts: int, *, jitter: float) -> timedelta:
    """Return how long to wait for a platform that is away: first a moment, then always as long."""
    if not attempts:
        return backoff(0, jitter=jitter)
    return AWAY_PAUSE * (0.5 + jitter / 2)


def backoff(attempts: int, *, jitter: float) -> timedelta:
    """Return how long to wait before the next attempt.

    Args:
        attempts: How many there were.
        jitter: Between 0 and 1; spreads those who failed together.
    """
    longest = min(2.0 ** min(attempts, 16), MAX_BACKOFF.total_seconds())
    return timedelta(seconds=longest * (0.5 + jitter / 2))
