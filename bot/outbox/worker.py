"""Claiming, performing and settling effects of one platform."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.domain.effects import Effect
from bot.errors import StorageUnavailable
from bot.lanes import Claims, rest
from bot.outbox.performing import Performer
from bot.ports.clock import Clock
from bot.ports.copies import Outcome
from bot.ports.store import Store

HANDS = 8
"""Effects performed at the same time on one platform, each of another lane."""
FAIR_EVERY = 10
"""Every tenth claim takes what has waited longest: the urgent leave a tenth to the rest."""

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
        async with self.store.write() as uow:
            doubtful = await uow.outbox.recover()
        if doubtful:
            log.warning(
                "outbox.recovered", platform=self.performer.bridge.platform, in_doubt=doubtful
            )

    async def drain(self) -> int:
        """Perform all that is due now, one after the other; return how many."""
        performed = 0
        while effects := await self._claim():
            for effect in effects:
                if not self._repeats_safely:
                    await self._begin([effect])
                outcome = await self.performer.perform(effect)
                async with self.store.write() as uow:
                    await uow.outbox.settle([outcome], self.clock.now())
                self._busy.discard(effect.lane)
                performed += 1
        return performed

    async def _work_forever(
        self, ready: asyncio.Queue[Effect], finished: asyncio.Queue[Outcome]
    ) -> None:
        while True:
            effect = await ready.get()
            try:
                if not self._repeats_safely:
                    await self._begin([effect])
                outcome = await self.performer.perform(effect)
            except StorageUnavailable as error:
                self._busy.discard(effect.lane)
                await rest(self.clock, error)
                continue
            await finished.put(outcome)

    async def _settle_forever(self, finished: asyncio.Queue[Outcome]) -> None:
        """Record outcomes, all that have come together in one transaction."""
        while True:
            outcomes = [await finished.get()]
            while not finished.empty():
                outcomes.append(finished.get_nowait())
            await self._settle(outcomes)
            self.results.update(outcome.result.value for outcome in outcomes)
            self._busy.difference_update(outcome.effect.lane for outcome in outcomes)
            self.wake.set()

    async def _settle(self, outcomes: Sequence[Outcome]) -> None:
        while True:
            try:
                async with self.store.write() as uow:
                    await uow.outbox.settle(outcomes, self.clock.now())
            except StorageUnavailable as error:
                # What was sent must be recorded, or it would be sent again.
                await rest(self.clock, error)
            else:
                return

    async def _claim(self) -> Sequence[Effect]:
        self._claims += 1
        async with self.store.read() as uow:
            effects = await uow.outbox.claim(
                self.performer.bridge.platform,
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
            return await uow.outbox.next_due(self.performer.bridge.platform)

    @property
    def _repeats_safely(self) -> bool:
        return self.performer.bridge.capabilities.repeats_safely
