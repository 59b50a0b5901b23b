"""Views of what is committed, on connections that stay open between them.

To take a connection out of SQLAlchemy's pool and put it back takes longer than most views last.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import StorageUnavailable
from bot.storage.sqlite import control, known_errors


class Readers:
    """The reading connections of a database: the one used last is used next.

    Args:
        engine: Opens connections; its pool must have as many besides those of others.
        most: How many may be open at once.
    """

    def __init__(self, engine: AsyncEngine, *, most: int) -> None:
        self._engine = engine
        self._places: asyncio.LifoQueue[AsyncConnection | None] = asyncio.LifoQueue()
        for _ in range(most):
            self._places.put_nowait(None)

    @asynccontextmanager
    async def view(self) -> AsyncIterator[AsyncConnection]:
        """Open a view of what is committed; it does not change while it is open.

        Raises:
            StorageUnavailable: The file is locked or gone.
        """
        idle, connection = await self._places.get(), None
        try:
            with known_errors():
                connection = await self._begin(idle)
                try:
                    yield connection
                finally:
                    await control(connection, "ROLLBACK")
        except StorageUnavailable:
            # Whatever is wrong with the file, the next view begins on a fresh connection.
            if connection is not None:
                await _let_go(connection)
            connection = None
            raise
        finally:
            self._places.put_nowait(connection)

    async def _begin(self, idle: AsyncConnection | None) -> AsyncConnection:
        connection = idle or await self._engine.connect()
        try:
            await control(connection, "BEGIN")
        except BaseException:
            # It may begin all the same, over there in its thread.
            await _let_go(connection)
            raise
        return connection

    async def close(self) -> None:
        """Let go of the connections that nobody uses."""
        idle = [self._places.get_nowait() for _ in range(self._places.qsize())]
        for connection in idle:
            self._places.put_nowait(None)
            if connection is not None:
                await _let_go(connection)


async def _let_go(connection: AsyncConnection) -> None:
    await connection.invalidate()
    await connection.close()
