"""The bot's own reactions: what they ask of a homeserver, and that they can be taken back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime

import pytest

from bot.bridges.matrix.buttons import Rows
from bot.bridges.matrix.errors import Broken
from bot.bridges.matrix.limits import Limits
from bot.bridges.matrix.mirrors import Mirrors
from bot.bridges.matrix.outage import Outage
from bot.bridges.matrix.rooms import message_ref
from bot.domain.outgoing import Button
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


async def test_two_that_work_on_the_same_reactions_take_turns(stand: Stand) -> None:
    """What is wished for comes between what the outbox wants; one way or the other it stands."""
    stand.mirrors.want(CARD, _rows("1", "2"), is_new=True)
    async with stand.running(), asyncio.TaskGroup() as tasks:
        await asyncio.sleep(0)
        tasks.create_task(stand.mirrors.stand(CARD, ["1️⃣", "2️⃣"]))
    both = {key for _, key in stand.homeserver.standing}
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(stand.mirrors.stand(CARD, []))
        tasks.create_task(stand.mirrors.stand(CARD, []))

    assert both == {"1️⃣", "2️⃣"}
    assert not stand.homeserver.standing


async def test_emoji_whose_answer_was_lost_can_be_taken_back(stand: Stand) -> None:
    """Whether it stands is for the homeserver to know, then."""
    await stand.mirrors.stand(CARD, [])
    stand.homeserver.loses_answers = True
    with pytest.raises(Broken):
        await stand.mirrors.stand(CARD, ["🔥"])
    stand.homeserver.loses_answers = False
    await stand.mirrors.stand(CARD, [])

    assert not stand.homeserver.standing


async def test_emoji_that_stood_already_can_be_taken_back(stand: Stand) -> None:
    """A homeserver lets no two stand, and does not say which one does."""
    await stand.mirrors.stand(CARD, [])
    stand.homeserver.standing["$card", "🔥"] = "$before"
    await stand.mirrors.stand(CARD, ["🔥"])
    await stand.mirrors.stand(CARD, [])

    assert not stand.homeserver.standing


def _rows(*labels: str) -> Rows:
    return tuple((Button(label=label, data=label),) for label in labels)
