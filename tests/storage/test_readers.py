"""Views of what is committed, and the connections that stay open between them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StorageUnavailable
from bot.storage.readers import Readers
from bot.storage.sqlite import driver_of, open_engine

MOST = 2


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """An engine that opens no more connections than the readers may."""
    engine = open_engine(f"sqlite+aiosqlite:///{tmp_path}/a.db", connections=MOST)
    yield engine
    await engine.dispose()


@pytest.fixture
async def readers(engine: AsyncEngine) -> AsyncIterator[Readers]:
    """Readers that are closed at the end."""
    readers = Readers(engine, most=MOST)
    yield readers
    await readers.close()


async def test_view_after_view_uses_one_connection(readers: Readers):
    """To open one takes longer than most views last."""
    async with readers.view() as first:
        pass
    async with readers.view() as second:
        pass

    assert first is second


async def test_view_waits_for_its_place(readers: Readers):
    """It comes when another has ended."""
    async with readers.view():
        async with readers.view():
            third = asyncio.create_task(_look(readers))
            await asyncio.sleep(0)
            assert not third.done()
        assert await third == 1


async def test_connection_that_broke_is_replaced(readers: Readers):
    """One view hears of it, and the next does not."""
    async with readers.view() as broken:
        pass
    await driver_of(broken).close()
    with pytest.raises(StorageUnavailable):
        await _look(readers)

    assert [await _look(readers) for _ in range(MOST + 1)] == [1] * (MOST + 1)


async def test_bug_in_a_view_ends_only_that_view(readers: Readers):
    """Its connection has no transaction open and is used again."""
    with contextlib.suppress(LookupError):
        async with readers.view():
            raise LookupError

    assert await _look(readers) == 1


async def test_view_cancelled_while_it_begins_leaves_nothing_open(readers: Readers):
    """What it began in its thread would be in the way of whoever comes next."""
    async with readers.view() as first:
        driver = driver_of(first)
    driver._slow["BEGIN"] = 1
    begins = asyncio.create_task(_look(readers))
    await asyncio.sleep(0)
    begins.cancel()
    await asyncio.wait([begins])

    assert [await _look(readers) for _ in range(MOST + 1)] == [1] * (MOST + 1)


async def test_closed_readers_hold_no_connection(engine: AsyncEngine):
    """All of the engine's are free for others."""
    readers = Readers(engine, most=MOST)
    async with readers.view(), readers.view():
        pass
    await readers.close()

    async with engine.connect() as one, engine.connect() as other:
        assert one is not other


async def _look(readers: Readers) -> object:
    async with readers.view() as connection:
        return (await driver_of(connection).statement("SELECT 1", ())).rows[0][0]
