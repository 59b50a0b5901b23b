"""The one writer: transactions that come together share one sync of the disk."""

import asyncio
import contextlib
import random
import sqlite3

import pytest

from bot.errors import StorageUnavailable
from bot.storage import group_writer
from tests.storage.files import Ledger, full_disk

PATIENCE_S = 5


class Refused(Exception):
    """Raised inside a transaction by these tests."""


async def soon(waiting: asyncio.Future[None] | asyncio.Task[None]) -> None:
    """Wait for something that must not take long."""
    async with asyncio.timeout(PATIENCE_S):
        await waiting


async def test_transactions_that_come_together_share_a_commit(ledger: Ledger) -> None:
    """A hundred reports at once cost a few syncs of the disk, not a hundred."""
    await asyncio.gather(*(ledger.write(f"word {n}") for n in range(100)))

    assert sorted(ledger.on_disk()) == sorted(f"word {n}" for n in range(100))
    assert len(ledger.commits) <= 100 // group_writer.MAX_GROUP + 1


async def test_lone_transaction_waits_for_nobody(ledger: Ledger) -> None:
    """One by one each has a commit of its own."""
    for word in ("a", "b", "c"):
        await ledger.write(word)
        assert ledger.on_disk()[-1] == word

    assert len(ledger.commits) == 3


async def test_nobody_is_told_done_before_it_is_on_disk(ledger: Ledger) -> None:
    """Whoever's block has ended can say so to people."""

    async def write_and_look(word: str) -> bool:
        await ledger.write(word)
        return word in ledger.on_disk()

    seen = await asyncio.gather(*(write_and_look(f"word {n}") for n in range(150)))

    assert all(seen)


async def test_one_that_raises_undoes_only_itself(ledger: Ledger) -> None:
    """Those that share its commit are written, and it leaves nothing behind."""

    async def refuse() -> None:
        async with ledger.writer.transaction() as connection:
            await connection.exec_driver_sql("INSERT INTO entry VALUES ('refused')")
            raise Refused

    ended = await asyncio.gather(
        ledger.write("before"), refuse(), ledger.write("after"), return_exceptions=True
    )

    assert isinstance(ended[1], Refused)
    assert ledger.on_disk() == ["before", "after"]


async def test_last_one_that_raises_lets_those_before_it_be_committed(ledger: Ledger) -> None:
    """A group is not left open because its last member gave up."""

    async def refuse() -> None:
        async with ledger.writer.transaction():
            raise Refused

    async with asyncio.timeout(PATIENCE_S):
        await asyncio.gather(ledger.write("before"), refuse(), return_exceptions=True)

    assert ledger.on_disk() == ["before"]


async def test_error_of_the_database_undoes_only_its_own_transaction(ledger: Ledger) -> None:
    """A broken rule of the table is a bug of one transaction, not of its neighbours."""
    ended = await asyncio.gather(
        ledger.write("same"), ledger.write("same"), ledger.write("other"), return_exceptions=True
    )

    assert [type(end) for end in ended].count(type(None)) == 2
    assert ledger.on_disk() == ["same", "other"]


async def test_one_cancelled_while_it_waits_leaves_nobody_hanging(ledger: Ledger) -> None:
    """Those who counted on it for their commit get one."""
    entered, may_end = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with ledger.writer.transaction() as connection:
            await connection.exec_driver_sql("INSERT INTO entry VALUES ('slow')")
            entered.set()
            await may_end.wait()

    first = asyncio.create_task(slow())
    await entered.wait()
    second = asyncio.create_task(ledger.write("never"))
    await asyncio.sleep(0)
    may_end.set()
    # Once the first has left its turn to the second, and before the second has taken it.
    while ledger.writer._turn.locked():  # noqa: ASYNC110 - a lock tells nobody
        await asyncio.sleep(0)
    second.cancel()
    await soon(first)

    with pytest.raises(asyncio.CancelledError):
        await second
    assert ledger.on_disk() == ["slow"]


async def test_one_cancelled_in_its_block_undoes_only_itself(ledger: Ledger) -> None:
    """A visitor who closes the page in the middle takes nobody else's words along."""
    entered = asyncio.Event()

    async def cancelled() -> None:
        async with ledger.writer.transaction() as connection:
            await connection.exec_driver_sql("INSERT INTO entry VALUES ('cancelled')")
            entered.set()
            await asyncio.sleep(PATIENCE_S)

    first = asyncio.create_task(cancelled())
    await entered.wait()
    others = asyncio.gather(ledger.write("a"), ledger.write("b"))
    await asyncio.sleep(0)
    first.cancel()
    async with asyncio.timeout(PATIENCE_S):
        await others

    assert ledger.on_disk() == ["a", "b"]


@pytest.mark.parametrize("steps", range(1, 40))
async def test_cancelled_at_any_moment_the_writer_goes_on(ledger: Ledger, steps: int) -> None:
    """Wherever it is cut off, it is written whole or not at all, and the next one is written."""

    async def pair() -> None:
        async with ledger.writer.transaction() as connection:
            await connection.exec_driver_sql("INSERT INTO entry VALUES ('left')")
            await connection.exec_driver_sql("INSERT INTO entry VALUES ('right')")

    cut = asyncio.create_task(pair())
    others = asyncio.gather(ledger.write("a"), ledger.write("b"))
    for _ in range(steps):
        await asyncio.sleep(0.0002)
    cut.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await cut
    async with asyncio.timeout(PATIENCE_S):
        await others
        await ledger.write("next")

    left_and_right = {"left", "right"}.intersection(ledger.on_disk())
    assert left_and_right in (set(), {"left", "right"})
    assert [word for word in ledger.on_disk() if word in {"a", "b", "next"}] == ["a", "b", "next"]


async def test_storm_of_cancelling_loses_and_halves_nothing(ledger: Ledger) -> None:
    """What ended well is there, what was cut off is whole or absent, and nobody hangs."""
    chance = random.Random(7)
    done: list[int] = []

    async def pair(number: int) -> None:
        async with ledger.writer.transaction() as connection:
            for side in ("left", "right"):
                await connection.exec_driver_sql(
                    "INSERT INTO entry VALUES (?)", (f"{side} {number}",)
                )
        done.append(number)

    tasks = [asyncio.create_task(pair(number)) for number in range(200)]
    for task in chance.sample(tasks, 120):
        await asyncio.sleep(0 if chance.random() < 0.7 else 0.0005)
        task.cancel()
        if chance.random() < 0.3:
            task.cancel()
    async with asyncio.timeout(PATIENCE_S):
        await asyncio.gather(*tasks, return_exceptions=True)
        await ledger.write("next")

    words = set(ledger.on_disk())
    whole = {n for n in range(200) if {f"left {n}", f"right {n}"} <= words}
    halved = {n for n in range(200) if (f"left {n}" in words) != (f"right {n}" in words)}
    assert set(done) <= whole
    assert not halved
    assert "next" in words


async def test_commit_that_fails_fails_all_who_counted_on_it(ledger: Ledger) -> None:
    """The disk is full when the group is to be written: nobody is told that it was."""
    wal = ledger.path.with_name("ledger.db-wal")
    with full_disk(from_bytes=wal.stat().st_size):
        ended = await asyncio.gather(
            *(ledger.write(f"word {n}") for n in range(5)), return_exceptions=True
        )

    assert [type(end) for end in ended] == [StorageUnavailable] * 5
    assert ledger.on_disk() == []
    await ledger.write("once there is room")
    assert ledger.on_disk() == ["once there is room"]


async def test_transaction_that_sqlite_has_ended_by_itself_fails_its_group(
    ledger: Ledger,
) -> None:
    """After some errors SQLite undoes everything: then nothing of the group counts as written."""

    async def undone() -> None:
        async with ledger.writer.transaction() as connection:
            await connection.exec_driver_sql("ROLLBACK")
            raise sqlite3.OperationalError("disk I/O error")

    async with asyncio.timeout(PATIENCE_S):
        ended = await asyncio.gather(
            ledger.write("a"), undone(), ledger.write("b"), return_exceptions=True
        )

    assert isinstance(ended[0], StorageUnavailable)
    assert ended[2] is None
    assert ledger.on_disk() == ["b"]


async def test_broken_connection_is_replaced(ledger: Ledger) -> None:
    """What breaks the writer's connection costs one transaction, not all that follow."""
    await ledger.write("before")
    connection = ledger.writer._connection
    assert connection is not None
    raw = await connection.get_raw_connection()
    assert raw.driver_connection is not None
    await raw.driver_connection.close()
    with pytest.raises(StorageUnavailable):
        await ledger.write("lost")

    await ledger.write("after")

    assert ledger.on_disk() == ["before", "after"]


async def test_closed_writer_opens_again(ledger: Ledger) -> None:
    """Closing lets go of the file and ends nothing for good."""
    await ledger.writer.close()
    await ledger.writer.close()

    await ledger.write("again")

    assert ledger.on_disk() == ["again"]


async def test_group_is_bounded(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first in a group does not wait for a crowd that never ends."""
    monkeypatch.setattr(group_writer, "MAX_GROUP", 4)

    await asyncio.gather(*(ledger.write(f"word {n}") for n in range(20)))

    assert len(ledger.commits) >= 5
