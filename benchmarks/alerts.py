"""How long it takes to plan a report's alerts, and what that depends on."""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

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

MILLION = 1_000_000
MANY, FEW = 100_000, 500
SIZES = (1_000, 10_000, 100_000, MILLION)
REPORTS = 5
"""How many are planned; the middle one counts."""


async def alert_plans() -> list[Figure]:
    """Plan for 100,000 of a million, and for the same few of ever more."""
    most = await _measured(Crowd(stored=MILLION, reached=MANY))
    tables = [(size, await _measured(Crowd(stored=size, reached=FEW))) for size in SIZES]
    costs = [
        Figure(
            what=f"plan for {FEW} of {size:,} subscriptions",
            value=found.plan_s * 1000,
            unit="ms",
            how="the same reached, ever more stored",
        )
        for size, found in tables
    ]
    return [*most.figures(), *costs]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one crowd cost.

    Attributes:
        plan_s: From the begin of the transaction to its commit.
        processor_s: How much of that the processor worked for it.
        heard: How many hear of it at once.
        memory_mb: The process at its highest.
    """

    plan_s: float
    processor_s: float
    heard: int
    memory_mb: float

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
                what="memory with 1,000,000 subscriptions stored",
                value=self.memory_mb,
                unit="MB",
                goal=350,
                how="resident set of a process that planned those reports, at its highest",
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
    heard, memory_mb, plan_s, processor_s = map(float, said.split())
    return Measured(plan_s=plan_s, processor_s=processor_s, heard=int(heard), memory_mb=memory_mb)


@asynccontextmanager
async def _opened(folder: Path) -> AsyncIterator[App]:
    app = App(make_parts(installation_in(folder), SystemClock()), [])
    await app.open()
    try:
        yield app
    finally:
        await app.close()


async def _plan_in(folder: Path) -> None:
    """Plan some reports; say how many heard, how much memory it took, how long the middle."""
    times: list[tuple[float, float]] = []
    heard = 0
    async with _opened(folder) as app:
        for number in range(REPORTS):
            began, worked = time.perf_counter(), time.process_time()
            heard = await _plan(app, f"R{number}")
            times.append((time.perf_counter() - began, time.process_time() - worked))
    print(heard, _highest_mb(), *(percentile(of, 0.5) for of in zip(*times, strict=True)))


async def _plan(app: App, name: str) -> int:
    spread = Spread(
        chain=(AREA, AreaId("botkyrka"), AreaId("stockholm")),
        priority=Priority.YELLOW,
        reach=Reach.AREA,
        kind=Kind.FIRE,
        cell=cell_of(HERE),
    )
    async with app.parts.database.write() as uow:
        return await uow.copies.spread_to_followers(
            Subject(SubjectKind.REPORT, name), spread, urgency=Urgency.YELLOW
        )


def _highest_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    asyncio.run(_plan_in(Path(sys.argv[1])))
