"""Calling the ticks, each at its pace."""

import asyncio
from collections.abc import Mapping

import structlog
from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import StorageUnavailable
from bot.ports.holdings import Pace
from bot.schedule.ticks import Ticks

EVERY_S = {Pace.SOON: 5, Pace.SELDOM: 3600}

log = structlog.get_logger("schedule")


class Timer:
    """A timer in this process; what is due stands in the database."""

    def __init__(
        self,
        ticks: Ticks,
        *,
        every_s: Mapping[Pace, float] = EVERY_S,
    ) -> None:
        self._ticks = ticks
        self._every_s = every_s

    async def run(self) -> None:
        """Tick at once, whenever the process was started last, and then until cancelled."""
        for pace in Pace:
            await self._tick(pace)
        due = {pace: asyncio.Event() for pace in Pace}
        scheduler = self._scheduler(due)
        scheduler.start()
        try:
            async with asyncio.TaskGroup() as tasks:
                for pace, event in due.items():
                    tasks.create_task(self._tick_when(event, pace))
        finally:
            scheduler.shutdown(wait=False)

    async def _tick_when(self, due: asyncio.Event, pace: Pace) -> None:
        while True:
            await due.wait()
            due.clear()
            await self._tick(pace)

    def _scheduler(self, due: Mapping[Pace, asyncio.Event]) -> AsyncIOScheduler:
        """Make what says when it is time.

        It does nothing else: what it runs itself nobody waits for, and it reports the end of the
        process as an error of what ran by then.
        """
        scheduler = AsyncIOScheduler(timezone="UTC", executors={"default": DebugExecutor()})
        for pace, event in due.items():
            scheduler.add_job(
                event.set,
                "interval",
                seconds=self._every_s[pace],
                coalesce=True,
                misfire_grace_time=None,
            )
        return scheduler

    async def _tick(self, pace: Pace) -> None:
        try:
            await self._ticks.round(pace)
        except StorageUnavailable as error:
            log.warning("schedule.postponed", what=pace.name, reason=str(error))
        except Exception as error:  # noqa: BLE001 - the next round comes all the same
            log.error("schedule.failed", what=pace.name, bug=error)  # noqa: TRY400
