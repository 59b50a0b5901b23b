"""What somebody sees in private while an answer is being made."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.bridges.memory import MemoryBridge
from bot.dispatch.patience import SHOWN_FOR_S, UNNOTICED_S, shown_at_work
from bot.domain.incoming import Incoming, IncomingDeletion, IncomingMessage
from bot.domain.messages import MessageRef, RoomRef
from bot.domain.richtext import rich
from bot.domain.senders import Sender
from bot.errors import TemporaryFailure
from bot.ports.bridge import Capabilities
from tests.town import ANNA, START, TG, TG_ROOM

PRIVATE = RoomRef(TG, ANNA.user_id)


@dataclass
class Work:
    """Something that takes as long as a test says."""

    bridge: MemoryBridge = field(
        default_factory=lambda: MemoryBridge(
            TG, Capabilities(repeats_safely=False, can_redact_others=True)
        )
    )
    waits_s: list[float] = field(default_factory=list)
    _over: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def on(self, asked: Incoming) -> AsyncIterator[None]:
        """Be at work on something, and begun with waiting."""
        async with shown_at_work(asked, self.bridge, sleep=self._sleep):
            await _settle()
            yield
        await _settle()

    async def takes_as_long_as_was_waited_for(self) -> None:
        self._over.set()
        await _settle()

    async def _sleep(self, seconds: float) -> None:
        self.waits_s.append(seconds)
        self._over.clear()
        await self._over.wait()


def asked(where: RoomRef = PRIVATE) -> IncomingMessage:
    """Anna asks for everything that is known of her."""
    return IncomingMessage(
        ref=MessageRef(where, "1"),
        sender=Sender(user=ANNA, name="Anna"),
        sent_at=START,
        text=rich("/export"),
        is_direct=where is PRIVATE,
    )


async def test_sign_comes_after_a_moment_and_again_before_it_fades() -> None:
    """As long as the work takes; then no more."""
    work = Work()
    async with work.on(asked()):
        assert work.bridge.working == []
        await work.takes_as_long_as_was_waited_for()
        assert work.bridge.working == [PRIVATE]
        await work.takes_as_long_as_was_waited_for()
        assert work.bridge.working == [PRIVATE, PRIVATE]
    await work.takes_as_long_as_was_waited_for()

    assert work.bridge.working == [PRIVATE, PRIVATE]
    assert work.waits_s == [UNNOTICED_S, SHOWN_FOR_S, SHOWN_FOR_S]


async def test_nobody_is_shown_what_nobody_waits_for() -> None:
    """In a room the others need not know; who has deleted something expects no answer."""
    work = Work()
    gone = IncomingDeletion(ref=asked().ref, is_direct=True, sender=Sender(user=ANNA, name=""))
    for about in (asked(TG_ROOM), gone):
        async with work.on(about):
            pass

    assert work.waits_s == []


async def test_work_goes_on_though_it_could_not_be_shown() -> None:
    """The sign is a comfort, tried once."""
    work = Work()
    async with work.on(asked()):
        work.bridge.fail_next = TemporaryFailure("away")
        await work.takes_as_long_as_was_waited_for()

    assert work.bridge.working == []
    assert work.waits_s == [UNNOTICED_S]


async def _settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)
