"""How hard the properties are tried here, and what the library is told."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import settings

from bot.bridges.telegram.library import set_up_library
from tests.emulators.telegram import Emulator

# The same examples on every machine: a red build is a bug, never a bad day.
settings.register_profile("telegram", deadline=None, derandomize=True, max_examples=150)
settings.load_profile("telegram")


@pytest.fixture(autouse=True, scope="session")
def _library() -> None:
    """As the bridge does when it opens."""
    set_up_library()


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    """An empty Telegram on a free port."""
    async with Emulator() as started:
        yield started
