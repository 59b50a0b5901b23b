"""SQLite: how connections are set up, and one writer with group commit."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar, cast

import aiosqlite
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
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

_BROKEN = (SQLAlchemyError, sqlite3.Error, StorageUnavailable)
"""How a statement of the writer's own can fail."""

_SET_UP = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a committed report survives a power cut
    "PRAGMA secure_delete=ON",  # what is erased is overwritten
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-16000",
)

Ended = TypeVar("Ended")


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
        # Whoever takes a connection ends what they have begun.
        pool_reset_on_return=None,
        hide_parameters=True,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _set_up(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        for pragma in (*_SET_UP, f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}"):
            connection.execute(pragma).close()

    @event.listens_for(engine.sync_engine, "handle_error")
    def _outlive_cancelling(context: ExceptionContext) -> None:
        # The statement ends in its thread before the next one begins: the connection is sound.
        if isinstance(context.original_exception, asyncio.CancelledError):
            context.is_disconnect = False

    return engine


def _open_file(path: str) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False)


async def control(connection: AsyncConnection, statement: str) -> None:
    """Run what has no parameters and gives no rows: nothing for SQLAlchemy to do."""
    await driver_of(connection).control(statement)


def driver_of(connection: AsyncConnection) -> OneHopConnection:
    """Return what executes statements as they are.

    Raises:
        StorageUnavailable: The connection is closed.
    """
    opened = connection.sync_connection
    if opened is None or opened.closed or opened.invalidated:
        raise StorageUnavailable("the database connection is closed")
    return cast(OneHopConnection, opened.connection.driver_connection)


async def overwrite_erased(engine: AsyncEngine) -> bool:
    """Empty the write-ahead log into the file; False if a reader was in the way."""
    async with engine.connect() as connection:
        row = (await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")).one()
        return bool(row[0] == 0)


@dataclass
class _Group:
    """Transactions that will be on disk with the same sync.

    The first needs no savepoint: until it ends there is nobody else whose work could be kept.
    """

    members: int = 0
    committed: asyncio.Future[None] = field(default_factory=asyncio.Future)


class GroupWriter:
    """The one writing connection.

    Transactions run one after the other. Those that wait for their turn while one runs join its
    commit: one sync of the disk serves them all, and nobody is told "done" before it. Whatever
    happens to one of them, the others are committed without it, or all are told that they failed.
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
        with known_errors():
            group = await self._enter()
            try:
                yield self._require()
            except BaseException:
                await _to_the_end(self._undo(group))
                raise
        await _to_the_end(self._leave(group))
        await asyncio.shield(group.committed)

    async def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            if not driver_of(connection).is_open:
                await connection.invalidate()
            await connection.close()

    async def _enter(self) -> _Group:
        await self._take_turn()
        try:
            return await _to_the_end(self._join())
        except BaseException:
            await _to_the_end(self._give_way())
            raise

    async def _take_turn(self) -> None:
        self._waiting += 1
        try:
            await self._turn.acquire()
        except asyncio.CancelledError:
            self._waiting -= 1
            await _to_the_end(self._commit_abandoned())
            raise
        self._waiting -= 1

    async def _join(self) -> _Group:
        if self._group is None:
            return await self._begin()
        await self._sql("SAVEPOINT unit")
        return self._group

    async def _begin(self) -> _Group:
        if self._connection is None:
            self._connection = await self._engine.connect()
        try:
            await self._sql("BEGIN IMMEDIATE")
        except BaseException:
            await self.close()
            raise
        self._group = _Group()
        return self._group

    async def _give_way(self) -> None:
        """Leave a turn that came to nothing; whoever is in the group still wants it on disk."""
        if self._group is None:
            self._turn.release()
        else:
            await self._undo(self._group)

    async def _commit_abandoned(self) -> None:
        """Commit for those who left it to one that was cancelled before its turn."""
        if self._group is None or self._waiting or self._turn.locked():
            return
        async with self._turn:
            group = self._group
            try:
                await self._commit_if_last(group)
            except _BROKEN as error:
                await self._fail(group, error)

    async def _leave(self, group: _Group) -> None:
        try:
            if group.members:
                await self._sql("RELEASE unit")
            group.members += 1
            await self._commit_if_last(group)
        except _BROKEN as error:
            await self._fail(group, error)
        finally:
            self._turn.release()

    async def _undo(self, group: _Group) -> None:
        try:
            if group.members:
                await self._sql("ROLLBACK TO unit")
                await self._sql("RELEASE unit")
                await self._commit_if_last(group)
            else:
                self._group = None
                await self._sql("ROLLBACK")
        except _BROKEN as error:
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

    async def _fail(self, group: _Group, error: Exception) -> None:
        """Tell all in a group that nothing was written; begin the next on a fresh connection."""
        self._group = None
        # SQLite may have rolled back by itself.
        with contextlib.suppress(*_BROKEN):
            await self._sql("ROLLBACK")
        await self.close()
        known = _known(error) or StorageUnavailable(f"nothing was written: {error}")
        group.committed.set_exception(known)
        group.committed.exception()  # nobody may be waiting for it

    async def _sql(self, statement: str) -> None:
        await control(self._require(), statement)

    def _require(self) -> AsyncConnection:
        if self._connection is None:
            raise StorageUnavailable("the database connection is closed")
        return self._connection


@contextlib.contextmanager
def known_errors() -> Iterator[None]:
    """Let what the disk or a lock does in a block be StorageUnavailable."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        known = _known(error)
        if known is None:
            raise
        raise known from error


def _known(error: Exception) -> StorageUnavailable | None:
    if isinstance(error, StorageUnavailable):
        return error
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorname", "")
    is_cut_off = isinstance(error, DBAPIError) and error.connection_invalidated
    if is_cut_off or code.startswith(_OUT_OF_REACH):
        return StorageUnavailable(f"{cause} ({code or 'closed'})")
    return None


async def _to_the_end(work: Coroutine[object, object, Ended]) -> Ended:
    """Finish a piece of work even if the caller is cancelled meanwhile."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        task.exception()  # the caller hears of the cancelling instead
        raise cancelled
    return task.result()
