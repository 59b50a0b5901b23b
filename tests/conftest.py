"""Fixtures that most tests want."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.storage.database import Database
from tests.town import ANNA, BO, CILLA, DAVID, EVA, POLICE, FakeClock, Town, make_town

pytest_plugins = ["tests.servers.matrix.fixtures"]
# The same examples on every machine: a red build is a bug, never a bad day.
settings.register_profile("deep", deadline=None, max_examples=200)
settings.register_profile("whole", deadline=None, derandomize=True, max_examples=30)
settings.register_profile("fast", deadline=None, derandomize=True, max_examples=20)
settings.load_profile("whole")

SERVERS = {"alby", "stage", "way", "emulator", "screen"}
"""Fixtures behind which something listens on a port."""
HOMESERVERS = {"synapse", "limited_synapse"}
"""Fixtures behind which a homeserver is started."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out of the fast tests whatever talks to a server, an emulated one too."""
    for item in items:
        served = SERVERS.intersection(getattr(item, "fixturenames", ()))
        started = HOMESERVERS.intersection(getattr(item, "fixturenames", ()))
        if started or ("tests/bridges/telegram" in str(item.path) and served):
            item.add_marker(pytest.mark.slow)


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a set the same in every process that shares the tests."""
    return ",".join(sorted(map(str, val))) if isinstance(val, set | frozenset) else None


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with fresh databases of this version, to be copied."""
    folder = tmp_path_factory.mktemp("migrated")

    async def make() -> None:
        database = Database(
            f"sqlite+aiosqlite:///{folder}/grannbro.db",
            keys_url=f"sqlite+aiosqlite:///{folder}/keys.db",
            clock=FakeClock(),
        )
        await database.open()
        await database.close()

    asyncio.run(make())
    return folder


@pytest.fixture
def folder(migrated: Path, tmp_path: Path) -> Path:
    """A data folder of its own."""
    data = tmp_path / "data"
    shutil.copytree(migrated, data)
    return data


@pytest.fixture
async def empty_town(folder: Path) -> AsyncIterator[Town]:
    """A wired bot that nobody has talked to."""
    town = make_town(folder)
    await town.app.open()
    yield town
    await town.app.close()


@pytest.fixture
async def town(empty_town: Town) -> Town:
    """A wired bot whose people have all said yes to it."""
    await empty_town.agrees(ANNA, BO, CILLA, DAVID, EVA, POLICE)
    return empty_town
