"""What happens to an update between the platform and its answer, whatever goes wrong."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import cast

import pytest

from bot.bridges.memory import MemoryBridge
from bot.domain.incoming import Incoming, IncomingMessage, RawUpdate
from bot.domain.messages import Attachment, Platform
from bot.errors import (
    BridgeError,
    NotYetReadable,
    PermanentFailure,
    StorageUnavailable,
    TemporaryFailure,
)
from bot.ports.bridge import Batch, Capabilities
from bot.ports.features import Context, Feature
from bot.ports.inbox import DeadLetter
from bot.ports.store import Store, UnitOfWork
from tests.pictures import jpeg
from tests.town import ANNA, BO, EVA, MX_ROOM, SHOPS, TG, TG_ROOM, Town

KEPT = "Det här kunde jag inte läsa just nu. Jag har sparat det"


@dataclass
class FullDisk:
    """A store that can't be written to for a while."""

    store: Store
    refusals: int

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        if self.refusals:
            self.refusals -= 1
            raise StorageUnavailable("database or disk is full")
        async with self.store.write() as uow:
            yield uow

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        async with self.store.read() as uow:
            yield uow


class Stumbling(MemoryBridge):
    """A platform whose updates can't be read for a while."""

    def __init__(self, first: Callable[[], Incoming | None], times: int, town: Town) -> None:
        super().__init__(TG, Capabilities(repeats_safely=False, can_redact_others=True))
        self.first, self.times, self.town = first, times, town

    def parse(self, payload: bytes) -> Incoming | None:
        if self.times:
            self.times -= 1
            return self.first()
        return self.town.telegram.parse(payload)


async def test_handler_that_raises_is_tried_again(town):
    """A bug may pass; what had begun is undone, and nothing is told twice."""
    bomb = _put_bomb(town, explodes=2)
    before = town.footprint()
    await town.writes(ANNA, SHOPS, "/gul bomb", photos=(jpeg(),))
    assert town.footprint() == before
    assert town.cards(SHOPS) == []
    for _ in range(3):
        await town.passes(minutes=1)

    assert bomb.explosions == 2
    assert len(town.cards(SHOPS)) == 1
    assert len(town.card(SHOPS).message.media) == 1
    assert not any(KEPT in text for text in town.texts(ANNA))


async def test_handler_that_always_raises_is_buried_and_its_lane_goes_on(town):
    """After five failures; the sender is told that it is kept, the room's talk goes on."""
    bomb = _put_bomb(town, explodes=99)
    await town.writes(ANNA, TG_ROOM, "/gul bomb", photos=(jpeg(),))
    await town.writes(BO, TG_ROOM, "hej alla")
    await town.writes(EVA, MX_ROOM, "hej från andra sidan")
    assert town.texts(MX_ROOM) == []
    assert town.texts(TG_ROOM) == ["Granne 1: hej från andra sidan"]
    for _ in range(6):
        await town.passes(minutes=1)

    assert bomb.explosions == 5
    assert town.texts(MX_ROOM) == ["Granne 2: hej alla"]
    assert town.last(ANNA).startswith(KEPT)
    assert "ring 112" in town.last(ANNA)
    assert [(letter.attempts, letter.reason) for letter in await _letters(town)] == [
        (4, "ZeroDivisionError")
    ]
    assert town.kept_files() == []


async def test_dead_letter_can_be_replayed_when_the_bug_is_mended(town):
    """What was kept is not lost."""
    bomb = _put_bomb(town, explodes=5)
    await town.writes(ANNA, SHOPS, "/gul bomb")
    for _ in range(6):
        await town.passes(minutes=1)
    assert bomb.explosions == 5
    async with town.app.parts.database.dead_letters() as letters:
        await letters.replay(None)
    await town.settle()

    assert "\nbomb\n" in town.card(SHOPS).text
    assert await _letters(town) == []


async def test_reason_of_a_dead_letter_quotes_nobody(town):
    """An operator reads it."""
    _put_bomb(town, explodes=99)
    await town.writes(ANNA, SHOPS, "/gul bomb hemma hos Svensson")
    for _ in range(6):
        await town.passes(minutes=1)

    assert "Svensson" not in repr(await _letters(town))


async def test_unreadable_update_is_buried_at_once(town):
    """It will not become readable; its lane goes on."""
    await town.app.inbox.accept(_raw(b"nonsense"))
    await town.app.inbox.accept(_raw(b"{}", platform=Platform.WEB))
    await town.writes(ANNA, TG_ROOM, "hej")

    assert [letter.reason for letter in await _letters(town)] == [
        "no such update",
        "there is no bridge to web",
    ]
    assert town.last(MX_ROOM) == "Granne 1: hej"


async def test_update_that_means_nothing_is_let_go(town):
    """Somebody has joined, a poll was opened: nothing for the bot."""
    _use(town, Stumbling(lambda: None, 1, town))
    await town.writes(ANNA, TG_ROOM, "hej")

    assert town.texts(MX_ROOM) == []
    assert await _letters(town) == []


@pytest.mark.parametrize("parses_later", [True, False])
async def test_bug_in_reading_stops_nobody_else(town, parses_later):
    """The worker lives on though not even the sender can be told."""

    def stumble() -> Incoming | None:
        if parses_later and bridge.times == 0:
            return None
        raise KeyError("message")

    bridge = Stumbling(stumble, 6, town)
    _use(town, bridge)
    await town.writes(ANNA, TG_ROOM, "kan inte läsas")
    for _ in range(6):
        await town.passes(minutes=1)
    await town.writes(ANNA, TG_ROOM, "hej")

    assert town.texts(MX_ROOM) == ["Granne 1: hej"]
    assert [letter.reason for letter in await _letters(town)] == ["KeyError"]


async def test_waiting_for_what_opens_a_line_costs_no_attempt(town):
    """However often it failed before, over restarts: only the line's bridge ends the wait."""

    def stumble() -> Incoming | None:
        if bridge.times >= 10:
            raise TemporaryFailure("bad gateway")
        raise NotYetReadable("its key has not come yet")

    bridge = Stumbling(stumble, 14, town)
    _use(town, bridge)
    await town.writes(ANNA, TG_ROOM, "/rod rök i trappan")
    for _ in range(14):
        await town.passes(minutes=1)

    assert "rök i trappan" in town.card(MX_ROOM).text
    assert await _letters(town) == []


async def test_file_that_can_t_be_fetched_now_is_fetched_later(town):
    """A platform may be down for a while; the report waits with its picture."""
    town.telegram.fail_next = TemporaryFailure("bad gateway")
    await town.writes(ANNA, SHOPS, "/gul glas", photos=(jpeg(),))
    assert town.cards(SHOPS) == []
    await town.passes(minutes=1)

    assert len(town.card(SHOPS).message.media) == 1


@pytest.mark.parametrize(
    ("failure", "tries"),
    [(PermanentFailure("no such file"), 1), (TemporaryFailure("bad gateway"), 3)],
    ids=["gone", "down"],
)
async def test_words_go_on_without_a_file_that_can_t_be_had(town, failure, tries):
    """Better a card without its picture than none; what is gone is not asked for again."""
    bridge = _Fileless(town, failure)
    _use(town, bridge)
    await town.writes(ANNA, SHOPS, "/rod det brinner", photos=(jpeg(),))
    for _ in range(3):
        await town.passes(minutes=1)

    assert bridge.asked == tries
    assert "\ndet brinner\n" in town.card(SHOPS).text
    assert town.last(ANNA) == (
        "Det du skrev kom med. Filen gick inte att hämta. Skicka den en gång till."
    )
    assert await _letters(town) == []


async def test_refused_command_leaves_the_room_too(town):
    """It was meant for the bot; the answer comes in private."""
    await town.writes(BO, TG_ROOM, "/gul glas")
    command = await town.writes(ANNA, TG_ROOM, f"/false {town.report_id()}")
    line = await town.writes(ANNA, TG_ROOM, "RÖD: 🔥🔥")

    assert command in town.telegram.redacted
    assert line not in town.telegram.redacted


async def test_full_disk_while_accepting_is_told_to_the_platform(town):
    """What could not be kept must be offered again: then it is handled, once."""
    disk = FullDisk(town.app.parts.database, refusals=2)
    town.app.inbox.store = disk
    update = town.telegram.raw(_message(town, "hej"))
    for _ in range(2):
        with pytest.raises(StorageUnavailable):
            await town.app.inbox.accept(update)
    await town.settle()
    assert town.texts(MX_ROOM) == []
    await town.app.inbox.accept(update)
    await town.settle()

    assert town.texts(MX_ROOM) == ["Granne 1: hej"]


async def test_full_disk_while_handling_loses_nothing(town):
    """The running worker rests and tries again; no attempt is counted."""
    disk = FullDisk(town.app.parts.database, refusals=3)
    town.app.inbox.dispatcher = replace(town.app.inbox.dispatcher, store=disk)
    await town.app.inbox.accept(town.telegram.raw(_message(town, "hej")))
    await _runs_until(town, lambda: disk.refusals == 0 and town.app.inbox.results["handled"] > 0)
    await town.settle()

    assert town.texts(MX_ROOM) == ["Granne 1: hej"]
    assert town.app.inbox.results["failed"] == 0


async def test_running_worker_handles_what_comes_and_wakes_the_outboxes(town):
    """Nobody waits for a poll, and nobody looks for what is not there."""
    others = [outbox for outbox in town.app.outboxes if outbox.performer.bridge is not town.matrix]
    for outbox in town.app.outboxes:
        outbox.wake.clear()
    await town.app.inbox.accept(town.telegram.raw(_message(town, "hej")))
    await _runs_until(town, lambda: town.app.inbox.results["handled"] == 1)

    assert {outbox.wake.is_set() for outbox in others} == {False}
    assert all(outbox.wake.is_set() for outbox in town.app.outboxes if outbox not in others)
    await town.settle()
    assert town.texts(MX_ROOM) == ["Granne 1: hej"]


async def test_running_worker_tries_again_when_it_is_time(town):
    """What was put off comes due by itself."""
    bomb = _put_bomb(town, explodes=2)
    await town.app.inbox.accept(town.telegram.raw(_message(town, "bomb")))
    await _runs_until(town, lambda: town.app.inbox.results["handled"] == 1)

    assert bomb.explosions == 2


async def test_update_that_could_not_be_handled_when_the_bot_stopped_is_handled_after(
    town, open_town
):
    """Taken is taken: over a restart, in the order it came."""
    for text in ("först", "sedan"):
        await town.app.inbox.accept(town.telegram.raw(_message(town, text)))
    await town.app.close()
    await town.app.open()
    await town.settle()

    assert town.texts(MX_ROOM) == ["Granne 1: först", "Granne 1: sedan"]


async def test_cancelled_work_leaves_no_file_behind(town):
    """Stopped in the middle, begun again later."""
    _put_bomb(town, explodes=1, error=asyncio.CancelledError())
    with pytest.raises(asyncio.CancelledError):
        await town.writes(ANNA, SHOPS, "/gul bomb", photos=(jpeg(),))

    assert town.kept_files() == []


@dataclass
class Bomb:
    """A feature that looks at everything first, and fails on one word."""

    left: int
    error: BaseException
    explosions: int = 0

    async def handle(self, incoming: Incoming, ctx: Context) -> None:
        """Take the files, write something, and fail."""
        if self.left == 0 or not isinstance(incoming, IncomingMessage):
            return
        self.left -= 1
        self.explosions += 1
        ctx.files.take()
        await ctx.uow.audit.note("bomb", "", by=ctx.sender.id, now=ctx.now)
        raise self.error


class _Fileless(Stumbling):
    """A platform that gives no files away."""

    def __init__(self, town: Town, failure: BridgeError) -> None:
        super().__init__(lambda: None, 0, town)
        self.failure, self.asked = failure, 0

    async def download(self, attachment: Attachment) -> bytes:
        self.asked += 1
        raise self.failure


def _put_bomb(town: Town, *, explodes: int, error: BaseException | None = None) -> Bomb:
    bomb = Bomb(explodes, error or ZeroDivisionError("division by zero"))
    feature = Feature(
        name="bomb",
        accepts=lambda incoming, _ctx: (
            isinstance(incoming, IncomingMessage) and "bomb" in incoming.text.plain
        ),
        handle=bomb.handle,
        continues=True,
    )
    dispatcher = town.app.inbox.dispatcher
    town.app.inbox.dispatcher = replace(dispatcher, features=(feature, *dispatcher.features))
    return bomb


def _use(town: Town, bridge: MemoryBridge) -> None:
    bridge.files = town.telegram.files
    dispatcher = town.app.inbox.dispatcher
    bridges = {**dispatcher.bridges, TG: bridge}
    town.app.inbox.dispatcher = replace(dispatcher, bridges=bridges)


def _message(town: Town, text: str) -> IncomingMessage:
    from bot.domain.richtext import rich

    return IncomingMessage(
        ref=town.new_ref(ANNA, TG_ROOM),
        sender=town.sender(ANNA),
        sent_at=town.clock.now(),
        text=rich(text),
        is_direct=False,
    )


def _raw(payload: bytes, *, platform: Platform = TG) -> RawUpdate:
    return RawUpdate(platform=platform, update_id="x", lane="telegram:-1001", payload=payload)


async def _letters(town: Town) -> Sequence[DeadLetter]:
    async with town.app.parts.database.dead_letters() as letters:
        return await letters.list_all()


async def _runs_until(town: Town, is_done: Callable[[], bool]) -> None:
    """Let the worker run by itself until something is true."""
    running = asyncio.ensure_future(town.app.inbox.run())
    try:
        async with asyncio.timeout(20):
            while not is_done():
                await asyncio.sleep(0)
                assert not running.done()
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_batch_is_kept_with_its_position_or_not_at_all(town: Town) -> None:
    """Else a crash between the two would lose what was told, or have it told for ever."""
    good = _raw(b"{}", platform=Platform.WEB)
    await town.app.inbox.take(Batch(source="matrix", updates=(good,), position="s1"))
    await town.app.inbox.take(Batch(source="matrix", updates=(good,), position="s2"))
    bad = replace(good, update_id="other", payload=cast("bytes", None))
    with pytest.raises(TypeError):
        await town.app.inbox.take(Batch(source="matrix", updates=(bad,), position="s3"))

    assert await town.app.inbox.position("matrix") == "s2"
    assert await town.app.inbox.position("another") is None
    async with town.app.parts.database.read() as uow:
        assert await uow.inbox.depth() == 1


@pytest.mark.parametrize("has_begun", [True, False], ids=["known", "never began"])
async def test_words_of_a_refused_report_stay_with_their_author(town, has_begun):
    """What would have to be written again is not taken away; what is no loss is."""
    author = ANNA if has_begun else town.newcomer("Nya")
    line = await town.writes(author, TG_ROOM, "/rod " + "rök ur ett fönster " * 200)
    await town.writes(author, TG_ROOM, "/update #222 mer rök")
    empty = await town.writes(author, TG_ROOM, "/resolve")

    assert line not in town.telegram.redacted
    assert town.telegram.redacted == [empty]
    assert town.count_rows("reports") == 0
