"""SQLite: how connections are set up, and one writer with group commit."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

import aiosqlite
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import StorageUnavailable
from bot.storage.one_hop import OneHopConnection

READERS = 4
BUSY_TIMEOUT_MS = 5_000
MAX_GROUP = 64
"""Transactions committed together at most: bounds how long the first waits for the last."""

_OUT_OF_REACH = (
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_READONLY",
    "SQLITE_CANTOPEN",
    "SQLITE_NOTADB",
    "SQLITE_CORRUPT",
)
"""What the disk or another process does to us; any other error is a bug."""

_SET_UP = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a committed report survives a power cut
    "PRAGMA secure_delete=ON",  # what is erased is overwritten
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-16000",
)


def open_engine(url: str, *, connections: int) -> AsyncEngine:
    """Open a database file; every connection is set up alike and begins nothing by itself."""
    path = make_url(url).database or ":memory:"

    async def connect() -> aiosqlite.Connection:
        return await OneHopConnection(partial(_open_file, path))

    engine = create_async_engine(
        url,
        async_creator=connect,
        isolation_level="AUTOCOMMIT",
        pool_size=connections,
        max_overflow=0,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _set_up(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        for pragma in _SET_UP:
            connection.execute(pragma).close()

    return engine


def _open_file(path: str) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False)


async def overwrite_erased(engine: AsyncEngine) -> bool:
    """Empty the write-ahead log into the file; False if a reader was in the way."""
    async with engine.connect() as connection:
        row = (await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")).one()
        return bool(row[0] == 0)


@dataclass
class _Group:
    """Transactions that will be on disk with the same sync."""

    members: int = 0
    committed: asyncio.Future[None] = field(default_factory=asyncio.Future)


class GroupWriter:
    """The one writing connection.

    Transactions run one after the other. Those that wait for their turn while one runs join its
    commit: one sync of the disk serves them all, and nobody is told "done" before it.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connection: AsyncConnection | None = None
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._group: _Group | None = None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """Run a block in a transaction; when it has ended without error, it is on disk.

        Raises:
            StorageUnavailable: The file is locked, full or gone; nothing was written.
        """
        group = await self._enter()
        connection = self._require()
        try:
            yield connection
        except BaseException as error:
            await _to_the_end(self._undo(group))
            raise known_error(error) from error
        await _to_the_end(self._leave(group))
        await asyncio.shield(group.committed)

    async def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def _enter(self) -> _Group:
        self._waiting += 1
        try:
            await self._turn.acquire()
        finally:
            self._waiting -= 1
        try:
            group = self._group or await self._begin()
            await self._sql("SAVEPOINT unit")
        except BaseException as error:
            self._turn.release()
            raise known_error(error) from error
        return group

    async def _begin(self) -> _Group:
        if self._connection is None:
            self._connection = await self._engine.connect()
        await self._sql("BEGIN IMMEDIATE")
        self._group = _Group()
        return self._group

    async def _leave(self, group: _Group) -> None:
        try:
            await self._sql("RELEASE unit")
            group.members += 1
            await self._commit_if_last(group)
        except DBAPIError as error:
            await self._fail(group, error)
        finally:
            self._turn.release()

    async def _undo(self, group: _Group) -> None:
        try:
            await self._sql("ROLLBACK TO unit")
            await self._sql("RELEASE unit")
            await self._commit_if_last(group)
        except DBAPIError as error:
            # A full disk ends the whole transaction, not only this part of it.
            await self._fail(group, error)
        finally:
            self._turn.release()

    async def _commit_if_last(self, group: _Group) -> None:
        if self._waiting and group.members < MAX_GROUP:
            return
        await self._sql("COMMIT")
        self._group = None
        group.committed.set_result(None)

    async def _fail(self, group: _Group, error: DBAPIError) -> None:
        self._group = None
        try:
            await self._sql("ROLLBACK")
        except DBAPIError:
            # SQLite has rolled back by itself; a fresh connection is the sure way on.
            await self.close()
        group.committed.set_exception(known_error(error))
        group.committed.exception()  # nobody may be waiting for it

    async def _sql(self, statement: str) -> None:
        await self._require().exec_driver_sql(statement)

    def _require(self) -> AsyncConnection:
        if self._connection is None:
            raise StorageUnavailable("the database connection is closed")
        return self._connection


def known_error(error: BaseException) -> BaseException:
    """Return StorageUnavailable for what the disk or a lock did; anything else as it is."""
    if isinstance(error, DBAPIError):
        code = getattr(error.orig, "sqlite_errorname", "")
        if code.startswith(_OUT_OF_REACH):
            return StorageUnavailable(f"{error.orig} ({code})")
    return error


async def _to_the_end(work: Coroutine[object, object, None]) -> None:
    """Finish a piece of work even if the caller is cancelled meanwhile."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise
