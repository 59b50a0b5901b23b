"""From an accepted red report to the first send call, idle and behind a flood."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from benchmarks.figures import Figure, percentile
from benchmarks.town import BenchTown, bench_town

IDLE_REPORTS = 300
BUSY_REPORTS = 100
FLOOD = 100_000
START_S = 3.0
"""What is overdue is done right after the start; that is not what is measured here."""
SEND_S = 0.02
"""A platform's answer time under the flood."""


async def red_when_idle() -> list[Figure]:
    """Measure one report after the other."""
    async with bench_town() as town, _running(town):
        times = [await _one_red(town, n) for n in range(IDLE_REPORTS)]
    how = f"{IDLE_REPORTS} reports, one after the other, SQLite with full durability"
    return [
        Figure(
            what="red report to first send, idle, p50",
            value=percentile(times, 0.5) * 1000,
            unit="ms",
            goal=10,
            how=how,
        ),
        Figure(
            what="red report to first send, idle, p99",
            value=percentile(times, 0.99) * 1000,
            unit="ms",
            goal=50,
            how=how,
        ),
    ]


async def red_behind_greens() -> list[Figure]:
    """Measure while 100,000 green deliveries wait."""
    async with bench_town(followers=FLOOD) as town:
        town.bridge.takes_s = SEND_S
        planned_s = await _plan_flood(town)
        async with _running(town):
            times = [await _one_red(town, n) for n in range(BUSY_REPORTS)]
    how = f"{BUSY_REPORTS} reports; a send takes {SEND_S * 1000:.0f} ms, 8 at a time"
    return [
        Figure(
            what="red report to first send behind 100,000 greens, p50",
            value=percentile(times, 0.5) * 1000,
            unit="ms",
            how=how,
        ),
        Figure(
            what="red report to first send behind 100,000 greens, p99",
            value=percentile(times, 0.99) * 1000,
            unit="ms",
            goal=100,
            how=how,
        ),
        Figure(
            what="plan of one notice to 100,000 followers",
            value=planned_s,
            unit="s",
            goal=1,
            how="from accepted to all copies stored in one transaction",
        ),
    ]


async def _plan_flood(town: BenchTown) -> float:
    """Store a green notice for all followers, of another area than the reports'."""
    began = asyncio.get_running_loop().time()
    await town.tells_followers()
    return asyncio.get_running_loop().time() - began


async def _one_red(town: BenchTown, number: int) -> float:
    """Return the seconds from handing an update in to the first send of its card."""
    text = f"Rök ur fönster {number}"
    sent = asyncio.get_running_loop().create_future()

    def look(said: str) -> None:
        if text in said and not sent.done():
            sent.set_result(asyncio.get_running_loop().time())

    town.bridge.on_send = look
    began = asyncio.get_running_loop().time()
    await town.app.inbox.accept(town.line("author", f"/red {text}"))
    return float(await sent) - began


@contextlib.asynccontextmanager
async def _running(town: BenchTown) -> AsyncIterator[None]:
    """Run the bot beside what is measured."""
    async with asyncio.TaskGroup() as tasks:
        bot = tasks.create_task(town.app.run())
        await asyncio.sleep(START_S)
        yield
        bot.cancel()
