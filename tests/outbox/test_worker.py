"""The worker of one platform: claiming, performing and settling, whatever the disk does."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.effects import Urgency
from bot.domain.messages import MessageRef, Platform, Recipient
from bot.domain.outgoing import OutgoingMessage
from bot.errors import StorageUnavailable
from bot.lanes import Claimed, Claims
from bot.outbox.worker import FAIR_EVERY, HANDS
from bot.ports.outbox import Result
from bot.ports.store import UnitOfWork
from bot.storage import sqlite
from bot.storage.database import Database
from tests.outbox.stage import Stage, stage_in
from tests.town import FakeClock

PATIENCE_S = 30
FAILURES = ({1}, {2}, {3}, {4}, {5}, {6}, {1, 2, 3}, {2, 3, 5, 6})


class Flaky:
    """A store in which a transaction fails now and then, as if the disk were full.

    Attributes:
        fails: Which of the next reads and writes fail, counted from 1.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.fails: dict[str, set[int]] = {"read": set(), "write": set()}

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        """A view, or a failure."""
        self._fail("read")
        async with self.database.read() as uow:
            yield uow

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        """A transaction, or a failure."""
        self._fail("write")
        async with self.database.write() as uow:
            yield uow

    def _fail(self, what: str) -> None:
        counted = {number - 1 for number in self.fails[what]}
        self.fails[what] = counted - {0}
        if 0 in counted:
            raise StorageUnavailable("database or disk is full")


@asynccontextmanager
async def running(stage: Stage) -> AsyncIterator[None]:
    """The outbox at work in the background."""
    task = asyncio.create_task(stage.outbox.run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something is true."""
    async with asyncio.timeout(PATIENCE_S):
        while not await condition():  # noqa: ASYNC110 - it is true in the database
            await asyncio.sleep(0.005)


async def test_running_worker_performs_what_is_stored(stage: Stage) -> None:
    """What handlers store is on its way at once."""
    for number in range(20):
        await stage.spreads(f"line {number}", "torget", "backen", "desk")

    async with running(stage):
        await until(lambda: _is_done(stage))
        await stage.spreads("one more", "torget")
        stage.outbox.wake.set()
        await until(lambda: _has_done(stage, 61))

    assert stage.seen_in("torget") == [*(f"line {number}" for number in range(20)), "one more"]


async def test_stopped_worker_loses_nothing(stage: Stage) -> None:
    """What was on its way is tried again; only what was in flight may come twice."""
    for number in range(30):
        await stage.spreads(f"line {number}", f"room {number}")
    async with running(stage):
        await asyncio.sleep(0.01)
    stage.new_outbox()

    async with running(stage):
        await until(lambda: _is_done(stage))

    shown = [shown.text for shown in stage.bridge.shown]
    assert set(shown) == {f"line {number}" for number in range(30)}
    if stage.bridge.capabilities.repeats_safely:
        assert len(shown) == 30


@pytest.mark.parametrize("what", ["read", "write"])
async def test_full_disk_delays_but_loses_and_doubles_nothing(stage: Stage, what: str) -> None:
    """Wherever the disk fails on the way, everything is sent once in the end."""
    store = _flaky(stage)
    for failures in FAILURES:
        rooms = (f"torget {failures}", f"backen {failures}")
        lines = [f"line {number} {failures}" for number in range(4)]
        for line in lines:
            await stage.spreads(line, *rooms)

        store.fails[what] = set(failures)
        async with asyncio.timeout(PATIENCE_S):
            while await stage.waiting():
                with contextlib.suppress(StorageUnavailable):
                    await stage.outbox.drain()
                await stage.clock.sleep(5)

        assert [stage.seen_in(where) for where in rooms] == [lines, lines]


@pytest.mark.parametrize("what", ["read", "write"])
async def test_running_worker_survives_a_full_disk(stage: Stage, what: str) -> None:
    """It rests, says so, and goes on by itself."""
    store = _flaky(stage)
    async with running(stage):
        for failures in FAILURES:
            store.fails[what] = set(failures)
            where = f"torget {failures}"
            lines = [f"line {number} {failures}" for number in range(4)]
            for line in lines:
                await stage.spreads(line, where)
            stage.outbox.wake.set()
            await until(lambda: _is_done(stage))

            assert stage.seen_in(where) == lines


async def test_what_was_sent_is_recorded_once_the_disk_is_back(stage: Stage) -> None:
    """Else it would be sent again."""
    store = Flaky(stage.database)
    stage.outbox.store = store
    await stage.spreads("a", "torget")

    class Filling:
        async def __call__(
            self, to: Recipient, message: OutgoingMessage, *, key: str
        ) -> tuple[MessageRef, ...]:
            store.fails["write"] = {1, 2, 3}
            return tuple(await send(to, message, key=key))

    send = stage.bridge.send
    stage.bridge.send = Filling()  # type: ignore[method-assign]
    await stage.outbox.drain()

    assert not store.fails["write"]
    assert len(stage.bridge.shown) == 1
    assert await stage.waiting() == 0


async def test_locked_database_is_waited_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody makes a backup: the outbox waits until it is done."""
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 20)
    clock = ReleasingClock()
    stage = stage_in(folder, clock, repeats_safely=False)
    await stage.database.open()
    await stage.spreads("a", "torget")
    (task,) = (await stage.outbox._claim()).jobs
    outcome = await stage.outbox._try(task)
    other = sqlite3.connect(folder / "grannbro.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    clock.release = lambda: other.execute("ROLLBACK")

    await stage.outbox._settle([outcome])
    other.close()
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["a"]
    assert await stage.waiting() == 0
    await stage.database.close()


async def test_every_tenth_claim_takes_what_has_waited_longest(stage: Stage) -> None:
    """A flood of the urgent does not keep the rest waiting for ever."""
    await stage.spreads("calm", "calm room", urgency=Urgency.GREEN)
    rooms = [f"room {number}" for number in range(HANDS * FAIR_EVERY)]
    await stage.spreads("urgent", *rooms, urgency=Urgency.YELLOW)
    claimed = []
    for _ in range(FAIR_EVERY):
        claimed += [task.effect.lane for task in (await stage.outbox._claim()).jobs]

    assert "room:telegram:calm room" in claimed[-HANDS:]
    assert "room:telegram:calm room" not in claimed[:-HANDS]


async def test_one_effect_of_each_lane_at_a_time(stage: Stage) -> None:
    """The order within a room is kept, however many hands there are."""
    for number in range(5):
        await stage.spreads(f"line {number}", "torget")

    first = await stage.outbox._claim()
    second = await stage.outbox._claim()

    assert len(first.jobs) == 1
    assert list(second.jobs) == []


async def test_waiting_worker_looks_seldom_while_a_lane_rests(stage: Stage) -> None:
    """A room that was told to wait an hour costs no more than an empty queue."""
    clock = CountingClock()
    asked = asyncio.Queue[None]()

    async def claim() -> Claimed[int]:
        asked.put_nowait(None)
        async with stage.database.read() as uow:
            due = await uow.outbox.next_due(Platform.TELEGRAM)
        return Claimed(jobs=(), is_all=True, next_due=due)

    await stage.spreads("a", "torget")
    claims = Claims(clock=clock, claim=claim, wake=asyncio.Event())
    task = asyncio.create_task(claims.run(asyncio.Queue()))
    for _ in range(5):
        await asked.get()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task

    assert clock.waited
    assert min(clock.waited) >= 0.5


class ReleasingClock(FakeClock):
    """Does something when somebody sleeps."""

    def __init__(self) -> None:
        super().__init__()
        self.release: Callable[[], object] = lambda: None

    async def sleep(self, seconds: float) -> None:
        self.release()
        await super().sleep(seconds)


class CountingClock(FakeClock):
    """Remembers how long somebody wanted to wait, and does not move."""

    def __init__(self) -> None:
        super().__init__()
        self.waited: list[float] = []

    async def wait(self, event: asyncio.Event, *, at_most_s: float) -> None:
        self.waited.append(at_most_s)
        await asyncio.sleep(0)


async def _is_done(stage: Stage) -> bool:
    return await stage.waiting() == 0


async def _has_done(stage: Stage, number: int) -> bool:
    """Whether so many are counted, which comes a moment after they are recorded."""
    return stage.outbox.results[Result.DONE] == number


def _flaky(stage: Stage) -> Flaky:
    """Put a store that can fail between the outbox and its database."""
    store = Flaky(stage.database)
    stage.outbox.store = store
    object.__setattr__(stage.writer, "store", store)
    return store


async def test_clock_set_back_stalls_nothing(stage: Stage) -> None:
    """What is due at once is due whatever the clock says."""
    await stage.spreads("a", "torget")
    stage.clock.at -= timedelta(hours=1)
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["a"]
