"""Whoever waits for stored work is woken once it is on disk, and nobody else is."""

import asyncio
from collections.abc import Mapping

import pytest

from bot.domain.effects import OnDoubt, Urgency
from bot.domain.messages import MessageRef, Platform, RoomRef
from bot.domain.routing import Audience, RoomRoute
from bot.ports.bells import Errand, Work
from tests.outbox.stage import NOW, Stage, room, subject
from tests.storage.test_spreads import tells

MATRIX_ROOM = RoomRef(Platform.MATRIX, "!torget:example.org")


@pytest.fixture
def wakes(stage: Stage) -> Mapping[Work, asyncio.Event]:
    """What is set when there is more of each kind of work."""
    events: dict[Work, asyncio.Event] = {work: asyncio.Event() for work in (*Platform, *Errand)}
    for work, event in events.items():
        stage.database.bells.wake(event, on=work)
    return events


def _woken(wakes: Mapping[Work, asyncio.Event]) -> set[Work]:
    """Tell who was woken since it was asked last."""
    woken = {work for work, event in wakes.items() if event.is_set()}
    for event in wakes.values():
        event.clear()
    return woken


async def test_only_those_are_woken_who_have_something_to_do(
    stage: Stage, wakes: Mapping[Work, asyncio.Event]
) -> None:
    """A line for a room on Matrix is none of Telegram's business."""
    route = RoomRoute(room=MATRIX_ROOM, audience=Audience.ROOM)
    async with stage.database.write() as uow:
        await uow.copies.spread(
            subject("a"), [route], urgency=Urgency.TALK, on_doubt=OnDoubt.REPEAT
        )
        assert _woken(wakes) == set()
    assert _woken(wakes) == {Platform.MATRIX}

    await stage.spreads("b", "torget")
    assert _woken(wakes) == {Platform.TELEGRAM}


async def test_what_is_undone_wakes_nobody(
    stage: Stage, wakes: Mapping[Work, asyncio.Event]
) -> None:
    """There would be nothing to find."""

    async def fail() -> None:
        async with stage.database.write() as uow:
            await uow.copies.redact(MessageRef(room("torget"), "1"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert _woken(wakes) == set()


async def test_every_way_into_a_queue_wakes(
    stage: Stage, wakes: Mapping[Work, asyncio.Event]
) -> None:
    """A change, a removal, a line of somebody else's, a room that opens again."""
    await stage.spreads("a", "torget")
    await stage.outbox.drain()
    there = MessageRef(room("torget"), "1")
    _woken(wakes)

    await stage.changes("a", "nytt")
    assert _woken(wakes) == {Platform.TELEGRAM}
    await stage.withdraws("a")
    assert _woken(wakes) == {Platform.TELEGRAM}
    async with stage.database.write() as uow:
        await uow.copies.redact(there)
    assert _woken(wakes) == {Platform.TELEGRAM}
    async with stage.database.write() as uow:
        await uow.copies.echo(there, after=NOW)
    assert _woken(wakes) == {Platform.TELEGRAM}


async def test_alerts_are_an_errand_of_its_own(
    stage: Stage, wakes: Mapping[Work, asyncio.Event]
) -> None:
    """Who spreads wakes nobody else before there is anything to send."""
    await tells(stage.database)
    assert _woken(wakes) == {Errand.SPREADING}
