"""One writer for a database: transactions that wait together are on disk with one sync."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import StorageUnavailable
from bot.storage import sqlite
from bot.storage.sqlite import as_unavailable, control, driver_of, known_errors

MAX_GROUP = 64
"""Transactions committed together at most: bounds how long the first waits for the last."""

_BROKEN = (SQLAlchemyError, sqlite3.Error, StorageUnavailable)
"""How a statement of the writer's own can fail."""

Ended = TypeVar("Ended")


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
            await driver_of(self._require()).begin_writing(patience_ms=sqlite.BUSY_TIMEOUT_MS)
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
        known = as_unavailable(error) or StorageUnavailable(f"nothing was written: {error}")
        group.committed.set_exception(known)
        group.committed.exception()  # nobody may be waiting for it

    async def _sql(self, statement: str) -> None:
        await control(self._require(), statement)

    def _require(self) -> AsyncConnection:
        if self._connection is None:
            raise StorageUnavailable("the database connection is closed")
        return self._connection


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
