"""Clocks: the real one, the story's, and the one that tests move by hand."""

import asyncio
from datetime import UTC, timedelta

import pytest

from bot.clock import SystemClock
from bot.demo.clock import StoryClock
from bot.ports.clock import Clock
from tests.town import FakeClock


@pytest.fixture(params=[SystemClock, lambda: StoryClock(timedelta(hours=-3)), FakeClock])
def clock(request: pytest.FixtureRequest) -> Clock:
    """Every kind of clock, one after the other."""
    made: Clock = request.param()
    return made


def test_now_is_aware_and_utc(clock: Clock) -> None:
    """A time without a zone can't be stored."""
    assert clock.now().utcoffset() == timedelta(0)
    assert clock.now().tzinfo is UTC


async def test_time_passes_while_one_sleeps(clock: Clock) -> None:
    """As long as was asked for, or longer."""
    before = clock.now()
    await clock.sleep(0.02)

    assert clock.now() - before >= timedelta(seconds=0.015)


async def test_waiting_ends_when_time_is_up(clock: Clock) -> None:
    """It is no error."""
    before = clock.now()
    await clock.wait(asyncio.Event(), at_most_s=0.02)

    assert clock.now() - before >= timedelta(seconds=0.015)


async def test_waiting_ends_at_once_when_it_has_happened(clock: Clock) -> None:
    """Work that is there is not waited for."""
    happened = asyncio.Event()
    happened.set()
    before = clock.now()
    await clock.wait(happened, at_most_s=60)

    assert clock.now() - before < timedelta(seconds=30)


def test_story_goes_forward_only() -> None:
    """Putting it to a time that has passed changes nothing."""
    clock = StoryClock(timedelta(hours=2))
    before = clock.now()
    clock.advance_to(before + timedelta(hours=3))
    assert clock.now() - before >= timedelta(hours=3)
    clock.advance_to(before)

    assert clock.now() - before >= timedelta(hours=3)
