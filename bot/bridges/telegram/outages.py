"""Saying nothing to a service that is out of order until it answers a question.

What was said into an outage may have arrived, and such a message may be repeated once: that one
time is not for a service that is still out of order.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.bridges.telegram.errors import to_bridge_error
from bot.bridges.telegram.limits import Wish
from bot.errors import BridgeError, PlatformAway, UnknownOutcome
from bot.ports.clock import Clock

ASK_EVERY = timedelta(seconds=5)


@dataclass(kw_only=True)
class Outage:
    """Whether the service was out of order when it was last spoken to."""

    bot: ExtBot[Wish]
    clock: Clock
    _is_on: bool = False
    _asked_at: datetime | None = None
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    def note(self, failure: BridgeError) -> None:
        """Note how a call has failed; being told to wait is a sign of life."""
        is_told_to_wait = isinstance(failure, PlatformAway) and failure.retry_after_s is not None
        if isinstance(failure, PlatformAway | UnknownOutcome) and not is_told_to_wait:
            self._is_on = True

    async def require_over(self) -> None:
        """Let pass once the service answers what does no harm; one asks for all.

        Raises:
            PlatformAway: It does not, or did not a moment ago.
        """
        if not self._is_on:
            return
        async with self._asking:
            if self._is_on:
                await self._ask()

    async def _ask(self) -> None:
        now = self.clock.now()
        if self._asked_at is not None and timedelta(0) <= now - self._asked_at < ASK_EVERY:
            raise PlatformAway("the service is still out of order")
        self._asked_at = now
        try:
            await self.bot.get_me()
        except TelegramError as error:
            raise PlatformAway(f"out of order: {to_bridge_error(error)}") from error
        self._is_on, self._asked_at = False, None
