"""When the clock on the wall shows a time, over the nights in which it is put.

Source: EU directive 2000/84/EC: at 01:00 UTC, forward on the last Sunday of March and back on that
of October. The zone's own data is asked, not this rule.
"""

from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

_SHARP = timedelta(seconds=1)


class Occurrence(Enum):
    """Which of the two, where the clock shows a time twice in a night."""

    FIRST = 0
    LAST = 1


def instant(
    day: date, at: time, zone: ZoneInfo, occurrence: Occurrence = Occurrence.FIRST
) -> datetime:
    """Return when the clock shows a time on a day, UTC.

    Where it is put forward over that time, this is when it is put.
    """
    wall = datetime.combine(day, at)
    times = [wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    earlier, later = min(times), max(times)
    if _shown(earlier, zone) == wall:
        return earlier if occurrence is Occurrence.FIRST else later
    while later - earlier > _SHARP:
        middle = earlier + (later - earlier) // 2
        earlier, later = (middle, later) if _shown(middle, zone) < wall else (earlier, middle)
    return later.replace(microsecond=0)


def day_of(now: datetime, zone: ZoneInfo) -> date:
    """Return the day that the calendar on the wall shows."""
    return now.astimezone(zone).date()


def _shown(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)
