"""aiosqlite connections that cross to their thread once for each statement, or not at all.

SQLAlchemy asks for a cursor, executes, fetches and closes: four crossings, each slower than what
SQLite does with the statement. Here one crossing does all four, and a statement that is done
before its thread would have woken up does not cross: in the loop it keeps nobody waiting for
longer than the crossing would. What waits for the disk or a lock, or was slow of late, crosses.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import aiosqlite

from bot.errors import StorageUnavailable

SLOW_S, WAITED_S = 0.005, 0.1
"""What computes or waits for so long is done in the thread the next times.

On a busy machine a thread that computes is made to wait by others: that is not the statement's,
so what took long is looked at twice.
"""
_SLOW_TIMES = 100
_SLOW_REMEMBERED = 1_000
AT_ONCE = 32
"""So many statements are done in the loop one after the other before others have their turn."""
_WAITS = ("COMMIT", "BEGIN IMMEDIATE", "PRAGMA")
"""How statements begin that wait for the disk or for other processes."""

_BEGIN = "BEGIN"
_BEGIN_WAITING = "BEGIN IMMEDIATE"
_Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """All that a statement gave."""

    rows: list[_Row]
    description: Any
    rowcount: int
    lastrowid: int | None


class OneHopCursor:
    """A cursor whose rows are there as soon as it has executed."""

    def __init__(self, connection: "OneHopConnection") -> None:
        self._connection = connection
        self._finished = Finished([], None, -1, None)
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> Self:
        """Execute a statement and take all its rows."""
        self._finished = await self._connection.finish(_execute, sql, parameters or ())
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> Self:
        """Execute a statement for each set of parameters."""
        self._finished = await self._connection.finish(_execute_many, sql, parameters)
        return self

    async def fetchall(self) -> list[_Row]:
        """Return the rows."""
        return self._finished.rows

    async def close(self) -> None:
        """Nothing is open."""

    @property
    def description(self) -> Any:  # noqa: ANN401 - as the DB-API has it
        """What the columns are called."""
        return self._finished.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._finished.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The id of the row that was inserted last."""
        return self._finished.lastrowid


class OneHopConnection(aiosqlite.Connection):
    """A connection that makes such cursors."""

    def __init__(self, open_file: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(open_file, iter_chunk_size=64)
        self._thread.daemon = True
        self._stopped: asyncio.Future[object] | None = None
        # Each is counted in one thread alone.
        self._sent = self._ended = 0
        self._at_once = 0
        self._slow: dict[str, int] = {}
        self._suspects: set[str] = set()

    def stop(self) -> asyncio.Future[object] | None:
        """Let the thread end after what it has to do; remember when it has."""
        self._stopped = super().stop()
        return self._stopped

    async def _connect(self) -> aiosqlite.Connection:
        try:
            return await super()._connect()
        finally:
            # Where the file can't be opened the thread ends, and no later than its loop.
            if self._stopped is not None:
                await self._stopped

    def cursor(self) -> OneHopCursor:  # type: ignore[override]  # no crossing is needed for it
        """Return a cursor."""
        return OneHopCursor(self)

    async def finish(
        self,
        work: Callable[[sqlite3.Connection, str, Iterable[Any]], Finished],
        sql: str,
        parameters: Iterable[Any],
    ) -> Finished:
        """Do one piece of work: here if it is quick, else in the connection's thread."""
        if self._may_stay(sql):
            self._at_once += 1
            return self._here(work, sql, parameters)
        self._at_once = 0
        self._count_down(sql)
        self._sent += 1
        done: Finished = await self._execute(self._in_thread, work, sql, parameters)  # type: ignore[no-untyped-call]
        return done

    async def statement(self, sql: str, parameters: Sequence[Any]) -> Finished:
        """Execute a statement and take all its rows."""
        return await self.finish(_execute, sql, parameters)

    def _here(
        self,
        work: Callable[[sqlite3.Connection, str, Iterable[Any]], Finished],
        sql: str,
        parameters: Iterable[Any],
    ) -> Finished:
        """Do it in the loop and learn how long it takes.

        To ask for a thread's own time may take longer than the statement, so that is done only
        for what took long the last time.
        """
        computed_s = time.thread_time() if sql in self._suspects else None
        began_s = time.perf_counter()
        try:
            return work(self._conn, sql, parameters)
        finally:
            waited_s = time.perf_counter() - began_s
            if computed_s is not None:
                computed_s = time.thread_time() - computed_s
            self._judge(sql, waited_s=waited_s, computed_s=computed_s)

    def _judge(self, sql: str, *, waited_s: float, computed_s: float | None) -> None:
        if waited_s > WAITED_S or (computed_s or 0.0) > SLOW_S:
            self._suspects.discard(sql)
            self._note_slow(sql)
        elif waited_s <= SLOW_S:
            self._suspects.discard(sql)
        elif len(self._suspects) < _SLOW_REMEMBERED:
            self._suspects.add(sql)

    def _may_stay(self, sql: str) -> bool:
        # What was sent and given up by a cancelled caller may still be going on over there.
        if not self._running or self._sent != self._ended or self._at_once >= AT_ONCE:
            return False
        return sql not in self._slow and not sql.startswith(_WAITS)

    def _note_slow(self, sql: str) -> None:
        if len(self._slow) < _SLOW_REMEMBERED:
            self._slow[sql] = _SLOW_TIMES

    def _count_down(self, sql: str) -> None:
        """Let what was slow be tried here again after a while."""
        left = self._slow.pop(sql, 0)
        if left > 1:
            self._slow[sql] = left - 1

    def _in_thread(
        self,
        work: Callable[[sqlite3.Connection, str, Iterable[Any]], Finished],
        sql: str,
        parameters: Iterable[Any],
    ) -> Finished:
        try:
            return work(self._conn, sql, parameters)
        finally:
            self._ended += 1

    @property
    def is_open(self) -> bool:
        """Whether statements can be executed."""
        return self._connection is not None

    async def begin_writing(self, *, patience_ms: int) -> None:
        """Begin a transaction that writes: here if nobody else does, else wait in the thread.

        Args:
            patience_ms: How long others may be waited for, as the connection is set up.

        Raises:
            StorageUnavailable: The connection is closed.
        """
        if self.is_open and self._may_stay(_BEGIN) and self._begins_at_once(patience_ms):
            return
        await self.control(_BEGIN_WAITING)

    def _begins_at_once(self, patience_ms: int) -> bool:
        connection = self._conn
        connection.execute("PRAGMA busy_timeout=0").close()
        try:
            connection.execute(_BEGIN_WAITING).close()
        except sqlite3.OperationalError:
            # In the thread it shows whether that was a lock, or something worse.
            return False
        else:
            return True
        finally:
            connection.execute(f"PRAGMA busy_timeout={patience_ms:d}").close()

    async def control(self, sql: str) -> None:
        """Execute a statement that gives nothing.

        Raises:
            StorageUnavailable: The connection is closed.
        """
        if not self.is_open:
            raise StorageUnavailable("the database connection is closed")
        await self.finish(_execute, sql, ())


def _execute(connection: sqlite3.Connection, sql: str, parameters: Iterable[Any]) -> Finished:
    cursor = connection.execute(sql, _as_sequence(parameters))
    return _finish(cursor, cursor.fetchall())


def _execute_many(connection: sqlite3.Connection, sql: str, parameters: Iterable[Any]) -> Finished:
    return _finish(connection.executemany(sql, parameters), [])


def _finish(cursor: sqlite3.Cursor, rows: list[_Row]) -> Finished:
    finished = Finished(rows, cursor.description, cursor.rowcount, cursor.lastrowid)
    cursor.close()
    return finished


def _as_sequence(parameters: Iterable[Any]) -> Sequence[Any] | dict[str, Any]:
    return parameters if isinstance(parameters, dict | tuple | list) else tuple(parameters)
