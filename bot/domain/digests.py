"""One message for what was not sent at once: when it comes, and what stands in it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import NewType
from zoneinfo import ZoneInfo

from bot.domain.people import PersonId
from bot.domain.quiet_hours import EVERY_DAY, Weekday
from bot.domain.wall_clock import day_of, instant

DigestId = NewType("DigestId", str)

_AHEAD_DAYS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestTimes:
    """At a local time, on some days of the week.

    Where the clock shows that time twice in a night it is the first; where it is put over it, it
    is when it is put.
    """

    at: time
    days: frozenset[Weekday] = EVERY_DAY

    def __post_init__(self) -> None:
        """See that there is a day."""
        if not self.days:
            raise ValueError("a digest needs a day")

    def next_after(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Return when the next one is due, UTC; never `now` itself."""
        today = day_of(now, zone)
        days = (today + timedelta(days=n) for n in range(-1, _AHEAD_DAYS))
        due = (instant(day, self.at, zone) for day in days if Weekday(day.weekday()) in self.days)
        return next(at for at in due if at > now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One message that tells of several alerts.

    Attributes:
        is_silent: It comes at a time that is otherwise quiet.
    """

    id: DigestId
    person: PersonId
    is_silent: bool
    made_at: datetime
