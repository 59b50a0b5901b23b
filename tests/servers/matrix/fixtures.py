"""One homeserver for all tests of a worker, and people of each test's own."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.servers.matrix.people import People
from tests.servers.matrix.synapse import Synapse

ROOM_NEEDED_BYTES = 500_000_000
_IN_MEMORY = Path("/dev/shm")


def homeserver_folder() -> "tempfile.TemporaryDirectory[str]":
    """Make a folder for a homeserver, in memory where there is enough."""
    has_room = _IN_MEMORY.is_dir() and shutil.disk_usage(_IN_MEMORY).free > ROOM_NEEDED_BYTES
    return tempfile.TemporaryDirectory(prefix="synapse-", dir=_IN_MEMORY if has_room else None)


def _served(*, limited: bool = False) -> Iterator[Synapse]:
    with homeserver_folder() as folder:
        synapse = Synapse(Path(folder), limited=limited)
        synapse.start()
        try:
            yield synapse
        finally:
            synapse.stop()


@pytest.fixture(scope="session")
def synapse() -> Iterator[Synapse]:
    """A homeserver without limits, which all tests of this worker share."""
    yield from _served()


@pytest.fixture(scope="session")
def limited_synapse() -> Iterator[Synapse]:
    """A homeserver with Synapse's own limits, which all tests of this worker share."""
    yield from _served(limited=True)


@pytest.fixture
async def people(synapse: Synapse) -> AsyncIterator[People]:
    """People on the homeserver, whom no other test knows."""
    async with People(synapse) as found:
        yield found
