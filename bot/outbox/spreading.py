"""Alerting the many whom something concerns, a page of them in each transaction."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

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
        spread: Set after each page, for those who perform effects.
    """

    store: Store
    clock: Clock
    spread: Sequence[asyncio.Event] = ()
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Go on as long as anything is under way, until cancelled."""
        while True:
            self.wake.clear()
            try:
                goes_on = await self._go_on()
            except StorageUnavailable as error:
                await rest(self.clock, error)
            except Exception as bug:  # noqa: BLE001 - one bad row must not end the whole bot
                log.error("spreading.bug", bug=bug)  # noqa: TRY400 - a traceback may quote people
                await self.clock.sleep(AFTER_A_BUG_S)
            else:
                if not goes_on:
                    await self.clock.wait(self.wake, at_most_s=POLL_S)

    async def drain(self) -> int:
        """Alert all who are still to be; return how many pages they were."""
        pages = 0
        while await self._go_on():
            pages += 1
        return pages

    async def _go_on(self) -> bool:
        async with self.store.read() as uow:
            if not await uow.copies.under_way():
                return False
        async with self.store.write() as uow:
            goes_on = await uow.copies.go_on()
        for event in self.spread:
            event.set()
        return goes_on
