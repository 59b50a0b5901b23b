"""Taking updates into safe keeping, and handling them lane by lane."""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import structlog

from bot.dispatch.dispatcher import Dispatcher
from bot.domain.effects import backoff
from bot.domain.incoming import RawUpdate
from bot.errors import BridgeError, NotYetReadable, StorageUnavailable, UpdateDropped
from bot.lanes import Claimed, Claims, rest
from bot.ports.bridge import Batch
from bot.ports.clock import Clock
from bot.ports.inbox import InboxEntry
from bot.ports.store import Store, UnitOfWork

HANDS = 4
"""Updates handled at the same time, each of another lane."""
MAX_ATTEMPTS = 5
"""After so many failures an update is set aside, so that its lane goes on."""
GOES_FIRST_S = 0.005
"""About so long it takes to handle an update where there is nothing else to do."""
KEEPS_ALONE_FOR = timedelta(seconds=10)
"""So long after a failure nothing is handed on before it is kept."""
LETS_PASS_EVERY = timedelta(seconds=0.05)
"""Where more comes than that, nobody waits."""
LOOKED_AGAIN = timedelta(seconds=0.5)
"""So soon it is tried again to read what could not be read yet."""

_LONG_AGO = datetime.min.replace(tzinfo=UTC)

log = structlog.get_logger("inbox")


@dataclass(kw_only=True)
class InboxWorker:
    """All updates of all platforms, on their way in.

    Attributes:
        results: How attempts have ended since the start.
    """

    store: Store
    clock: Clock
    dispatcher: Dispatcher
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    results: Counter[str] = field(default_factory=Counter)
    _busy: set[str] = field(default_factory=set)
    _ready: asyncio.Queue[InboxEntry] | None = None
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)
    _keeps_alone_until: datetime = _LONG_AGO
    _let_passed_at: datetime = _LONG_AGO

    async def accept(self, update: RawUpdate) -> None:
        """Take an update into safe keeping; one seen before is let go.

        Raises:
            StorageUnavailable: It could not be kept; it must be offered again.
        """
        await self._keep([update])

    async def __call__(self, update: RawUpdate, /) -> None:
        """Take an update into safe keeping, as `accept` does."""
        await self.accept(update)

    async def take(self, batch: Batch) -> None:
        """Take a batch into safe keeping, with from where its source goes on: all or nothing.

        Raises:
            StorageUnavailable: It could not be kept; it must be offered again.
        """
        await self._keep(batch.updates, batch)

    async def _keep(self, updates: Sequence[RawUpdate], batch: Batch | None = None) -> None:
        now = self.clock.now()
        try:
            async with self.store.write() as uow:
                new = sum([await uow.inbox.put(update, now) for update in updates])
                if batch is not None:
                    await uow.positions.put(batch.source, batch.position)
                handed_on = await self._hand_on(uow, now) if new else 0
        except StorageUnavailable:
            # Perhaps it is what comes of it that finds no room on the disk.
            self._keeps_alone_until = now + KEEPS_ALONE_FOR
            raise
        if handed_on < new:
            self.wake.set()
        elif handed_on:
            await self._let_pass(now)

    async def _let_pass(self, now: datetime) -> None:
        """Let what has come go out before its bridge prepares to ask for more."""
        if now - self._let_passed_at >= LETS_PASS_EVERY:
            self._let_passed_at = now
            await self.clock.sleep(GOES_FIRST_S)

    async def position(self, source: str) -> str | None:
        """Return from where a source goes on."""
        async with self.store.read() as uow:
            return await uow.positions.get(source)

    async def _hand_on(self, uow: UnitOfWork, now: datetime) -> int:
        """Hand what was just put to whoever is free, before it is on disk; return how many.

        Whoever handles it waits for its turn to write, so both are on disk with the same sync: all
        of it, the keeping alone if the handling fails, or nothing.
        """
        free = HANDS - len(self._busy)
        is_busy = free <= 0 or self._looking.locked()
        if self._ready is None or is_busy or now < self._keeps_alone_until:
            return 0
        async with self._looking:
            entries = await uow.inbox.waiting(now, limit=free, busy=self._busy)
            self._busy.update(entry.update.lane for entry in entries)
        for entry in entries:
            self._ready.put_nowait(entry)
        # They run until they wait for their turn.
        await self.clock.sleep(0)
        return len(entries)

    async def run(self) -> None:
        """Handle updates as they come, until cancelled."""
        ready = self._ready = asyncio.Queue(maxsize=HANDS)
        claims = Claims(clock=self.clock, claim=self._claim, wake=self.wake)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(claims.run(ready))
                for _ in range(HANDS):
                    tasks.create_task(self._work_forever(ready))
        finally:
            self._ready = None
            self._busy.clear()

    async def drain(self) -> int:
        """Handle all that waits now; return how many updates."""
        handled = 0
        while entries := (await self._claim()).jobs:
            for entry in entries:
                await self._handle(entry)
                self._busy.discard(entry.update.lane)
                handled += 1
        return handled

    async def _work_forever(self, ready: asyncio.Queue[InboxEntry]) -> None:
        while True:
            entry = await ready.get()
            try:
                await self._handle(entry)
            except StorageUnavailable as error:
                await rest(self.clock, error)
            self._busy.discard(entry.update.lane)
            self.wake.set()

    async def _claim(self) -> Claimed[InboxEntry]:
        async with self._looking, self.store.read() as uow:
            entries = await uow.inbox.waiting(self.clock.now(), limit=HANDS, busy=self._busy)
            is_all = len(entries) < HANDS
            due = None if entries else await uow.inbox.next_due()
            self._busy.update(entry.update.lane for entry in entries)
        return Claimed(jobs=entries, is_all=is_all, next_due=due)

    async def _handle(self, entry: InboxEntry) -> None:
        try:
            await self.dispatcher.handle(entry)
            self.results["handled"] += 1
        except StorageUnavailable:
            raise
        except UpdateDropped:
            self.results["dropped"] += 1
        except NotYetReadable:
            # Its bridge ends the wait; failures before a restart must not end it sooner.
            async with self.store.write() as uow:
                await uow.inbox.put_off(entry, self.clock.now() + LOOKED_AGAIN)
        except BridgeError as error:
            await self._postpone(entry, type(error).__name__)
        except Exception as error:  # noqa: BLE001 - one bad update must not stop all the others
            log.error("inbox.bug", entry=entry.id, attempt=entry.attempts + 1, bug=error)  # noqa: TRY400 - a traceback may quote people
            await self._postpone(entry, type(error).__name__)

    async def _postpone(self, entry: InboxEntry, reason: str) -> None:
        self.results["failed"] += 1
        if entry.attempts + 1 >= MAX_ATTEMPTS:
            log.error(
                "inbox.buried",
                entry=entry.id,
                reason=reason,
                fix=f"grannbro deadletters replay in-{entry.id}",
            )
            await self.dispatcher.give_up(entry, reason)
            await self._apologise(entry)
            return
        wait = backoff(entry.attempts, jitter=random.random())  # noqa: S311 - no secret
        async with self.store.write() as uow:
            await uow.inbox.postpone(entry, self.clock.now() + wait)

    async def _apologise(self, entry: InboxEntry) -> None:
        try:
            await self.dispatcher.apologise(entry)
        except Exception as error:  # noqa: BLE001 - what can't be read can't always be answered
            log.warning("inbox.sender_not_told", entry=entry.id, reason=type(error).__name__)
