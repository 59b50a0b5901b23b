"""A bot's account on a real homeserver."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.database import Database
from bot.storage.media import SealedFiles
from tests.bridges.matrix.listening import Listening
from tests.servers.matrix.people import People
from tests.town import FakeClock


@pytest.fixture
async def media(folder: Path) -> AsyncIterator[SealedFiles]:
    """The bot's files."""
    database = Database(
        f"sqlite+aiosqlite:///{folder}/grannbro.db",
        keys_url=f"sqlite+aiosqlite:///{folder}/keys.db",
        clock=FakeClock(),
    )
    await database.open()
    yield SealedFiles(folder / "media", database.vault)
    await database.close()


@pytest.fixture
async def bot(folder: Path, people: People, media: SealedFiles) -> AsyncIterator[Listening]:
    """The bridge, not running yet."""
    account = await people.account("granne", is_limited=False)
    listening = Listening(people.synapse.url, account, folder, media)
    yield listening
    await listening.stops()
    await listening.bridge.close()
