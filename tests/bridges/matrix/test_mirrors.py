"""The bot's own reactions: what they ask of a homeserver, and that they can be taken back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime

import pytest

from bot.bridges.matrix.limits import Limits
from bot.bridges.matrix.mirrors import Mirrors
from bot.bridges.matrix.outage import Outage
from bot.bridges.matrix.rooms import message_ref
from tests.bridges.matrix.homeserver import Homeserver
from tests.town import FakeClock

CARD = message_ref("!a:hem.se", "$card")


class Stand:
    """Mirrors in front of a homeserver that is listened to as well."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.homeserver = Homeserver()
        self.outage = Outage(clock=self.clock)
        self.heard_at: datetime | None = None
        self.mirrors = Mirrors(
            api=self.homeserver,
            clock=self.clock,
            limits=Limits(clock=self.clock),
            outage=self.outage,
            mark="mark",
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Do what is wished for within the block."""
        running = asyncio.ensure_future(self.mirrors.run(lambda: self.heard_at))
        yield
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running

    async def passes(self, *, minutes: float, is_heard: bool = False) -> None:
        """Let time pass as the mirrors wait for it."""
        until = self.clock.now().timestamp() + 60 * minutes
        while self.clock.now().timestamp() < until:
            await self.clock.sleep(1)
            self.heard_at = self.clock.now() if is_heard else self.heard_at


@pytest.fixture
def stand() -> Stand:
    """Nothing is wished for yet."""
    return Stand()


@pytest.mark.parametrize("is_heard", [False, True], ids=["silent", "heard"])
async def test_outage_is_no_storm_however_much_waits(stand: Stand, *, is_heard: bool) -> None:
    """Ten minutes of 502 are less than sixty requests, also where listening alone goes on."""
    stand.homeserver.is_broken = True
    for number in range(100):
        stand.mirrors.take_back(message_ref("!a:hem.se", f"$press{number}"))
    async with stand.running():
        await stand.passes(minutes=10, is_heard=is_heard)

    assert 1 <= len(stand.homeserver.asked) <= 30


async def test_press_is_taken_back_after_an_outage(stand: Stand) -> None:
    """Else whoever has pressed a number could not press it again."""
    stand.homeserver.standing["$card", "1"] = "$press"
    stand.homeserver.is_broken = True
    stand.mirrors.take_back(message_ref("!a:hem.se", "$press"))
    async with stand.running():
        await stand.passes(minutes=5)
        stand.homeserver.is_broken = False
        await stand.passes(minutes=2, is_heard=True)

    assert not stand.homeserver.standing
