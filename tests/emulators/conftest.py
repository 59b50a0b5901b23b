"""An emulated Telegram for tests."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.emulators.asking import Asker
from tests.emulators.telegram import Emulator, Town
from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.clock import ManualClock
from tests.emulators.telegram.person import Person


@pytest.fixture
def clock() -> ManualClock:
    """Time that stands still."""
    return ManualClock()


@pytest.fixture
async def emulator(clock: ManualClock) -> AsyncIterator[Emulator]:
    """An empty Telegram on a free port."""
    async with Emulator(Town(clock=clock)) as started:
        yield started


@pytest.fixture
def town(emulator: Emulator) -> Town:
    """The world inside it."""
    return emulator.town


@pytest.fixture
def granne(town: Town) -> Bot:
    """A bot with privacy mode on, as bots are made."""
    return town.bot("granne_bot")


@pytest.fixture
def anna(town: Town) -> Person:
    """Owns the group."""
    return town.person("Anna")


@pytest.fixture
def bo(town: Town) -> Person:
    """Is a member."""
    return town.person("Bo")


@pytest.fixture
def group(town: Town, anna: Person, bo: Person, granne: Bot) -> Chat:
    """A supergroup with two people and the bot."""
    return town.supergroup("Alby", anna, bo, granne)


@pytest.fixture
async def ask(emulator: Emulator, granne: Bot) -> AsyncIterator[Asker]:
    """The bot's program."""
    async with aiohttp.ClientSession() as session:
        yield Asker(emulator, granne, session)
