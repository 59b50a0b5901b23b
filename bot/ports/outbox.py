"""Effects on their way out, as whoever performs them sees them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.copies import Pin
from bot.domain.effects import Effect, EffectId
from bot.domain.messages import MessageRef, Platform
from bot.errors import BridgeError


class Result(StrEnum):
    """How an attempt to perform an effect ended."""

    DONE = "done"
    POSTPONED = "postponed"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one attempt.

    Attributes:
        parts: Where the message stands now; None if it was not touched.
        retry_at: When to try again, for a postponed one.
        reason: Why, for a postponed or given-up one; holds nobody's words.
        in_doubt: The platform may have delivered it all the same.
        is_counted: A postponed one was refused for itself; else any other would have been, too.
        is_spoken: New words without a file stand in the room, so the bot may write there.
        failure: What the platform has said, if that tells of a room or a reader.
        needs_pin: What it shows wants it to hang otherwise than it does; that is another effect.
        pin: How it hangs now; None if that was not touched.
    """

    effect: Effect
    result: Result
    parts: tuple[MessageRef, ...] | None = None
    fingerprint: str | None = None
    retry_at: datetime | None = None
    reason: str = ""
    in_doubt: bool = False
    is_counted: bool = True
    is_spoken: bool = False
    failure: BridgeError | None = None
    needs_pin: bool = False
    pin: Pin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """How much waits on a platform.

    Attributes:
        oldest: When the longest waiting effect was stored; None if nothing waits.
    """

    waiting: int
    given_up: int
    oldest: datetime | None


class Outbox(Protocol):
    """Effects waiting to be performed; for the worker alone."""

    async def claim(
        self,
        platform: Platform,
        now: datetime,
        *,
        limit: int,
        busy: Collection[str],
        oldest_first: bool = False,
    ) -> Sequence[Effect]:
        """Return what may be performed now, at most one of each lane, most urgent first.

        Args:
            platform: Where.
            now: Present time.
            limit: How many at most.
            busy: Lanes to leave alone.
            oldest_first: What has waited longest instead, so that a flood of the urgent does not
                keep the rest waiting for ever.
        """
        ...

    async def start(self, effects: Sequence[Effect]) -> Collection[EffectId]:
        """Note that attempts begin; return which: the others were changed since the claim."""
        ...

    async def settle(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        """Note how attempts ended."""
        ...

    async def next_due(self, platform: Platform) -> datetime | None:
        """Return when the next effect comes due, None if all that waits is due already."""
        ...

    async def due_since(self, platform: Platform) -> datetime | None:
        """Return since when the oldest effect could have been performed; None if none is due."""
        ...

    async def depth(self, platform: Platform) -> Depth:
        """Count what waits."""
        ...

    async def recover(self, platform: Platform) -> int:
        """After a crash: put back what was begun, its outcome unknown; return how many."""
        ...
