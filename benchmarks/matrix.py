"""From platform to platform: what the bot adds to what both take by themselves."""

import asyncio
import contextlib
import itertools
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence

import aiohttp

from benchmarks.figures import Figure, percentile
from benchmarks.neighbours import LINE, PATIENCE_S, Neighbours, Watch, neighbours
from benchmarks.processes import resident_mb
from tests.chaos.hurry import PACE, Hurry
from tests.e2e.hurried import BEGAN_AT, beginning

LINES = int(os.environ.get("BENCH_MATRIX_LINES", "300"))
LINES_PER_S = 5
BARE_EVERY = 4
"""Every so many-th line goes over the bare bridge, too: a homeserver is slow enough with few."""
GROUPS = 20
"""So many that five lines a second are no more than each room on Telegram may take."""
AT_ONCE = 400
"""Lines of which the sustained throughput is measured."""
WRITERS = 4
SHARES = (("p50", 0.5, 10), ("p95", 0.95, None), ("p99", 0.99, 50))
Write = Callable[[int, str], Awaitable[object]]


async def matrix_relay() -> list[Figure]:
    """Relay lines both ways beside a bare bridge, then as many as go through."""
    async with neighbours(GROUPS) as town, aiohttp.ClientSession() as session:
        numbers = itertools.count()
        async with _running(town):
            # The first start makes the databases, with what no other start has to load.
            pass
        async with _running(town), _looking(town):
            figures = await _to_matrix(town, session, numbers)
            figures += await _to_telegram(town, session, numbers)
            memory_mb = resident_mb(town.program.pid)
        figures.append(
            Figure(
                what="memory on both platforms, after that",
                value=memory_mb,
                unit="MB",
                goal=200,
                how=f"{GROUPS} groups, resident set, not the first start",
            )
        )
        # The bot keeps Telegram's limits itself: its minutes pass faster.
        town.program.module = "tests.e2e.hurried"
        town.program.variables[BEGAN_AT] = beginning(Hurry())
        async with _running(town), _looking(town):
            figures += await _sustained(town, numbers)
    return figures


async def _to_matrix(
    town: Neighbours, session: aiohttp.ClientSession, numbers: Iterator[int]
) -> list[Figure]:
    relayed, bare, echoed = Watch(), Watch(), Watch()
    town.on_matrix = lambda room, text: (bare if room == town.bare.room else relayed).note(text)
    town.on_telegram = lambda _chat, text: echoed.note(text)
    async with _beside(town.carries_to_matrix(session), town.echoes(session)):
        for number in range(LINES):
            beside = ((town.bare.chat, bare), (town.echo, echoed)) if _is_beside(number) else ()
            for chat, watch in ((town.groups[number % GROUPS].chat, relayed), *beside):
                text = LINE.format(next(numbers))
                watch.expect(text)
                town.bo.writes(chat, text)
                await asyncio.sleep(_pause_s(besides=2))
        for watch in (relayed, bare, echoed):
            await watch.rest()
    how = "getUpdates, sendMessage, nothing else, in the same run"
    yardstick = _p50("yardstick: a line to a bare bot and back over the emulator", echoed, how)
    return [yardstick, *_added("Telegram to Matrix", relayed, bare)]


async def _to_telegram(
    town: Neighbours, session: aiohttp.ClientSession, numbers: Iterator[int]
) -> list[Figure]:
    relayed, bare, heard = Watch(), Watch(), Watch()
    town.on_matrix = lambda _room, text: heard.note(text)
    town.on_telegram = lambda chat, text: (bare if chat is town.bare.chat else relayed).note(text)
    async with _beside(town.carries_to_telegram(session)):
        for number in range(LINES):
            beside = ((town.bare.room, (bare, heard)),) if _is_beside(number) else ()
            for room, watches in ((town.groups[number % GROUPS].room, (relayed,)), *beside):
                text = LINE.format(next(numbers))
                for watch in watches:
                    watch.expect(text)
                began_s = time.perf_counter()
                await town.anna.writes(room, text)
                await asyncio.sleep(_pause_s(besides=1) - (time.perf_counter() - began_s))
        for watch in (relayed, bare, heard):
            await watch.rest()
    how = "PUT by one, /sync by another, in the same run"
    yardstick = _p50("yardstick: a line on Matrix from app to app", heard, how)
    return [yardstick, *_added("Matrix to Telegram", relayed, bare)]


async def _sustained(town: Neighbours, numbers: Iterator[int]) -> list[Figure]:
    """Measure how many go through in a second when more come than that."""

    async def write_on_telegram(number: int, text: str) -> None:
        town.bo.writes(town.groups[number % GROUPS].chat, text)

    async def write_on_matrix(number: int, text: str) -> None:
        await town.anna.writes(town.groups[number % GROUPS].room, text)

    async def write_bare(_number: int, text: str) -> None:
        await town.anna.writes(town.bare.room, text)

    figures = []
    for what, write, is_to_matrix in (
        ("yardstick: lines that Matrix alone takes and tells", write_bare, True),
        ("relay Telegram to Matrix, sustained", write_on_telegram, True),
        ("relay Matrix to Telegram, sustained", write_on_matrix, False),
    ):
        watch = _watch(town, is_to_matrix=is_to_matrix)
        began_s = time.perf_counter()
        await _write_all(write, watch, numbers)
        await watch.rest()
        rate = AT_ONCE / (time.perf_counter() - began_s)
        how = f"{AT_ONCE} lines over {GROUPS} groups, the bot's own limits {PACE:g} times as wide"
        figures.append(Figure(what=what, value=rate, unit="/s", how=how, more_is_better=True))
    return figures


def _watch(town: Neighbours, *, is_to_matrix: bool) -> Watch:
    """Look at one side alone: lines are noted where they are expected."""
    there, elsewhere = Watch(), Watch()
    matrix, telegram = (there, elsewhere) if is_to_matrix else (elsewhere, there)
    town.on_matrix = lambda _room, text: matrix.note(text)
    town.on_telegram = lambda _chat, text: telegram.note(text)
    return there


async def _write_all(write: Write, watch: Watch, numbers: Iterator[int]) -> None:
    async def some() -> None:
        for number in range(AT_ONCE // WRITERS):
            text = LINE.format(next(numbers))
            watch.expect(text)
            await write(number, text)

    async with asyncio.TaskGroup() as tasks:
        for _ in range(WRITERS):
            tasks.create_task(some())


def _is_beside(number: int) -> bool:
    return number % BARE_EVERY == 0


def _pause_s(*, besides: int) -> float:
    """Return how long each line has for itself: a bare one shall not wait behind a relayed one.

    Args:
        besides: How many others come with every so many-th line.
    """
    return 1 / LINES_PER_S / (1 + besides / BARE_EVERY)


def _added(way: str, relayed: Watch, bare: Watch) -> Sequence[Figure]:
    """Compare with a bridge that keeps nothing, asks nobody and does nothing twice."""
    how = f"{LINES} lines, {LINES_PER_S}/s over {GROUPS} groups"
    ours, theirs = list(relayed.took_s.values()), list(bare.took_s.values())
    figures = []
    for name, share, goal in SHARES:
        own_s = percentile(theirs, share)
        added_s = percentile(ours, share) - own_s
        figures += [
            Figure(
                what=f"yardstick: bare bridge {way}, {name}",
                value=own_s * 1000,
                unit="ms",
                how="both platforms' own round trips, in the same run",
            ),
            Figure(
                what=f"relay {way}, added latency, {name}",
                value=added_s * 1000,
                unit="ms",
                # Less than nothing is added by nobody: the machine was busy with something else.
                goal=goal if added_s >= 0 else None,
                how=f"{how}, less the bare bridge",
            ),
        ]
    return figures


def _p50(what: str, watch: Watch, how: str) -> Figure:
    took_s = percentile(list(watch.took_s.values()), 0.5)
    return Figure(what=f"{what}, p50", value=took_s * 1000, unit="ms", how=how)


@contextlib.asynccontextmanager
async def _running(town: Neighbours) -> AsyncIterator[None]:
    """Run the program, until it has come into its rooms at the least."""
    await town.program.start()
    try:
        for group in town.groups:
            await town.anna.sees(group.room, "Så här blir rummet klart", within_s=PATIENCE_S)
        yield
    finally:
        await town.program.stop()


@contextlib.asynccontextmanager
async def _looking(town: Neighbours) -> AsyncIterator[None]:
    async with _beside(town.look_on_matrix(), town.look_on_telegram()):
        yield


@contextlib.asynccontextmanager
async def _beside(*works: Awaitable[None]) -> AsyncIterator[None]:
    """Let things go on within the block."""

    async def do(work: Awaitable[None]) -> None:
        await work

    async with asyncio.TaskGroup() as tasks:
        begun = [tasks.create_task(do(work)) for work in works]
        yield
        for task in begun:
            task.cancel()
