"""An update that comes while somebody is free: kept and handled with the same sync of the disk."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest

from bot.bridges.memory import MemoryBridge
from bot.dispatch.worker import KEEPS_ALONE_FOR
from bot.domain.incoming import IncomingMessage, RawUpdate
from bot.domain.messages import Attachment, MediaKind, RoomRef, UserRef
from bot.domain.richtext import rich
from bot.errors import StorageUnavailable
from bot.ports.features import Context, Feature
from bot.ports.store import Store, UnitOfWork
from tests.pictures import jpeg
from tests.town import ANNA, BO, EVA, MX, MX_ROOM, SHOPS, TG, TG_ROOM, Town


@dataclass
class Breaking:
    """A store whose commits fail for a while."""

    store: Store
    failures: int

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        async with self.store.write() as uow:
            yield uow
            if self.failures:
                self.failures -= 1
                raise StorageUnavailable("disk I/O error")

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        async with self.store.read() as uow:
            yield uow


class Slow(MemoryBridge):
    """A platform that takes its time with files."""

    def __init__(self, bridge: MemoryBridge) -> None:
        super().__init__(bridge.platform, bridge.capabilities)
        self.asked, self.may_answer = 0, asyncio.Event()
        self.parse = bridge.parse  # type: ignore[method-assign]  # the same updates

    async def download(self, attachment: Attachment) -> bytes:
        self.asked += 1
        await self.may_answer.wait()
        return jpeg()


async def test_what_is_kept_is_handled_already(town: Town) -> None:
    """Whoever offered it hears of both at once, unless somebody looks for work just then."""
    handled = []
    async with _working(town):
        for number in range(1, 21):
            await town.app.inbox.accept(_line(town, ANNA, TG_ROOM, f"rad {number}"))
            async with town.app.parts.database.read() as uow:
                handled.append(await uow.inbox.depth() == 0)
            await _until(town, handled=number)
    await town.settle()

    assert any(handled)
    assert _numbers(town.texts(MX_ROOM)) == list(range(1, 21))


async def test_what_can_t_be_handled_is_kept(town: Town) -> None:
    """The failure takes back what the handling did, and not the keeping."""
    _stumble(town, times=1)
    async with _working(town):
        await town.app.inbox.accept(_line(town, ANNA, TG_ROOM, "hej"))
        await _until(town, handled=1)
    await town.settle()

    assert town.app.inbox.results["failed"] == 1
    assert town.texts(MX_ROOM) == ["Granne 1: hej"]


async def test_what_could_not_be_kept_is_not_handled_either(town: Town) -> None:
    """It is offered again, and comes once."""
    disk = town.app.inbox.store = Breaking(town.app.parts.database, failures=2)
    line = _line(town, ANNA, TG_ROOM, "hej")
    async with _working(town):
        for _ in range(2):
            with pytest.raises(StorageUnavailable):
                await town.app.inbox.accept(line)
        await town.app.inbox.accept(line)
        await town.app.inbox.accept(_line(town, BO, TG_ROOM, "hej igen"))
        await _until(town, handled=2)
    await town.settle()

    assert disk.failures == 0
    assert town.texts(MX_ROOM) == ["Granne 1: hej", "Granne 2: hej igen"]


async def test_what_could_not_be_kept_takes_nobody_else_with_it(town: Town) -> None:
    """Its number is given to what is kept next, while somebody is still at work on it."""
    disk = town.app.inbox.store = Breaking(town.app.parts.database, failures=1000)
    ours, theirs = Slow(town.telegram), Slow(town.matrix)
    dispatcher = town.app.inbox.dispatcher
    bridges = {**dispatcher.bridges, TG: ours, MX: theirs}
    town.app.inbox.dispatcher = replace(dispatcher, bridges=bridges)
    lost = _line(town, ANNA, TG_ROOM, "först", has_photo=True)
    other = _line(town, EVA, MX_ROOM, "sedan", has_photo=True)
    async with _working(town):
        while not ours.asked:
            with pytest.raises(StorageUnavailable):
                await town.app.inbox.accept(lost)
            await town.clock.sleep(KEEPS_ALONE_FOR.total_seconds())
        disk.failures = 0
        await town.app.inbox.accept(other)
        await _until_true(lambda: theirs.asked == 1)
        ours.may_answer.set()
        await _until_true(lambda: town.app.inbox.results == {"dropped": 1})
        theirs.may_answer.set()
        await _until(town, handled=1)
        await town.app.inbox.accept(lost)
        await _until(town, handled=2)
    await town.settle()

    assert town.texts(TG_ROOM) == ["Granne 1: sedan"]
    assert town.texts(MX_ROOM) == ["Granne 2: först"]


async def test_what_comes_after_the_worker_has_stopped_waits_for_the_next(town: Town) -> None:
    """Nobody is handed anything who is not there."""
    async with _working(town):
        await town.app.inbox.accept(_line(town, ANNA, TG_ROOM, "hej"))
        await _until(town, handled=1)
    await town.app.inbox.accept(_line(town, ANNA, TG_ROOM, "är du där?"))
    await town.settle()

    assert town.texts(MX_ROOM) == ["Granne 1: hej", "Granne 1: är du där?"]


async def test_lanes_keep_their_order_whoever_is_free(town: Town) -> None:
    """What is handed on at once does not overtake what waits."""
    said = {(ANNA, TG_ROOM): 30, (EVA, MX_ROOM): 30, (BO, SHOPS): 30}
    _stumble(town, times=3)

    async def writes(who: UserRef, where: RoomRef, lines: int) -> None:
        for number in range(lines):
            await town.app.inbox.accept(_line(town, who, where, f"rad {number}"))

    async with _working(town):
        await asyncio.gather(*(writes(*at, lines) for at, lines in said.items()))
        await _until(town, handled=sum(said.values()))
    await town.settle()

    assert _numbers(town.texts(MX_ROOM)) == list(range(30))
    assert _numbers(town.texts(TG_ROOM)) == list(range(30))
    async with town.app.parts.database.read() as uow:
        assert await uow.inbox.depth() == 0


def _numbers(texts: Sequence[str]) -> Sequence[int]:
    return [int(text.rpartition(" ")[2]) for text in texts]


def _line(
    town: Town, who: UserRef, where: RoomRef, text: str, *, has_photo: bool = False
) -> RawUpdate:
    photo = Attachment(kind=MediaKind.PHOTO, handle="x", name="x.jpg", size_bytes=9, identity="x")
    line = IncomingMessage(
        ref=town.new_ref(who, where),
        sender=town.sender(who),
        sent_at=town.clock.now(),
        text=rich(text),
        is_direct=False,
        attachments=(photo,) if has_photo else (),
    )
    return town.bridge(who.platform).raw(line)


def _stumble(town: Town, *, times: int) -> None:
    """Let a bug end the handling of so many updates."""
    left = iter(range(times))

    async def stumble(_incoming: object, ctx: Context) -> None:
        await ctx.uow.audit.note("stumbled", "", by=ctx.sender.id, now=ctx.now)
        if next(left, None) is not None:
            raise ZeroDivisionError

    feature = Feature(name="bug", accepts=lambda *_: True, handle=stumble, continues=True)
    dispatcher = town.app.inbox.dispatcher
    town.app.inbox.dispatcher = replace(dispatcher, features=(feature, *dispatcher.features))


@asynccontextmanager
async def _working(town: Town) -> AsyncIterator[None]:
    """Let the worker run by itself."""
    running = asyncio.ensure_future(town.app.inbox.run())
    try:
        # It begins when it has its turn.
        await asyncio.sleep(0)
        yield
        assert not running.done()
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def _until(town: Town, *, handled: int) -> None:
    await _until_true(lambda: town.app.inbox.results["handled"] >= handled)


async def _until_true(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not is_so():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0)
