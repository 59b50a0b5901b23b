"""What the storage tests do to files behind the bot's back."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import AdaptedConnection, event
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.group_writer import GroupWriter
from bot.storage.one_hop import OneHopConnection


class Ledger:
    """One table behind a group writer, seen also by a connection of the test's own.

    Attributes:
        commits: One entry for each COMMIT that was asked for.
    """

    def __init__(self, path: Path, engine: AsyncEngine) -> None:
        self.path = path
        self.writer = GroupWriter(engine)
        self.commits: list[str] = []
        event.listen(engine.sync_engine, "connect", self._trace)

    async def write(self, word: str) -> None:
        """Write a word in a transaction of its own."""
        async with self.writer.transaction() as connection:
            await connection.exec_driver_sql("INSERT INTO entry VALUES (?)", (word,))

    def on_disk(self) -> list[str]:
        """Return the words that another process sees, in order."""
        with closing(sqlite3.connect(self.path)) as other:
            return [word for (word,) in other.execute("SELECT word FROM entry ORDER BY rowid")]

    def _trace(self, connection: AdaptedConnection, _entry: object) -> None:
        driver = connection.driver_connection
        assert isinstance(driver, OneHopConnection)
        driver._conn.set_trace_callback(self._count)

    def _count(self, statement: str) -> None:
        if statement == "COMMIT":
            self.commits.append(statement)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the write lock of a database, as another process might."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def full_disk(*, from_bytes: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size, as a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (from_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def every_byte_of(folder: Path) -> dict[str, bytes]:
    """Return the content of every file under a folder, by its path there."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
