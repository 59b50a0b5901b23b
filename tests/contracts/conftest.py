"""Every kind of bridge, each with a room and an account."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.bridges.web.client import WebBridge
from bot.bridges.web.platform import WebPlatform
from bot.domain.messages import Platform, RoomRef, UserRef
from bot.domain.web_chat import WebAccount, WebRoom
from bot.storage.database import Database
from bot.storage.media import SealedFiles
from tests.contracts.stands import Stand, Web, memory
from tests.town import AREAS, FakeClock


@pytest.fixture
async def web(folder: Path) -> AsyncIterator[Web]:
    """The web chat with one room and Anna in it."""
    clock = FakeClock()
    database = Database(
        f"sqlite+aiosqlite:///{folder}/grannbro.db",
        keys_url=f"sqlite+aiosqlite:///{folder}/keys.db",
        clock=clock,
    )
    await database.open()
    media = SealedFiles(folder / "media", database.vault)
    bridge = WebBridge(store=database, media=media, clock=clock)
    async with database.write() as uow:
        await uow.web_chat.put_room(WebRoom(id="torget", title="Torget"))
    await WebPlatform(bridge, AREAS).invite(WebAccount(id="anna", name="Anna"), ["torget"])
    yield Web(
        bridge=bridge,
        database=database,
        media=media,
        folder=folder,
        room=RoomRef(Platform.WEB, "torget"),
        user=UserRef(Platform.WEB, "anna"),
    )
    await database.close()


@pytest.fixture(params=["memory, safe", "memory, unsafe", "web"])
def stand(request: pytest.FixtureRequest) -> Stand:
    """Every kind of bridge, one after the other."""
    if request.param == "web":
        found: Web = request.getfixturevalue("web")
        return found
    return memory(repeats_safely=request.param == "memory, safe")
