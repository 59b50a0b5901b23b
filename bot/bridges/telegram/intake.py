"""Taking updates into safe keeping, however they come."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.bridges.telegram.lasting import Lasting
from bot.bridges.telegram.troubles import PLATFORM_TROUBLES, Troubles, trouble_of
from bot.bridges.telegram.updates import press_of, raw_update
from bot.bridges.troubles import troubles_update
from bot.domain.messages import Platform
from bot.domain.richtext_json import Json
from bot.errors import MalformedUpdate, StorageUnavailable
from bot.ports.bridge import Accept
from bot.ports.clock import Clock

STORAGE_PAUSE_S = 2.0
PRESSES_AT_MOST = 1000

log = structlog.get_logger("telegram")


@dataclass(kw_only=True)
class Intake:
    """Hands updates to the inbox, one after the other.

    Attributes:
        last_round_trip: When Telegram was last heard; None if it never was.
        presses: Ids of presses that are kept and wait for Telegram to be told so.
    """

    clock: Clock
    last_round_trip: datetime | None = None
    presses: asyncio.Queue[str] = field(
        default_factory=lambda: asyncio.Queue(maxsize=PRESSES_AT_MOST)
    )
    _troubles: Troubles = field(default_factory=Troubles)
    _lasting: Lasting = field(default_factory=Lasting)

    @property
    def may_be_over(self) -> bool:
        """Whether any answer would tell that what was wrong is over."""
        return self._troubles.may_be_over

    def heard(self) -> None:
        """Note that Telegram has brought something."""
        self.last_round_trip = self.clock.now()

    async def answered(self, accept: Accept) -> None:
        """Note that Telegram answers what it is asked."""
        self.heard()
        self._troubles.over()
        self._lasting.answered(self.clock.now())
        await self._tell_core(accept)

    async def failed(self, error: TelegramError, accept: Accept) -> None:
        """Tell what is wrong, once, and wait until it makes sense to ask again."""
        pause_s = self._troubles.pause_s(error)
        trouble = PLATFORM_TROUBLES.get(trouble_of(error))
        if trouble is not None:
            self._lasting.meet(trouble, self.clock.now())
        await self._tell_core(accept)
        await self.clock.sleep(pause_s)

    async def take(self, update: Json, accept: Accept) -> None:
        """Keep an update; what has not even a number is told and left, or it would come for ever.

        Raises:
            StorageUnavailable: It is not kept.
        """
        try:
            raw = raw_update(update)
        except MalformedUpdate as error:
            log.warning("telegram.update_without_number", reason=str(error))
            return
        await accept(raw)
        pressed = press_of(update)
        if pressed is not None and not self.presses.full():
            self.presses.put_nowait(pressed)

    async def take_surely(self, updates: Sequence[Json], accept: Accept) -> None:
        """Keep updates in their order, however long it takes until they can be kept."""
        for update in updates:
            while True:
                try:
                    await self.take(update, accept)
                    break
                except StorageUnavailable:
                    # The database says in the log itself what is wrong with it.
                    await self.clock.sleep(STORAGE_PAUSE_S)

    async def _tell_core(self, accept: Accept) -> None:
        news = self._lasting.news(self.clock.now())
        if news is None:
            return
        try:
            await accept(troubles_update(Platform.TELEGRAM, news))
        except StorageUnavailable:
            # It is still news when Telegram is asked the next time.
            return
        self._lasting.told = news

    async def answer_presses(self, bot: Bot) -> None:
        """Tell Telegram of each press that it was taken, so that the button stops to turn.

        Until cancelled. What is not told in time is of no use later, so nothing is tried twice.
        """
        while True:
            pressed = await self.presses.get()
            try:
                await bot.answer_callback_query(pressed)
            except TelegramError as error:
                log.info("telegram.press_not_answered", reason=type(error).__name__)
