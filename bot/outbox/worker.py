"""Claiming, performing and settling effects of one platform."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot.domain.effects import Effect
from bot.domain.messages import Platform
from bot.errors import StorageUnavailable
from bot.lanes import STORAGE_PAUSE_S, Claims, rest
from bot.outbox.performing import Performer
from bot.ports.clock import Clock
from bot.ports.copies import Outcome, Result
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

    async def run(self) -> None:
        """Perform effects as they come due, until cancelled."""
        await self.recover()
        ready: asyncio.Queue[Effect] = asyncio.Queue(maxsize=HANDS)
        claims = Claims(
            clock=self.clock, claim=self._claim, next_due=self._next_due, wake=self.wake
        )
        finished: asyncio.Queue[Outcome] = asyncio.Queue()
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
        while effects := await self._claim():
            for effect in effects:
                await self._settle([await self._try(effect)])
                performed += 1
        return performed

    async def _work_forever(
        self, ready: asyncio.Queue[Effect], finished: asyncio.Queue[Outcome]
    ) -> None:
        while True:
            await finished.put(await self._try(await ready.get()))

    async def _try(self, effect: Effect) -> Outcome:
        """Perform an effect; where the disk prevents it, nothing was sent and it is put off."""
        try:
            if not self._repeats_safely:
                await self._begin([effect])
            return await self.performer.perform(effect)
        except StorageUnavailable as error:
            return Outcome(
                effect=effect,
                result=Result.POSTPONED,
                retry_at=self.clock.now() + timedelta(seconds=STORAGE_PAUSE_S),
                reason=str(error),
            )

    async def _settle_forever(self, finished: asyncio.Queue[Outcome]) -> None:
        """Record outcomes, all that have come together in one transaction."""
        while True:
            outcomes = [await finished.get()]
            while not finished.empty():
                outcomes.append(finished.get_nowait())
            await self._settle(outcomes)
            self.wake.set()

    async def _settle(self, outcomes: Sequence[Outcome]) -> None:
        # What was sent must be recorded, or it would be sent again.
        await self._surely(lambda uow: uow.outbox.settle(outcomes, self.clock.now()))
        self.results.update(outcome.result.value for outcome in outcomes)
        self._busy.difference_update(outcome.effect.lane for outcome in outcomes)

    async def _surely(self, change: Callable[[UnitOfWork], Awaitable[Changed]]) -> Changed:
        """Write something, however long it takes until it can be written."""
        while True:
            try:
                async with self.store.write() as uow:
                    return await change(uow)
            except StorageUnavailable as error:
                await rest(self.clock, error)

    async def _claim(self) -> Sequence[Effect]:
        self._claims += 1
        async with self.store.read() as uow:
            effects = await uow.outbox.claim(
                self._platform,
                self.clock.now(),
                limit=HANDS,
                busy=self._busy,
                oldest_first=self._claims % FAIR_EVERY == 0,
            )
        if self._repeats_safely:
            # All that is claimed may be tried again, so one note of it serves them all.
            await self._begin(effects)
        self._busy.update(effect.lane for effect in effects)
        return effects

    async def _begin(self, effects: Sequence[Effect]) -> None:
        """Note that sends begin, before anything of them can reach the platform."""
        sends = [effect for effect in effects if effect.is_send]
        if sends:
            async with self.store.write() as uow:
                await uow.outbox.start(sends)

    async def _next_due(self) -> datetime | None:
        async with self.store.read() as uow:
            return await uow.outbox.next_due(self._platform)

    @property
    def _platform(self) -> Platform:
        return self.performer.bridge.platform

    @property
    def _repeats_safely(self) -> bool:
        return self.performer.bridge.capabilities.repeats_safely
