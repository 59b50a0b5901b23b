"""How many deliveries are performed and recorded in a second."""

import asyncio
import sqlite3
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.town import bench_town

FOLLOWERS = 20_000
COMMITS = 500


async def deliveries() -> list[Figure]:
    """Perform 20,000 queued deliveries as fast as they go, on both kinds of platform."""
    figures = [_yardstick()]
    for repeats_safely, kind in ((True, "same key delivers once"), (False, "no such key")):
        rate = await _rate(repeats_safely=repeats_safely)
        figures.append(
            Figure(
                what=f"deliveries recorded ({kind})",
                value=rate,
                unit="/s",
                goal=2000,
                more_is_better=True,
                how=f"{FOLLOWERS} private chats; written, sent to memory, outcome on disk",
            )
        )
    return figures


async def _rate(*, repeats_safely: bool) -> float:
    async with bench_town(followers=FOLLOWERS, repeats_safely=repeats_safely) as town:
        await town.tells_followers()
        loop = asyncio.get_running_loop()
        began = loop.time()
        await town.app.deliver(asyncio.sleep(0))
        return FOLLOWERS / (loop.time() - began)


def _yardstick() -> Figure:
    """Measure what the disk gives: commits one after the other, each synced."""
    with tempfile.TemporaryDirectory(prefix="grannbro-bench-") as folder:
        raw = sqlite3.connect(Path(folder) / "raw.db", isolation_level=None)
        raw.execute("PRAGMA journal_mode=WAL").close()
        raw.execute("PRAGMA synchronous=FULL").close()
        raw.execute("CREATE TABLE t (a INTEGER)").close()
        began = time.perf_counter()
        for number in range(COMMITS):
            raw.execute("BEGIN IMMEDIATE").close()
            raw.execute("INSERT INTO t VALUES (?)", (number,)).close()
            raw.execute("COMMIT").close()
        rate = COMMITS / (time.perf_counter() - began)
        raw.close()
    return Figure(
        what="yardstick: bare synced commits of this disk",
        value=rate,
        unit="/s",
        how=f"{COMMITS} single-row transactions, sqlite3 alone",
    )
