"""How long a mark and a correction take on a report that many have."""

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from benchmarks.figures import percentile
from bot.app import App
from bot.domain.copies import Subject, SubjectKind
from bot.domain.effects import Urgency
from bot.ports.store import UnitOfWork

ROUNDS = 3
"""How often each is measured; the middle one counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a change cost.

    Attributes:
        change_ms: Its own transaction, as long as somebody waits for an answer.
        rest_s: Until it is in all lanes.
        longest_ms: The longest transaction of the rest: so long others may wait to write.
    """

    change_ms: float
    rest_s: float
    longest_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a mark and a correction cost."""

    mark: Cost
    correction: Cost


async def cost_of_changes(app: App, folder: Path, report: Subject) -> Changes:
    """Change a report that all have got, and correct it."""
    marks, corrections = [], []
    for number in range(ROUNDS):
        _arrive(folder)
        marks.append(await _measured(app, report, None))
        _arrive(folder)
        news = Subject(SubjectKind.NOTE, f"news{number}")
        corrections.append(await _measured(app, report, news))
    return Changes(mark=_middle(marks), correction=_middle(corrections))


async def _measured(app: App, report: Subject, news: Subject | None) -> Cost:
    began = time.perf_counter()
    async with app.parts.database.write() as uow:
        await _change(uow, report, news)
    change_s = time.perf_counter() - began
    began, longest_s, goes_on = time.perf_counter(), 0.0, True
    while goes_on:
        page_began = time.perf_counter()
        async with app.parts.database.write() as uow:
            goes_on = await uow.copies.go_on()
        longest_s = max(longest_s, time.perf_counter() - page_began)
    rest_s = time.perf_counter() - began
    return Cost(change_ms=change_s * 1000, rest_s=rest_s, longest_ms=longest_s * 1000)


async def _change(uow: UnitOfWork, report: Subject, news: Subject | None) -> None:
    if news is None:
        await uow.copies.refresh(report, urgency=Urgency.LATER, after=timedelta(0))
    else:
        await uow.copies.follow_up(news, report, urgency=Urgency.YELLOW)


def _middle(costs: list[Cost]) -> Cost:
    return Cost(
        change_ms=percentile([cost.change_ms for cost in costs], 0.5),
        rest_s=percentile([cost.rest_s for cost in costs], 0.5),
        longest_ms=percentile([cost.longest_ms for cost in costs], 0.5),
    )


def _arrive(folder: Path) -> None:
    """Let all that waits have arrived."""
    with closing(sqlite3.connect(folder / "grannbro.db")) as store, store:
        store.execute("DELETE FROM effects")
        store.execute("UPDATE copies SET state = 'shown', message_ids = '[\"1\"]'")
