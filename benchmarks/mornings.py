"""How long it takes to give what was held over night to all whose quiet hours end together."""

import asyncio
import json
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from datetime import time as time_of_day
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.following import AREA
from benchmarks.town import installation_in
from bot.app import App, make_parts
from bot.clock import SystemClock
from bot.domain.alert_settings_json import alert_settings_to_json
from bot.domain.alerting import AlertSettings
from bot.domain.groups import Reach
from bot.domain.people import PersonId
from bot.domain.quiet_hours import QuietHours
from bot.domain.reports import Byline, Priority, Report, ReportId
from bot.domain.richtext import rich
from bot.ports.holdings import Pace

SLEEPERS = 100_000
ONE_IN_THREE = 3
"""For so many two reports wait, and one message tells of both; for the others it is one."""
_REPORTS = ("R2A", "R2B")
_EVENING, _MORNING = datetime(2026, 6, 1, 20, tzinfo=UTC), datetime(2026, 6, 2, 5, tzinfo=UTC)
_STORED = "%Y-%m-%d %H:%M:%S.000000"
_NIGHTS = AlertSettings(quiet=(QuietHours(begins=time_of_day(22), ends=time_of_day(7)),))


class MorningClock(SystemClock):
    """It is seven in Stockholm, and some seconds."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def now(self) -> datetime:
        """Return the time of that morning."""
        passed_s = time.monotonic() - self._began
        return datetime.fromtimestamp(_MORNING.timestamp() + 1 + passed_s, UTC)


async def morning_peak(people: int = SLEEPERS) -> list[Figure]:
    """Let many wake up at once, each with something that has waited."""
    with tempfile.TemporaryDirectory(prefix="grannbro-bench-") as folder:
        app = App(make_parts(installation_in(Path(folder)), MorningClock()), [])
        await app.open()
        await _report(app)
        _settle(Path(folder), people)
        watched = asyncio.create_task(_longest_wait_s(app))
        began, worked = time.perf_counter(), time.process_time()
        while _left(Path(folder)):
            await app.ticks.round(Pace.SOON)
        took_s, worked_s = time.perf_counter() - began, time.process_time() - worked
        watched.cancel()
        (waited_s,) = await asyncio.gather(watched)
        await app.close()
    return [
        Figure(
            what=f"what {people:,} wake up to at 07:00, all of it queued",
            value=took_s,
            unit="s",
            how="one report or two for each; next quiet time noted too; rounds back to back",
        ),
        Figure(what="the same, processor time alone", value=worked_s, unit="s", how="as above"),
        Figure(
            what="longest that somebody else waited to write meanwhile",
            value=waited_s * 1000,
            unit="ms",
            how="an empty transaction every 50 ms",
        ),
    ]


async def _longest_wait_s(app: App) -> float:
    longest = 0.0
    try:
        while True:
            await asyncio.sleep(0.05)
            began = time.perf_counter()
            async with app.parts.database.write():
                longest = max(longest, time.perf_counter() - began)
    except asyncio.CancelledError:
        return longest


async def _report(app: App) -> None:
    async with app.parts.database.write() as uow:
        for name in _REPORTS:
            report = Report(
                id=ReportId(name),
                area=AREA,
                group=None,
                reach=Reach.AREA,
                kind=None,
                priority=Priority.YELLOW,
                text=rich("glas på gångvägen"),
                author=PersonId("author"),
                byline=Byline(alias=1),
                created_at=_EVENING,
                touched_at=_EVENING,
            )
            await uow.reports.add(report)


def _settle(folder: Path, people: int) -> None:
    """Let them fall asleep, and something happen."""
    evening, morning = _EVENING.strftime(_STORED), _MORNING.strftime(_STORED)
    settings = json.dumps(alert_settings_to_json(_NIGHTS))
    with sqlite3.connect(folder / "grannbro.db") as store:
        store.executemany(
            "INSERT INTO people (id, language, language_source, created_at)"
            " VALUES (?, 'sv', 0, ?)",
            ((f"p{n:07}", evening) for n in range(people)),
        )
        store.executemany(
            "INSERT INTO identities (hash, platform, person_id, user_id)"
            " VALUES (?, 'telegram', ?, x'00')",
            ((f"h{n * 7919 % 10_000_019:08}", f"p{n:07}") for n in range(people)),
        )
        store.executemany(
            "INSERT INTO alert_settings (person_id, settings, red_breaks_quiet, has_digest,"
            " most_an_hour, also_in_private, paused_until, quiet_from, quiet_until)"
            " VALUES (?, ?, 1, 0, NULL, 0, NULL, ?, ?)",
            ((f"p{n:07}", settings, evening, morning) for n in range(people)),
        )
        store.executemany(
            "INSERT INTO held_alerts (person_id, subject_kind, subject_id, priority, held_at,"
            " because, due_at) VALUES (?, 'report', ?, 2, ?, 'quiet', ?)",
            ((person, report, evening, morning) for person, report in _held(people)),
        )


def _held(people: int) -> Iterator[tuple[str, str]]:
    for n in range(people):
        for report in _REPORTS[: 2 if n % ONE_IN_THREE == 0 else 1]:
            yield f"p{n:07}", report


def _left(folder: Path) -> int:
    """Count what still waits, and whose next quiet time is not known."""
    with sqlite3.connect(folder / "grannbro.db") as store:
        waiting = "SELECT count(*) FROM held_alerts WHERE digest_id IS NULL"
        ended = "SELECT count(*) FROM alert_settings WHERE quiet_until <= ?"
        held = store.execute(waiting).fetchone()[0]
        return int(held + store.execute(ended, (_MORNING.strftime(_STORED),)).fetchone()[0])
