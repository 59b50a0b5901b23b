"""Calling the ticks, each at its pace."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import StorageUnavailable
from bot.schedule.ticks import Ticks

SOON_S = 5
SELDOM_S = 3600

log = structlog.get_logger("schedule")


class Timer:
    """A timer in this process; what is due stands in the database."""

    def __init__(self, ticks: Ticks, *, after: Callable[[], None]) -> None:
        self._ticks = ticks
        self._after = after

    async def run(self) -> None:
        """Tick until cancelled."""
        scheduler = AsyncIOScheduler(timezone="UTC")
        for work, every_s in self._plan():
            scheduler.add_job(
                self._tick,
                "interval",
                args=[work],
                seconds=every_s,
                max_instances=1,
                coalesce=True,
            )
        scheduler.start()
        try:
            await asyncio.Event().wait()
        finally:
            scheduler.shutdown(wait=False)

    def _plan(self) -> tuple[tuple[Callable[[], Awaitable[int]], int], ...]:
        return (
            (self._ticks.expire_reports, SOON_S),
            (self._ticks.erase_unconsented, SOON_S),
            (self._ticks.wipe_delivered, SOON_S),
            (self._ticks.forget_leavers, SOON_S),
            (self._ticks.apply_retention, SELDOM_S),
        )

    async def _tick(self, work: Callable[[], Awaitable[int]]) -> None:
        try:
            done = await work()
        except StorageUnavailable as error:
            log.warning("schedule.postponed", reason=str(error))
            return
        if done:
            log.info("schedule.done", what=getattr(work, "__name__", ""), number=done)
            self._after()
