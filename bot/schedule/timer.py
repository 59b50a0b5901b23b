"""Calling the ticks, each at its pace."""

import asyncio
from collections.abc import Callable

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import StorageUnavailable
from bot.ports.holdings import Pace
from bot.schedule.ticks import Ticks

EVERY_S = {Pace.SOON: 5, Pace.SELDOM: 3600}

log = structlog.get_logger("schedule")


class Timer:
    """A timer in this process; what is due stands in the database."""

    def __init__(self, ticks: Ticks, *, after: Callable[[], None]) -> None:
        self._ticks = ticks
        self._after = after

    async def run(self) -> None:
        """Tick at once, whenever the process was started last, and then until cancelled."""
        for pace in Pace:
            await self._tick(pace)
        scheduler = AsyncIOScheduler(timezone="UTC")
        for pace, every_s in EVERY_S.items():
            scheduler.add_job(
                self._tick,
                "interval",
                args=[pace],
                seconds=every_s,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )
        scheduler.start()
        try:
            await asyncio.Event().wait()
        finally:
            scheduler.shutdown(wait=False)

    async def _tick(self, pace: Pace) -> None:
        try:
            done = await self._ticks.round(pace)
        except StorageUnavailable as error:
            log.warning("schedule.postponed", what=pace.name, reason=str(error))
        except Exception as error:  # noqa: BLE001 - the next round comes all the same
            log.error("schedule.failed", what=pace.name, bug=error)  # noqa: TRY400
        else:
            if done:
                self._after()
