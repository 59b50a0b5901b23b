"""Claiming, performing and settling effects of one platform."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

import structlog

from bot.domain.messages import Platform
from bot.errors import StorageUnavailable
from bot.lanes import STORAGE_PAUSE_S, Claimed, Claims, Together, rest
from bot.outbox.learning import Voice, learn
from bot.outbox.performing import Performer
from bot.outbox.reach import Reach
from bot.outbox.writing import Task
from bot.ports.clock import Clock
from bot.ports.outbox import Outcome, Result
from bot.ports.store import Store, UnitOfWork

HANDS = 8
"""Effects performed at the same time on one platform, each of another lane."""
FAIR_EVERY = 10
"""Every tenth claim takes what has waited longest: the urgent leave a tenth to the rest."""

Changed = TypeVar("Changed")
log = structlog.get_logger("outbox")


@dataclass(kw_only=True)
class Outbox:
    """The effects of one platform, on their way out.

    One process at a time may run it for a platform: what is being performed is known here and
    not in the database.
    """

    store: Store
    clock: Clock
    performer: Performer
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    results: Counter[str] = field(default_factory=Counter)
    _busy: set[str] = field(default_factory=set)
    _claims: int = 0
    _voice: Voice = field(default_factory=Voice)
    _reach: Reach = field(default_factory=lambda: Reach(HANDS))
    _beginning: Together[Task] = field(init=False)

    def __post_init__(self) -> None:
        """Sends that begin while others are being noted are noted together."""
        self._beginning = Together(self._begin)

    async def run(self) -> None:
        """Perform effects as they come due, until cancelled."""
        await self.recover()
        # Hardly anything waits here: what is claimed can't be overtaken by a red card any more.
        ready: asyncio.Queue[Task] = asyncio.Queue(maxsize=1)
        claims = Claims(clock=self.clock, claim=self._claim, wake=self.wake)
        finished: asyncio.Queue[Outcome | Task] = asyncio.Queue()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(claims.run(ready))
            tasks.create_task(self._settle_forever(finished))
            for _ in range(HANDS):
                tasks.create_task(self._work_forever(ready, finished))

    async def recover(self) -> None:
        """Put back what a crash has left begun."""
        doubtful = await self._surely(lambda uow: uow.outbox.recover(self._platform))
        if doubtful:
            log.warning("outbox.recovered", platform=self._platform, in_doubt=doubtful)

    async def drain(self) -> int:
        """Perform all that is due now, one after the other; return how many."""
        performed = 0
        while tasks := (await self._claim()).jobs:
            for task in tasks:
                await self._settle([await self._try(task)])
                performed += 1
        return performed

    async def _work_forever(
        self, ready: asyncio.Queue[Task], finished: asyncio.Queue[Outcome | Task]
    ) -> None:
        while True:
            task = await ready.get()
            with self._reach.timed():
                outcome = await self._try(task)
            await finished.put(outcome)

    async def _try(self, task: Task) -> Outcome | Task:
        """Perform an effect; return the task itself if it is no longer what is wanted.

        Where the disk prevents it, nothing was sent and it is put off.
        """
        try:
            if await self._is_wanted(task):
                return await self.performer.perform(task)
        except StorageUnavailable as error:
            return Outcome(
                effect=task.effect,
                result=Result.POSTPONED,
                retry_at=self.clock.now() + timedelta(seconds=STORAGE_PAUSE_S),
                reason=str(error),
                is_counted=False,
            )
        return task

    async def _is_wanted(self, task: Task) -> bool:
        """Note that an attempt begins, where that was not done with the claim."""
        if self._repeats_safely or not task.effect.leaves_doubt:
            return True
        return await self._beginning.add(task)

    async def _settle_forever(self, finished: asyncio.Queue[Outcome | Task]) -> None:
        """Record outcomes, all that have come together in one transaction."""
        while True:
            together = [await finished.get()]
            while not finished.empty():
                together.append(finished.get_nowait())
            await self._settle(together)
            self.wake.set()

    async def _settle(self, finished: Sequence[Outcome | Task]) -> None:
        outcomes = [one for one in finished if isinstance(one, Outcome)]
        # What was sent must be recorded, or it would be sent again.
        await self._surely(lambda uow: self._record(outcomes, uow))
        self._voice.note(outcomes)
        self.results.update(outcome.result.value for outcome in outcomes)
        self._busy.difference_update(one.effect.lane for one in finished)

    async def _record(self, outcomes: Sequence[Outcome], uow: UnitOfWork) -> None:
        await uow.outbox.settle(outcomes, self.clock.now())
        await learn(outcomes, self._voice, uow=uow, now=self.clock.now())

    async def _surely(self, change: Callable[[UnitOfWork], Awaitable[Changed]]) -> Changed:
        """Write something, however long it takes until it can be written."""
        while True:
            try:
                async with self.store.write() as uow:
                    return await change(uow)
            except StorageUnavailable as error:
                await rest(self.clock, error)

    async def _claim(self) -> Claimed[Task]:
        self._claims += 1
        limit = self._reach.ahead
        async with self.store.read() as uow:
            effects = await uow.outbox.claim(
                self._platform,
                self.clock.now(),
                limit=limit,
                busy=self._busy,
                oldest_first=self._claims % FAIR_EVERY == 0,
            )
            tasks = await self.performer.writer.write(effects, uow)
            is_all = len(effects) < limit
            due = None if effects else await uow.outbox.next_due(self._platform)
        if self._repeats_safely:
            # All that is claimed may be tried again, so one note of it serves them all.
            tasks = await self._begin(tasks)
        self._busy.update(task.effect.lane for task in tasks)
        is_all = is_all and len(tasks) == len(effects)
        return Claimed(jobs=tasks, is_all=is_all, next_due=due)

    async def _begin(self, tasks: Sequence[Task]) -> Sequence[Task]:
        """Note that attempts begin, before anything of them can reach the platform.

        Returns:
            The tasks that are still wanted as they were written.
        """
        noted = [task.effect for task in tasks if task.effect.leaves_doubt]
        if not noted:
            return tasks
        async with self.store.write() as uow:
            begun = await uow.outbox.start(noted)
        return [task for task in tasks if not task.effect.leaves_doubt or task.effect.id in begun]

    @property
    def _platform(self) -> Platform:
        return self.performer.bridge.platform

    @property
    def _repeats_safely(self) -> bool:
        return self.performer.bridge.capabilities.repeats_safely
