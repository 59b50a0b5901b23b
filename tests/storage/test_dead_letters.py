"""What failed for good: listed without anybody's words, and put back where it failed."""

import pytest

from bot.domain.effects import OnDoubt, Urgency
from bot.domain.incoming import RawUpdate
from bot.domain.messages import Platform
from bot.errors import PermanentFailure, TemporaryFailure, UnknownOutcome
from bot.storage.database import Database
from tests.outbox.stage import Stage
from tests.town import FakeClock

UPDATE = RawUpdate(
    platform=Platform.TELEGRAM, update_id="u1", lane="telegram:dm-4711", payload=b"secret words"
)


async def bury(database: Database, clock: FakeClock) -> None:
    """Let an update fail for good."""
    async with database.write() as uow:
        await uow.inbox.put(UPDATE, clock.now())
        (entry,) = await uow.inbox.waiting(clock.now(), limit=8, busy=())
        await uow.inbox.bury(entry, "RuntimeError")


async def give_up(stage: Stage, name: str) -> None:
    """Let an effect fail for good."""
    await stage.spreads(name, "torget")
    stage.bridge.fail_next = PermanentFailure("no such room")
    await stage.outbox.drain()


async def replay(stage: Stage, letter: str | None = None) -> int:
    """Put one or all back."""
    async with stage.database.dead_letters() as letters:
        return await letters.replay(letter)


async def test_list_holds_facts_and_nobody_s_words(
    stage: Stage, database: Database, clock: FakeClock
) -> None:
    """An operator sees what failed and why, and nothing of what it said."""
    await bury(database, clock)
    await clock.sleep(1)
    await give_up(stage, "a")
    async with database.dead_letters() as letters:
        listed = await letters.list_all()

    assert [(letter.id, letter.lane, letter.reason) for letter in listed] == [
        ("in-1", "telegram", "RuntimeError"),
        ("out-1", "room", "no such room"),
    ]
    assert "4711" not in str(listed)
    assert "secret" not in str(listed)


async def test_one_is_put_back(stage: Stage, database: Database, clock: FakeClock) -> None:
    """The others stay where they are."""
    await bury(database, clock)
    await give_up(stage, "a")
    await give_up(stage, "b")

    assert await replay(stage, "out-1") == 1
    await stage.outbox.drain()
    assert stage.seen_in("torget") == ["a"]
    assert await stage.dead() == 1


async def test_all_are_put_back(stage: Stage, database: Database, clock: FakeClock) -> None:
    """Updates are handled again, effects performed again, each once."""
    await bury(database, clock)
    await give_up(stage, "a")
    await give_up(stage, "b")

    assert await replay(stage) == 3
    assert await replay(stage) == 0
    await stage.outbox.drain()
    assert stage.seen_in("torget") == ["a", "b"]
    async with database.read() as uow:
        (entry,) = await uow.inbox.waiting(clock.now(), limit=8, busy=())
        assert entry.update.payload == UPDATE.payload
        assert entry.attempts == 0


async def test_unknown_letter_is_none(stage: Stage) -> None:
    """A slip of the pen puts nothing back."""
    await give_up(stage, "a")

    assert await replay(stage, "out-99") == 0
    assert await replay(stage, "up-1") == 0


async def test_letter_without_a_number_is_none(stage: Stage) -> None:
    """`out-` or `out-a` are not `all of them`."""
    await give_up(stage, "a")

    assert await replay(stage, "out-") == 0
    assert await replay(stage, "out-a") == 0


@pytest.mark.parametrize("on_doubt", list(OnDoubt))
async def test_operator_may_let_a_doubtful_send_come_once_more(
    stage: Stage, clock: FakeClock, on_doubt: OnDoubt
) -> None:
    """Whoever looks into the room knows better; it says that it may be a repeat."""
    unsafe = Stage(stage.database, clock, repeats_safely=False)
    await unsafe.spreads("a", "torget", urgency=Urgency.RED, on_doubt=on_doubt)
    for failure in (UnknownOutcome("lost"), PermanentFailure("not a member")):
        unsafe.bridge.fail_next = failure
        await unsafe.outbox.drain()
        await clock.sleep(60)
    await unsafe.outbox.drain()
    unsafe.bridge.fail_next = None
    assert (unsafe.bridge.shown, await unsafe.dead()) == ([], 1)

    await replay(unsafe)
    await unsafe.outbox.drain()

    (line,) = unsafe.seen_in("torget")
    assert "dubblett" in line


async def test_put_back_send_shows_what_is_true_now(stage: Stage) -> None:
    """The platform recognises the key and keeps what it has; that may be old."""
    await stage.spreads("a", "torget")
    stage.bridge.fail_after_next = UnknownOutcome("lost")
    await stage.outbox.drain()
    await stage.clock.sleep(60)
    stage.bridge.fail_next = PermanentFailure("not a member")
    await stage.outbox.drain()
    stage.says["a"] = "släckt"

    await replay(stage)
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["släckt"]


async def test_edit_that_a_newer_one_has_overtaken_is_put_back_as_one(stage: Stage) -> None:
    """Both show the same; two of a copy can't wait at once."""
    await stage.spreads("card", "torget")
    await stage.outbox.drain()
    for text in ("one", "two"):
        await stage.changes("card", text)
        stage.bridge.fail_next = PermanentFailure("not modified")
        await stage.outbox.drain()
    assert await stage.dead() == 2

    assert await replay(stage) == 1
    await stage.outbox.drain()
    assert stage.seen_in("torget") == ["two"]
    assert await stage.dead() == 0


async def test_older_one_alone_is_put_back_and_the_newer_one_with_it(stage: Stage) -> None:
    """One after the other, in any order, they are one."""
    await stage.spreads("card", "torget")
    await stage.outbox.drain()
    for text in ("one", "two"):
        await stage.changes("card", text)
        stage.bridge.fail_next = PermanentFailure("not modified")
        await stage.outbox.drain()

    assert await replay(stage, "out-2") == 1
    assert await replay(stage, "out-3") == 0
    await stage.outbox.drain()
    assert stage.seen_in("torget") == ["two"]
    assert await stage.dead() == 0


async def test_edit_is_put_back_behind_one_that_waits(stage: Stage) -> None:
    """What waits shows it all."""
    await stage.spreads("card", "torget")
    await stage.outbox.drain()
    await stage.changes("card", "one")
    stage.bridge.fail_next = PermanentFailure("not modified")
    await stage.outbox.drain()
    await stage.changes("card", "two")
    stage.bridge.fail_next = TemporaryFailure("down")
    await stage.outbox.drain()

    assert await replay(stage, "out-2") == 0
    await stage.clock.sleep(60)
    await stage.outbox.drain()
    assert stage.seen_in("torget") == ["two"]
    assert await stage.dead() == 0
