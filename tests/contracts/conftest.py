"""Every kind of bridge, each with a room and an account."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.bridges.matrix.account import Credentials
from bot.bridges.matrix.invitations import Welcome
from bot.bridges.matrix.wiring import make_bridge
from bot.bridges.telegram.client import TelegramBridge, make_bot
from bot.bridges.web.client import WebBridge
from bot.bridges.web.platform import WebPlatform
from bot.clock import SystemClock
from bot.domain.messages import Platform, RoomRef, UserRef
from bot.domain.web_chat import WebAccount, WebRoom
from bot.storage.database import Database
from bot.storage.media import SealedFiles
from tests.bridges.telegram.stage import NoEars
from tests.contracts.stands import Matrix, Stand, Telegram, Web, memory
from tests.emulators.telegram import Emulator
from tests.servers.matrix.people import People
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


@pytest.fixture
async def telegram(folder: Path) -> AsyncIterator[Telegram]:
    """An emulated Telegram with one group, Anna and the bot in it."""
    clock = FakeClock()
    database = Database(
        f"sqlite+aiosqlite:///{folder}/grannbro.db",
        keys_url=f"sqlite+aiosqlite:///{folder}/keys.db",
        clock=clock,
    )
    await database.open()
    media = SealedFiles(folder / "media", database.vault)
    async with Emulator() as emulator:
        account, anna = emulator.town.bot(), emulator.town.person("Anna")
        group = emulator.town.supergroup("Torget", anna, account)
        anna.starts(account)
        anna.manages(group).promotes(account)
        bridge = TelegramBridge(
            bot=make_bot(account.token, clock=SystemClock(), api_base=emulator.url),
            ears=NoEars(),
            media=media,
            clock=SystemClock(),
        )
        await bridge.open()
        yield Telegram(bridge, emulator, account, anna, group, media)
        await bridge.close()
    await database.close()


@pytest.fixture
async def matrix(folder: Path, people: People) -> AsyncIterator[Matrix]:
    """A homeserver with one room of the newest version, Anna and the bot in it."""
    database = Database(
        f"sqlite+aiosqlite:///{folder}/grannbro.db",
        keys_url=f"sqlite+aiosqlite:///{folder}/keys.db",
        clock=FakeClock(),
    )
    await database.open()
    media = SealedFiles(folder / "media", database.vault)
    anna, account = await people.arrives("Anna"), await people.account("granne")
    bridge = make_bridge(
        Credentials(homeserver=people.synapse.url, user_id=account.id, password=account.password),
        data_dir=folder,
        media=media,
        clock=SystemClock(),
        welcome=Welcome(),
        secret=database.vault.secret,
    )
    await bridge.open()
    room = await anna.opens(invites=[account.id])
    await bridge.hearing.invitations.join(room, via=anna.id)
    yield Matrix(bridge, anna, room, media)
    await bridge.close()
    await database.close()


@pytest.fixture(
    params=[
        "memory, safe",
        "memory, unsafe",
        "web",
        "telegram",
        pytest.param("matrix", marks=pytest.mark.slow),
    ]
)
def stand(request: pytest.FixtureRequest) -> Stand:
    """Every kind of bridge, one after the other."""
    if request.param in {"web", "telegram", "matrix"}:
        found: Web | Telegram | Matrix = request.getfixturevalue(request.param)
        return found
    return memory(repeats_safely=request.param == "memory, safe")
