"""aiosqlite connections that cross to their thread once for each statement.

SQLAlchemy asks for a cursor, executes, fetches and closes: four crossings, each slower than what
SQLite does with the statement. Here one crossing does all four.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import aiosqlite

from bot.errors import StorageUnavailable

_Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Finished:
    """All that a statement gave."""

    rows: list[_Row]
    description: Any
    rowcount: int
    lastrowid: int | None


class OneHopCursor:
    """A cursor whose rows are there as soon as it has executed."""

    def __init__(self, connection: "OneHopConnection") -> None:
        self._connection = connection
        self._finished = _Finished([], None, -1, None)
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
        work: Callable[[sqlite3.Connection, str, Iterable[Any]], _Finished],
        sql: str,
        parameters: Iterable[Any],
    ) -> _Finished:
        """Do one piece of work in the connection's thread."""
        done: _Finished = await self._execute(work, self._conn, sql, parameters)  # type: ignore[no-untyped-call]
        return done

    @property
    def is_open(self) -> bool:
        """Whether statements can be executed."""
        return self._connection is not None

    async def control(self, sql: str) -> None:
        """Execute a statement that gives nothing.

        Raises:
            StorageUnavailable: The connection is closed.
        """
        if not self.is_open:
            raise StorageUnavailable("the database connection is closed")
        await self.finish(_execute, sql, ())


def _execute(connection: sqlite3.Connection, sql: str, parameters: Iterable[Any]) -> _Finished:
    cursor = connection.execute(sql, _as_sequence(parameters))
    return _finish(cursor, cursor.fetchall())


def _execute_many(
    connection: sqlite3.Connection, sql: str, parameters: Iterable[Any]
) -> _Finished:
    return _finish(connection.executemany(sql, parameters), [])


def _finish(cursor: sqlite3.Cursor, rows: list[_Row]) -> _Finished:
    finished = _Finished(rows, cursor.description, cursor.rowcount, cursor.lastrowid)
    cursor.close()
    return finished


def _as_sequence(parameters: Iterable[Any]) -> Sequence[Any] | dict[str, Any]:
    return parameters if isinstance(parameters, dict | tuple | list) else tuple(parameters)
