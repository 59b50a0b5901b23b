"""Which statements are done in the event loop, and which in the connection's thread."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.one_hop import AT_ONCE, SLOW_S, OneHopConnection
from tests.storage.files import locked

LOOP = threading.main_thread().ident


class Watched:
    """A connection that tells which thread each statement was done in."""

    def __init__(self, connection: OneHopConnection) -> None:
        self.connection = connection
        self.go_on = threading.Event()

    async def where(self, sql: str) -> bool:
        """Do a statement; return whether it was done in the loop."""
        threads: list[int] = []
        await self.connection.set_trace_callback(
            lambda _sql: threads.append(threading.get_ident())
        )
        await self.connection.statement(sql, ())
        return threads[-1] == LOOP

    def compute(self) -> int:
        """Keep a processor busy for longer than a quick statement does."""
        until = time.thread_time() + 2 * SLOW_S
        while time.thread_time() < until:
            pass
        return 1

    def stand_still(self) -> int:
        """Wait until it is let go on."""
        self.go_on.wait(10)
        return 1


@pytest.fixture
async def watched(tmp_path: Path) -> AsyncIterator[Watched]:
    """An open connection with functions that take their time."""
    connection = OneHopConnection(
        lambda: sqlite3.connect(tmp_path / "a.db", check_same_thread=False, isolation_level=None)
    )
    await connection
    found = Watched(connection)
    await connection.create_function("compute", 0, found.compute)
    await connection.create_function("stand_still", 0, found.stand_still)
    yield found
    found.go_on.set()
    await connection.close()


async def test_quick_statement_keeps_to_the_loop(watched: Watched):
    """It is done before the other thread would have woken up."""
    assert await watched.where("SELECT 1")


@pytest.mark.parametrize("sql", ["BEGIN IMMEDIATE", "PRAGMA user_version"])
async def test_what_may_wait_for_others_is_done_in_the_thread(sql: str, watched: Watched):
    """The disk or another process would hold the whole bot up."""
    assert not await watched.where(sql)


async def test_writing_begins_in_the_loop_where_nobody_else_writes(watched: Watched):
    """To look whether somebody does takes no time; the patience of all else stays as it was."""
    threads: list[int] = []
    await watched.connection.execute("PRAGMA busy_timeout=1234")
    await watched.connection.set_trace_callback(lambda _sql: threads.append(threading.get_ident()))
    await watched.connection.begin_writing(patience_ms=1234)

    assert set(threads) == {LOOP}
    assert watched.connection.in_transaction
    assert (await watched.connection.statement("PRAGMA busy_timeout", ())).rows == [(1234,)]


async def test_whoever_writes_elsewhere_is_waited_for_in_the_thread(
    watched: Watched, tmp_path: Path
):
    """The loop goes on meanwhile, as long as patience lasts."""
    await watched.connection.execute("PRAGMA busy_timeout=5000")
    with locked(tmp_path / "a.db"):
        beginning = asyncio.ensure_future(watched.connection.begin_writing(patience_ms=5000))
        for _ in range(3):
            await asyncio.sleep(0)
        assert not beginning.done()
    await beginning
    assert watched.connection.in_transaction


async def test_commit_is_done_in_the_thread(watched: Watched):
    """It waits until all is on disk."""
    await watched.where("BEGIN IMMEDIATE")

    assert not await watched.where("COMMIT")


async def test_what_was_slow_is_done_in_the_thread_from_then_on(watched: Watched):
    """Others are held up twice, for once may be chance; a hundred times later it is tried."""
    found = [await watched.where("SELECT compute()") for _ in range(103)]

    assert found == [True, True] + [False] * 100 + [True]


async def test_others_have_their_turn_among_many_statements(watched: Watched):
    """Whoever does a thousand in a row lets the loop breathe in between."""
    breaths = 0

    async def breathe() -> None:
        nonlocal breaths
        while True:
            await asyncio.sleep(0)
            breaths += 1

    breathing = asyncio.create_task(breathe())
    for _ in range(3 * AT_ONCE):
        await watched.connection.statement("SELECT 1", ())
    breathing.cancel()

    assert breaths >= 2


async def test_nothing_overtakes_what_a_cancelled_caller_has_left_behind(watched: Watched):
    """It is still going on over there, with the same connection."""
    sql = "SELECT stand_still()"
    watched.connection._slow[sql] = 1
    left = asyncio.create_task(watched.connection.statement(sql, ()))
    await asyncio.sleep(0)
    left.cancel()
    later = asyncio.create_task(watched.connection.statement("SELECT 1", ()))
    await asyncio.wait([left])
    await asyncio.sleep(0)
    assert not later.done()

    watched.go_on.set()
    assert (await later).rows == [(1,)]
