"""How much of files may be in memory at once."""

import asyncio

import pytest

from bot.bridges.loads import Load


async def _carry(load: Load, size_bytes: int, done: asyncio.Event, order: list[int]) -> None:
    async with load.carrying(size_bytes):
        order.append(size_bytes)
        await done.wait()


async def test_files_wait_until_there_is_room() -> None:
    """What fits goes on meanwhile."""
    load, order = Load(most_bytes=10), list[int]()
    ends = [asyncio.Event() for _ in range(3)]
    async with asyncio.TaskGroup() as tasks:
        for size, done in zip((7, 8, 3), ends, strict=True):
            tasks.create_task(_carry(load, size, done, order))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert order == [7, 3]
        for done in ends:
            done.set()

    assert order == [7, 3, 8]


async def test_what_is_larger_than_all_the_room_goes_alone() -> None:
    """It would never go otherwise."""
    load = Load(most_bytes=10)
    async with load.carrying(20):
        waits = asyncio.create_task(_carry(load, 1, asyncio.Event(), []))
        await asyncio.sleep(0)
        assert not waits.done()
    waits.cancel()


async def test_room_is_free_again_after_a_failure() -> None:
    """Or of somebody who gave up waiting."""
    load, order = Load(most_bytes=10), list[int]()
    with pytest.raises(ValueError, match="disk"):
        await _fail(load)
    async with asyncio.timeout(1), load.carrying(10):
        assert order == []
        waits = asyncio.create_task(_carry(load, 10, asyncio.Event(), order))
        await asyncio.sleep(0)
        waits.cancel()
        await asyncio.sleep(0)

    async with asyncio.timeout(1), load.carrying(10):
        assert order == []


async def _fail(load: Load) -> None:
    async with load.carrying(10):
        raise ValueError("disk")
