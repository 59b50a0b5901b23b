"""Handing out work, and waiting well when there is none."""

import asyncio
import contextlib
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bot.errors import StorageUnavailable
from bot.lanes import POLL_S, STORAGE_PAUSE_S, Claimed, Claims, rest
from tests.town import START, FakeClock


class Work:
    """What there is to do, and how often somebody asked."""

    def __init__(self, *batches: Sequence[str], due: datetime | None = None) -> None:
        self.batches = list(batches)
        self.due = due
        self.asked = 0
        self.failures = 0

    async def claim(self) -> Claimed[str]:
        self.asked += 1
        if self.failures:
            self.failures -= 1
            raise StorageUnavailable("locked")
        if self.batches:
            return Claimed(jobs=self.batches.pop(0), is_all=False)
        return Claimed(jobs=(), is_all=True, next_due=self.due)


class PatientClock(FakeClock):
    """Notes every wait; ends after some of them."""

    def __init__(self, *, ends_after: int) -> None:
        super().__init__()
        self.waits: list[float] = []
        self.sleeps: list[float] = []
        self.ends_after = ends_after
        self.ended = asyncio.Event()

    async def wait(self, event: asyncio.Event, *, at_most_s: float) -> None:
        self.waits.append(at_most_s)
        await super().wait(event, at_most_s=at_most_s)
        if len(self.waits) >= self.ends_after:
            self.ended.set()
            await asyncio.Event().wait()

    async def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        await super().sleep(seconds)


async def hand_out(work: Work, *, waits: int = 1) -> tuple[list[str], PatientClock]:
    """Run the claims until they have waited so often; return what was handed out."""
    clock = PatientClock(ends_after=waits)
    ready: asyncio.Queue[str] = asyncio.Queue()
    wake = asyncio.Event()
    claims = Claims(clock=clock, claim=work.claim, wake=wake)
    task = asyncio.create_task(claims.run(ready))
    async with asyncio.timeout(5):
        await clock.ended.wait()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    return [ready.get_nowait() for _ in range(ready.qsize())], clock


async def test_everything_is_handed_out_before_anybody_waits() -> None:
    """As long as there is something to claim, claiming goes on."""
    handed, clock = await hand_out(Work(["a", "b"], ["c"]))

    assert handed == ["a", "b", "c"]
    assert clock.waits == [POLL_S]


@pytest.mark.parametrize(
    ("due_in_s", "waits_s"), [(0.4, 0.4), (30.0, POLL_S), (-5.0, 0.01), (None, POLL_S)]
)
async def test_waits_until_something_is_due_but_not_for_long(
    due_in_s: float | None, waits_s: float
) -> None:
    """Another process may have stored work without a word."""
    due = None if due_in_s is None else START + timedelta(seconds=due_in_s)
    _, clock = await hand_out(Work(due=due))

    assert clock.waits == [pytest.approx(waits_s)]


async def test_storage_that_is_away_is_waited_for() -> None:
    """It is asked again after a pause, and then goes on as if nothing had been."""
    work = Work(["a"])
    work.failures = 2
    handed, clock = await hand_out(work)

    assert handed == ["a"]
    assert clock.sleeps[:2] == [STORAGE_PAUSE_S] * 2


async def test_rest_sleeps() -> None:
    """Not at all would be a busy loop over a full disk."""
    clock = PatientClock(ends_after=1)
    await rest(clock, StorageUnavailable("full"))

    assert clock.sleeps == [STORAGE_PAUSE_S]
