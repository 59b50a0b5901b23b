"""SQLite: how connections are set up, and what their errors mean."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Iterator
from functools import partial
from typing import cast

import aiosqlite
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import StorageUnavailable
from bot.storage.one_hop import OneHopConnection

READERS = 4
BUSY_TIMEOUT_MS = 5_000

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


@contextlib.contextmanager
def known_errors() -> Iterator[None]:
    """Let what the disk or a lock does in a block be StorageUnavailable."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        known = as_unavailable(error)
        if known is None:
            raise
        raise known from error


def as_unavailable(error: Exception) -> StorageUnavailable | None:
    """Return what an error means if the disk or a lock caused it; None if it is a bug."""
    if isinstance(error, StorageUnavailable):
        return error
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorname", "")
    is_cut_off = isinstance(error, DBAPIError) and error.connection_invalidated
    if is_cut_off or code.startswith(_OUT_OF_REACH):
        return StorageUnavailable(f"{cause} ({code or 'closed'})")
    return None
