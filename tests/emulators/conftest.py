"""An emulated Telegram for tests."""

from collections.abc import AsyncIterator

import pytest

from tests.emulators.telegram import Emulator, Town


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    """An empty Telegram on a free port."""
    async with Emulator() as started:
        yield started


@pytest.fixture
def town(emulator: Emulator) -> Town:
    """The world inside it."""
    return emulator.town
