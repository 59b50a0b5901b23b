"""Handing out work lane by lane, and waiting well when there is none."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

import structlog

from bot.errors import StorageUnavailable
from bot.ports.clock import Clock

POLL_S = 1.0
"""How long work that another process has stored may go unnoticed."""
STORAGE_PAUSE_S = 2.0

Job = TypeVar("Job")
log = structlog.get_logger("storage")


@dataclass(frozen=True, kw_only=True)
class Claims(Generic[Job]):
    """Takes what is due from the database and hands it to whoever is free.

    Attributes:
        claim: Returns what may be done now, at most one job of each lane.
        next_due: Returns when the next job comes due; None if what waits is due already, and
            only waits for its lane.
        wake: Set when there may be new work.
    """

    clock: Clock
    claim: Callable[[], Awaitable[Sequence[Job]]]
    next_due: Callable[[], Awaitable[datetime | None]]
    wake: asyncio.Event

    async def run(self, ready: asyncio.Queue[Job]) -> None:
        """Hand out jobs until cancelled."""
        while True:
            self.wake.clear()
            try:
                jobs = await self.claim()
                pause_s = None if jobs else await self._seconds_until_due()
            except StorageUnavailable as error:
                await rest(self.clock, error)
                continue
            for job in jobs:
                await ready.put(job)
            if pause_s is not None:
                await self.clock.wait(self.wake, at_most_s=pause_s)

    async def _seconds_until_due(self) -> float:
        due = await self.next_due()
        if due is None:
            return POLL_S
        return min(POLL_S, max(0.01, (due - self.clock.now()).total_seconds()))


async def rest(clock: Clock, error: StorageUnavailable) -> None:
    """Wait a little for the disk or the lock, and say so."""
    log.error(
        "storage.unavailable",
        reason=str(error),
        fix="free disk space, or end the process that holds the database",
    )
    await clock.sleep(STORAGE_PAUSE_S)
