"""Alerting the many whom something concerns, and telling them of changes: page by page."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.errors import StorageUnavailable
from bot.lanes import POLL_S, rest
from bot.ports.clock import Clock
from bot.ports.store import Store

AFTER_A_BUG_S = 30.0

log = structlog.get_logger("spreading")


@dataclass(kw_only=True)
class Spreading:
    """What goes to more people than one transaction shall hold, on its way into their lanes.

    Others write between two pages. How far it has come is committed with each, so that a kill
    loses nobody and nobody is alerted twice.

    Attributes:
        wake: Set when there may be more to do.
    """

    store: Store
    clock: Clock
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Go on as long as anything is under way, until cancelled."""
        while True:
            self.wake.clear()
            try:
                due = await self._look()
            except StorageUnavailable as error:
                await rest(self.clock, error)
            except Exception as bug:  # noqa: BLE001 - one bad row must not end the whole bot
                log.error("spreading.bug", bug=bug)  # noqa: TRY400 - a traceback may quote people
                await self.clock.sleep(AFTER_A_BUG_S)
            else:
                if due is None or due > self.clock.now():
                    await self.clock.wait(self.wake, at_most_s=self._seconds_until(due))

    async def drain(self) -> int:
        """Take all pages that are due; return how many they were."""
        pages = 0
        while (due := await self._look()) is not None and due <= self.clock.now():
            pages += 1
        return pages

    async def _look(self) -> datetime | None:
        """Take the next page if one is due; return when it was, or will be."""
        async with self.store.read() as uow:
            due = await uow.copies.next_page_due()
        if due is not None and due <= self.clock.now():
            async with self.store.write() as uow:
                await uow.copies.go_on()
        return due

    def _seconds_until(self, due: datetime | None) -> float:
        if due is None:
            return POLL_S
        return min(POLL_S, max(0.01, (due - self.clock.now()).total_seconds()))
