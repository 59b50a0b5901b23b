"""Stages on a platform that repeats safely, and on one that does not."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.outbox.stage import QuickClock, Stage, stage_in


@pytest.fixture
async def safe(folder: Path) -> AsyncIterator[Stage]:
    """The same key twice shows one message, as on Matrix and in the web chat."""
    stage = stage_in(folder, QuickClock(), repeats_safely=True)
    await stage.database.open()
    yield stage
    await stage.database.close()


@pytest.fixture
async def unsafe(folder: Path) -> AsyncIterator[Stage]:
    """Each send shows a message, as on Telegram."""
    stage = stage_in(folder, QuickClock(), repeats_safely=False)
    await stage.database.open()
    yield stage
    await stage.database.close()


@pytest.fixture(params=[True, False], ids=["repeats-safely", "does-not"])
async def stage(request: pytest.FixtureRequest, folder: Path) -> AsyncIterator[Stage]:
    """Both, one after the other."""
    stage = stage_in(folder, QuickClock(), repeats_safely=request.param)
    await stage.database.open()
    yield stage
    await stage.database.close()
