"""What stands between a bridge and the emulated service, and what the library is told."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.bridges.telegram.client import TelegramBridge, make_bot
from bot.bridges.telegram.library import set_up_library
from tests.bridges.telegram.stage import KeptFiles, NoEars, ServiceClock, Stage
from tests.bridges.telegram.way import Way, open_way
from tests.emulators.telegram import Emulator, Town
from tests.town import FakeClock


@pytest.fixture(autouse=True, scope="session")
def _library() -> None:
    """As the bridge does when it opens."""
    set_up_library()


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """An emulated Telegram; its waits take no time."""
    clock, files = FakeClock(), KeptFiles()
    async with Emulator(Town(ServiceClock(clock))) as emulator:
        account, anna = emulator.town.bot(), emulator.town.person("Anna")
        chat = emulator.town.supergroup("Torget", anna, account)
        anna.starts(account)
        bridge = TelegramBridge(
            bot=make_bot(account.token, clock=clock, api_base=emulator.url),
            ears=NoEars(),
            media=files,
            clock=clock,
        )
        await bridge.open()
        yield Stage(
            emulator=emulator,
            bridge=bridge,
            files=files,
            clock=clock,
            account=account,
            anna=anna,
            chat=chat,
        )
        await bridge.close()


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    """An empty Telegram on a free port, which goes by real time."""
    async with Emulator() as started:
        yield started


@pytest.fixture
async def way(folder: Path) -> AsyncIterator[Way]:
    """A group on Telegram and a room on Matrix that mirror each other."""
    async with open_way(folder) as way:
        yield way
