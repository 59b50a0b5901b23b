"""A database of its own for each test, and a bare file for the writer's."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.alerts import PAGE
from bot.storage.database import Database
from bot.storage.sqlite import open_engine
from tests.outbox.stage import Stage
from tests.storage.files import Ledger
from tests.town import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still."""
    return FakeClock()


@pytest.fixture
async def database(folder: Path, clock: FakeClock) -> AsyncIterator[Database]:
    """Open databases of this version."""
    found = database_in(folder, clock)
    await found.open()
    yield found
    await found.close()


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[Ledger]:
    """A bare file with one table and the group writer over it."""
    path = tmp_path / "ledger.db"
    engine = open_engine(f"sqlite+aiosqlite:///{path}", connections=2)
    made = Ledger(path, engine)
    async with made.writer.transaction() as connection:
        await connection.exec_driver_sql("CREATE TABLE entry (word TEXT NOT NULL UNIQUE)")
    made.commits.clear()
    yield made
    await made.writer.close()
    await engine.dispose()


def database_in(folder: Path, clock: FakeClock, *, alerts_at_once: int = PAGE) -> Database:
    """Describe the databases of a folder."""
    return Database(
        f"sqlite+aiosqlite:///{folder}/grannbro.db",
        keys_url=f"sqlite+aiosqlite:///{folder}/keys.db",
        clock=clock,
        alerts_at_once=alerts_at_once,
    )


@pytest.fixture
async def stage(database: Database, clock: FakeClock) -> Stage:
    """An outbox on a platform that repeats safely."""
    return Stage(database, clock, repeats_safely=True)
