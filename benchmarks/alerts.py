"""How long it takes to plan a report's alerts, and what that depends on."""

import asyncio
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.changes import Changes, Cost, cost_of_changes
from benchmarks.figures import Figure, percentile
from benchmarks.following import AREA, HERE, Crowd
from benchmarks.town import installation_in
from bot.app import App, make_parts
from bot.clock import SystemClock
from bot.domain.areas import AreaId
from bot.domain.copies import Subject, SubjectKind
from bot.domain.effects import Urgency
from bot.domain.groups import Reach
from bot.domain.kinds import Kind
from bot.domain.positions import cell_of
from bot.domain.reports import Priority
from bot.domain.routing import Spread
from bot.storage.alerts import PAGE

MILLION = 1_000_000
MANY, FEW = 100_000, 500
SIZES = (1_000, 10_000, 100_000, MILLION)
REPORTS = 5
"""How many are planned; the middle one counts."""


async def alert_plans() -> list[Figure]:
    """Plan for 100,000 of a million, and for the same few of ever more."""
    most = await _measured(Crowd(stored=MILLION, reached=MANY))
    tables = [(size, await _measured(Crowd(stored=size, reached=FEW))) for size in SIZES]
    costs = [figure for size, found in tables for figure in found.costs(size)]
    return [*most.figures(), *costs]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one crowd cost.

    Attributes:
        plan_s: From the begin of the transaction to its commit.
        processor_s: How much of that the processor worked for it.
        count_s: How long it takes to count them for the receipt.
        rest_s: Until all of them are in their lanes, page by page.
        longest_s: The longest of those pages: so long others may wait to write.
        heard: How many hear of it at once.
        memory_mb: The process that planned those reports, at its highest.
        changed_mb: The same once a report was changed and corrected.
        changes: What that cost.
    """

    plan_s: float
    processor_s: float
    count_s: float
    rest_s: float
    longest_s: float
    heard: int
    memory_mb: float
    changed_mb: float
    changes: Changes

    def costs(self, stored: int) -> list[Figure]:
        """Return what depends on nothing but how many are reached."""
        same = "the same reached, ever more stored"
        of = f"{FEW} of {stored:,} subscriptions"
        return [
            Figure(what=f"plan for {of}", value=self.plan_s * 1000, unit="ms", how=same),
            Figure(what=f"mark for {of}", value=self.changes.mark.change_ms, unit="ms", how=same),
            Figure(
                what=f"correction for {of}",
                value=self.changes.correction.change_ms,
                unit="ms",
                how=same,
            ),
            Figure(what=f"memory, {of}", value=self.changed_mb, unit="MB", how=same),
        ]

    def figures(self) -> list[Figure]:
        """Return them with their goals."""
        return [
            Figure(
                what=f"plan of a report to {MANY:,} of {MILLION:,} subscriptions",
                value=self.plan_s,
                unit="s",
                goal=1,
                how=f"areas and circles, a tenth with wishes; {self.heard:,} hear of it at once",
            ),
            Figure(
                what="the same, processor time alone",
                value=self.processor_s,
                unit="s",
                how="what is left when nothing else runs on the machine",
            ),
            Figure(
                what="count of them for the receipt",
                value=self.count_s,
                unit="s",
                how="before the plan, in the same transaction",
            ),
            Figure(
                what="until all of them are in their lanes",
                value=self.rest_s,
                unit="s",
                how=f"{PAGE} people in a transaction; others write in between",
            ),
            Figure(
                what="longest of these transactions",
                value=self.longest_s * 1000,
                unit="ms",
                how="so long others may wait to write",
            ),
            Figure(
                what="memory with 1,000,000 subscriptions stored",
                value=self.memory_mb,
                unit="MB",
                goal=350,
                how="resident set of a process that planned those reports, at its highest",
            ),
            *_of_change("mark on", self.changes.mark),
            *_of_change("correction of", self.changes.correction),
            Figure(
                what="memory after these changes",
                value=self.changed_mb,
                unit="MB",
                goal=350,
                how="the same process, at its highest",
            ),
        ]


def _of_change(what: str, cost: Cost) -> list[Figure]:
    return [
        Figure(
            what=f"{what} a report that 95 % of {MANY:,} have",
            value=cost.change_ms,
            unit="ms",
            goal=50,
            how="its own transaction; the rest follows page by page",
        ),
        Figure(what="until it is in all lanes", value=cost.rest_s, unit="s", how="page by page"),
        Figure(
            what="longest of these transactions",
            value=cost.longest_ms,
            unit="ms",
            how="so long others may wait to write",
        ),
    ]


async def _measured(crowd: Crowd) -> Measured:
    """Measure in a process of its own, for memory is a process's."""
    with tempfile.TemporaryDirectory(prefix="grannbro-bench-") as folder:
        async with _opened(Path(folder)):
            pass
        crowd.settle(Path(folder))
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.alerts", folder, stdout=asyncio.subprocess.PIPE
        )
        said, _ = await child.communicate()
    figures = json.loads(said)
    changes = {name: Cost(**cost) for name, cost in figures.pop("changes").items()}
    return Measured(**figures, changes=Changes(**changes))


@asynccontextmanager
async def _opened(folder: Path) -> AsyncIterator[App]:
    app = App(make_parts(installation_in(folder), SystemClock()), [])
    await app.open()
    try:
        yield app
    finally:
        await app.close()


async def _plan_in(folder: Path) -> None:
    """Plan some reports, look at all whom they concern, and say what the middle one took."""
    plans: list[tuple[float, float]] = []
    rests: list[tuple[float, float]] = []
    counts: list[float] = []
    async with _opened(folder) as app:
        for number in range(REPORTS):
            began = time.perf_counter()
            await _count(app)
            counts.append(time.perf_counter() - began)
            began, worked = time.perf_counter(), time.process_time()
            await _plan(app, f"R{number}")
            plans.append((time.perf_counter() - began, time.process_time() - worked))
            rests.append(await _go_on(app))
        memory_mb, heard = _highest_mb(), _heard(folder)
        changes = await cost_of_changes(app, folder, Subject(SubjectKind.REPORT, "R0"))
    plan_s, processor_s = (percentile(of, 0.5) for of in zip(*plans, strict=True))
    rest_s, longest_s = (percentile(of, 0.5) for of in zip(*rests, strict=True))
    measured = Measured(
        plan_s=plan_s,
        processor_s=processor_s,
        count_s=percentile(counts, 0.5),
        rest_s=rest_s,
        longest_s=longest_s,
        heard=heard,
        memory_mb=memory_mb,
        changed_mb=_highest_mb(),
        changes=changes,
    )
    print(json.dumps(asdict(measured)))


async def _go_on(app: App) -> tuple[float, float]:
    """Look at the rest of them; return how long it took, and the longest transaction."""
    began, longest_s, goes_on = time.perf_counter(), 0.0, True
    while goes_on:
        page_began = time.perf_counter()
        async with app.parts.database.write() as uow:
            goes_on = await uow.copies.go_on()
        longest_s = max(longest_s, time.perf_counter() - page_began)
    return time.perf_counter() - began, longest_s


async def _count(app: App) -> int:
    async with app.parts.database.read() as uow:
        return await uow.subscriptions.count(_spread())


def _heard(folder: Path) -> int:
    """Count who heard of the first at once."""
    with closing(sqlite3.connect(folder / "grannbro.db")) as store:
        return int(
            store.execute("SELECT count(*) FROM copies WHERE subject_id = 'R0'").fetchone()[0]
        )


async def _plan(app: App, name: str) -> int:
    async with app.parts.database.write() as uow:
        return await uow.copies.spread_to_followers(
            Subject(SubjectKind.REPORT, name), _spread(), urgency=Urgency.YELLOW
        )


def _spread() -> Spread:
    return Spread(
        chain=(AREA, AreaId("botkyrka"), AreaId("stockholm")),
        priority=Priority.YELLOW,
        reach=Reach.AREA,
        kind=Kind.FIRE,
        cell=cell_of(HERE),
    )


def _highest_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    asyncio.run(_plan_in(Path(sys.argv[1])))
