"""Handing out work lane by lane, and waiting well when there is none."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed(Generic[Job]):
    """What was found when looking for work.

    Attributes:
        jobs: What may be done now, at most one job of each lane.
        is_all: Whether nothing else can be done now.
        next_due: When another job comes due; None if what waits, waits only for its lane, or
            if there are jobs: when they end, somebody looks again.
    """

    jobs: Sequence[Job]
    is_all: bool
    next_due: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Claims(Generic[Job]):
    """Takes what is due from the database and hands it to whoever is free.

    Attributes:
        wake: Set when there may be new work.
    """

    clock: Clock
    claim: Callable[[], Awaitable[Claimed[Job]]]
    wake: asyncio.Event

    async def run(self, ready: asyncio.Queue[Job]) -> None:
        """Hand out jobs until cancelled."""
        while True:
            self.wake.clear()
            try:
                claimed = await self.claim()
            except StorageUnavailable as error:
                await rest(self.clock, error)
                continue
            for job in claimed.jobs:
                await ready.put(job)
            if claimed.is_all:
                await self.clock.wait(self.wake, at_most_s=self._seconds_until(claimed.next_due))

    def _seconds_until(self, due: datetime | None) -> float:
        if due is None:
            return POLL_S
        return min(POLL_S, max(0.01, (due - self.clock.now()).total_seconds()))


class Together(Generic[Job]):
    """Writes what comes while it writes in one go, so that many cost hardly more than one.

    Args:
        write: Writes some; returns those that it still could.
    """

    def __init__(self, write: Callable[[Sequence[Job]], Awaitable[Sequence[Job]]]) -> None:
        self._write = write
        self._turn = asyncio.Lock()
        self._next = _Batch[Job]()

    async def add(self, job: Job) -> bool:
        """Wait until a job is written; False if it no longer could be.

        Raises:
            StorageUnavailable: Nothing was written.
        """
        batch = self._next
        batch.jobs.append(job)
        async with self._turn:
            if batch.written is None:
                self._next = _Batch[Job]()
                batch.written = await self._write(batch.jobs)
            return any(job is written for written in batch.written)


@dataclass(slots=True)
class _Batch(Generic[Job]):
    jobs: list[Job] = field(default_factory=list)
    written: Sequence[Job] | None = None


async def rest(clock: Clock, error: StorageUnavailable) -> None:
    """Wait a little for the disk or the lock, and say so."""
    log.error(
        "storage.unavailable",
        reason=str(error),
        fix="free disk space, or end the process that holds the database",
    )
    await clock.sleep(STORAGE_PAUSE_S)
