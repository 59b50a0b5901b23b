"""What can't be written, and platforms that fall silent: nobody else waits for it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from structlog.testing import capture_logs

from bot.bridges.memory import MemoryBridge
from bot.domain.copies import SubjectKind
from bot.domain.effects import MAX_BUGS
from bot.domain.messages import MessageRef, Platform, Recipient
from bot.domain.outgoing import OutgoingMessage
from bot.errors import StorageUnavailable
from bot.outbox.performing import Performer
from bot.ports.outbox import Result
from bot.ports.showing import Renderer, Showing
from tests.outbox.stage import Stage


@dataclass
class Pen:
    """Writes what a stage's subjects show, but stumbles over one of them."""

    stage: Stage
    stumbles_over: str
    error: Exception | None

    async def __call__(self, showing: Showing) -> OutgoingMessage | None:
        if self.error is not None and showing.subject.id == self.stumbles_over:
            raise self.error
        return await self.stage._show(showing)


class Silent(MemoryBridge):
    """Takes a message, and never answers."""

    async def send(
        self, to: Recipient, message: OutgoingMessage, *, key: str
    ) -> Sequence[MessageRef]:
        await asyncio.Event().wait()
        raise AssertionError("nobody sets it")


def hand_pen(stage: Stage, error: Exception) -> Pen:
    """Let a stage stumble over the subject `a`."""
    pen = Pen(stage, "a", error)
    writer = replace(stage.writer, renderers=dict.fromkeys(SubjectKind, Renderer(pen)))
    stage.performer = Performer(bridge=stage.bridge, writer=writer)
    stage.new_outbox()
    return pen


async def test_what_cannot_be_written_stops_nothing_else(stage: Stage) -> None:
    """It is tried again: a bug may pass. The log names its type and not its words."""
    pen = hand_pen(stage, ValueError("hemliga ord"))
    await stage.spreads("a", "torget")
    await stage.spreads("b", "backen")
    with capture_logs() as logs:
        await stage.outbox.drain()
    assert (stage.seen_in("torget"), stage.seen_in("backen")) == ([], ["b"])
    assert "hemliga" not in str([{k: v for k, v in line.items() if k != "bug"} for line in logs])

    pen.error = None
    await stage.clock.sleep(60)
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["a"]


async def test_what_can_never_be_written_is_given_up(stage: Stage) -> None:
    """Its lane goes on, and the operator sees it."""
    hand_pen(stage, ValueError("hemliga ord"))
    await stage.spreads("a", "torget")
    await stage.spreads("b", "torget")
    for _ in range(MAX_BUGS):
        await stage.outbox.drain()
        await stage.clock.sleep(3600)
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["b"]
    assert await stage.dead() == 1


async def test_database_that_cannot_be_read_is_no_fault_of_the_text(stage: Stage) -> None:
    """Nothing is sent, nothing counted, and nothing given up."""
    pen = hand_pen(stage, StorageUnavailable("disk I/O error"))
    await stage.spreads("a", "torget")
    for _ in range(MAX_BUGS + 1):
        with pytest.raises(StorageUnavailable):
            await stage.outbox.drain()
    pen.error = None
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["a"]
    assert await stage.dead() == 0


async def test_platform_that_cannot_store_takes_it_later(stage: Stage) -> None:
    """The web chat is a platform on the bot's own disk; when that is full nothing was sent."""
    await stage.spreads("a", "torget")
    stage.bridge.fail_next = StorageUnavailable("database or disk is full")
    await stage.outbox.drain()
    assert stage.seen_in("torget") == []

    stage.bridge.fail_next = None
    await stage.clock.sleep(60)
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["a"]


async def test_platform_that_falls_silent_leaves_a_doubt(stage: Stage) -> None:
    """Its hand is needed for others; whether it arrived is not known."""
    silent = Silent(Platform.TELEGRAM, stage.bridge.capabilities)
    await stage.spreads("a", "torget")
    (effect,) = await stage.claims()
    performer = Performer(bridge=silent, writer=stage.writer, patience_s=0.01)
    outcome = await performer.perform(await stage.written(effect))

    assert (outcome.result, outcome.in_doubt) == (Result.POSTPONED, True)
    assert outcome.reason.startswith("no answer in")
