"""Staying below what Telegram puts up with.

Telegram tells no exact numbers: about 30 messages a second in all, one a second in a private chat
and 20 a minute in a group, edits and deletions counted. These are kept with a margin, so that a
refusal is news. Short waits are waited here; whoever would wait longer is sent back, to wait in
the outbox without keeping anybody else from going.

Source: Bots FAQ, "My bot is hitting limits"; Bot API, ResponseParameters.
"""

from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

import structlog
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.bridges.telegram.errors import seconds_to_wait
from bot.bridges.telegram.turns import Turns
from bot.bridges.telegram.windows import NOTHING, Delays, Pace, Pause, Slot, Window
from bot.errors import PlatformAway
from bot.ports.clock import Clock

_MOST_A_SECOND = 30
_SECOND = timedelta(seconds=1.002)
"""Hardly longer than a second: what is held up on its way counts from its arrival."""
_STEP = timedelta(seconds=1 / _MOST_A_SECOND)
_AT_ONCE = 4
"""Not thirty: a red card that comes after them would wait out the rest of the second."""

_GROUP_MOST, _GROUP_KEPT, _MINUTE = 19, 2, timedelta(seconds=61)
"""One below the limit, and of these the last two for what is urgent: a red report need not wait
until a minute of small talk is over."""
_PRIVATE_MOST, _PRIVATE_SPAN = 3, timedelta(seconds=3.1)
"""Three in three seconds: a card, a receipt and an answer come at once."""

PATIENCE = timedelta(seconds=0.25)
"""Whoever waits longer for a chat or for the end of a pause is sent back."""
PARTS_PATIENCE = timedelta(seconds=65)
"""What is begun is finished, or taken back, even if a group's minute has to pass first."""
_SEVERAL = 3
"""So many chats refused in a row, and it is the bot that talks too much."""
_CHATS_REMEMBERED = 5_000

_COUNTED = ("send", "edit", "delete", "copy", "forward", "stop", "pin", "unpin")
_FREE = frozenset({"sendChatAction", "deleteWebhook", "deleteMyCommands"})
_TRIES = 3

log = structlog.get_logger("telegram")
Json: TypeAlias = dict[str, object]
Answer: TypeAlias = bool | Json | list[Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a caller tells the limiter.

    Attributes:
        urgent: Goes before others.
        weight: How many messages this request makes.
        to_come: How many more will follow it at once, as parts of the same.
        is_next_part: Its first part stands there already, so it waits here rather than go back.
    """

    urgent: bool = False
    weight: int = 1
    to_come: int = 0
    is_next_part: bool = False

    @property
    def patience(self) -> timedelta:
        """How long it waits here."""
        return PARTS_PATIENCE if self.is_next_part else PATIENCE


@dataclass
class _Chat:
    window: Window
    kept: int
    pause: Pause = field(default_factory=Pause)

    def ready_in(self, now: datetime, wish: Wish) -> timedelta:
        count, kept = wish.weight + wish.to_come, 0 if wish.urgent else self.kept
        return max(self.window.ready_in(now, count=count, kept=kept), self.pause.ready_in(now))

    def is_idle(self, now: datetime) -> bool:
        return self.window.is_empty(now) and not self.pause.ready_in(now)


@dataclass
class Limiter(BaseRateLimiter[Wish]):
    """Lets requests go when Telegram will take them."""

    clock: Clock
    _all: Window = field(default_factory=lambda: Window(most=_MOST_A_SECOND, span=_SECOND))
    _pace: Pace = field(default_factory=lambda: Pace(interval=_STEP, burst=_AT_ONCE))
    _pause: Pause = field(default_factory=Pause)
    _delays: Delays = field(default_factory=Delays)
    _turns: Turns = field(default_factory=Turns)
    _chats: dict[str, _Chat] = field(default_factory=dict)
    _refused: deque[str] = field(default_factory=lambda: deque(maxlen=_SEVERAL))

    async def initialize(self) -> None:
        """Need nothing."""

    async def shutdown(self) -> None:
        """Hold nothing."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[object, object, Answer]],
        args: tuple[object, ...],
        kwargs: dict[str, object],
        endpoint: str,
        data: Json,
        rate_limit_args: Wish | None,
    ) -> Answer:
        """Make a request when its turn has come; what posts nothing goes at once.

        Raises:
            PlatformAway: Not now, and nothing was asked; `retry_after_s` says when.
        """
        if not endpoint.startswith(_COUNTED) or endpoint in _FREE:
            return await callback(*args, **kwargs)
        wish, chat = rate_limit_args or Wish(), str(data.get("chat_id", ""))
        for _ in range(_TRIES):
            slots = await self._go(chat, wish)
            number = self._delays.begin(self.clock.now(), slots)
            try:
                answer = await callback(*args, **kwargs)
            except RetryAfter as refusal:
                self._refuse(chat, timedelta(seconds=seconds_to_wait(refusal)))
                if not wish.is_next_part:
                    raise
            else:
                self._refused.clear()
                return answer
            finally:
                self._delays.end(number, self.clock.now())
        raise PlatformAway("flood control", retry_after_s=PARTS_PATIENCE.total_seconds())

    async def _go(self, name: str, wish: Wish) -> list[Slot]:
        chat = self._chat(name)
        await self._wait(lambda now: chat.ready_in(now, wish), wish)
        slots = [chat.window.take(self.clock.now()) for _ in range(wish.weight)]
        async with self._turns.turn(urgent=wish.urgent):
            await self._wait(self._pause.ready_in, wish)
            return slots + [await self._take_one() for _ in range(wish.weight)]

    async def _wait(self, ready_in: Callable[[datetime], timedelta], wish: Wish) -> None:
        while (wait := ready_in(self.clock.now())) > NOTHING:
            if wait > wish.patience:
                raise PlatformAway("not yet", retry_after_s=wait.total_seconds())
            await self.clock.sleep(wait.total_seconds())

    async def _take_one(self) -> Slot:
        while True:
            now = self.clock.now()
            self._delays.look(now)
            wait = max(self._all.ready_in(now), self._pace.ready_in(now))
            if wait <= NOTHING:
                self._pace.take(now)
                return self._all.take(now)
            await self.clock.sleep(wait.total_seconds())

    def _refuse(self, name: str, wait: timedelta) -> None:
        """Pause the chat alone, unless it is plainly not about the chat."""
        now = self.clock.now()
        self._chat(name).pause.begin(now, wait)
        self._refused.append(name)
        log.warning("telegram.flood", wait_s=wait.total_seconds())
        if not name or len(set(self._refused)) == _SEVERAL:
            self._pause.begin(now, wait)

    def _chat(self, name: str) -> _Chat:
        if name not in self._chats:
            if len(self._chats) >= _CHATS_REMEMBERED:
                self._forget_idle()
            self._chats[name] = _new_chat(name)
        return self._chats[name]

    def _forget_idle(self) -> None:
        now = self.clock.now()
        self._chats = {n: chat for n, chat in self._chats.items() if not chat.is_idle(now)}


def _new_chat(name: str) -> _Chat:
    if name.isdecimal():
        return _Chat(Window(most=_PRIVATE_MOST, span=_PRIVATE_SPAN), kept=0)
    return _Chat(Window(most=_GROUP_MOST, span=_MINUTE), kept=_GROUP_KEPT)
