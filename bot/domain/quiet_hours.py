"""Hours in which somebody wants to hear no sound."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain.wall_clock import Occurrence, day_of, instant


class Weekday(IntEnum):
    """A day of the week, as `date.weekday` numbers it."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


EVERY_DAY = frozenset(Weekday)
WORKDAYS = frozenset(day for day in Weekday if day < Weekday.SATURDAY)
WEEKEND = EVERY_DAY - WORKDAYS
_LOOKS_AHEAD_DAYS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From a time to another, local, on the days on which they begin.

    Where the end is not after the beginning it is on the next day; at the same time they last
    for a day. While the clock shows the last hour twice, both are quiet.
    """

    begins: time
    ends: time
    days: frozenset[Weekday] = EVERY_DAY

    @property
    def is_over_midnight(self) -> bool:
        """Whether they end on the day after that on which they begin."""
        return self.ends <= self.begins


@dataclass(frozen=True, slots=True)
class Span:
    """A time from `begins` to before `ends`, both UTC."""

    begins: datetime
    ends: datetime


def quiet_span(hours: Sequence[QuietHours], now: datetime, zone: ZoneInfo) -> Span | None:
    """Return the quiet time that lasts now or comes next; None if none comes within a week.

    What follows without a break is one: weekday nights and weekend nights, and all days.
    """
    spans = _spans_around(tuple(hours), day_of(now, zone), zone)
    return next((span for span in spans if span.ends > now), None)


def is_quiet(hours: Sequence[QuietHours], now: datetime, zone: ZoneInfo) -> bool:
    """Whether no sound shall be made now."""
    span = quiet_span(hours, now, zone)
    return span is not None and span.begins <= now


def is_endless(hours: Sequence[QuietHours], now: datetime, zone: ZoneInfo) -> bool:
    """Whether it is quiet at all hours of all days."""
    span = quiet_span(hours, now, zone)
    return span is not None and span.ends - span.begins > timedelta(days=_LOOKS_AHEAD_DAYS)


@lru_cache(maxsize=4096)
def _spans_around(hours: tuple[QuietHours, ...], today: date, zone: ZoneInfo) -> Sequence[Span]:
    """Find them once a day: in the morning 100,000 ask, and most sleep at the same hours."""
    days = [today + timedelta(days=n) for n in range(-2, _LOOKS_AHEAD_DAYS + 1)]
    return _joined(_spans(hours, days, zone))


def _spans(hours: Iterable[QuietHours], days: Iterable[date], zone: ZoneInfo) -> Iterator[Span]:
    days = list(days)
    for quiet in hours:
        for day in days:
            if Weekday(day.weekday()) in quiet.days:
                last = day + timedelta(days=1 if quiet.is_over_midnight else 0)
                begins = instant(day, quiet.begins, zone)
                ends = instant(last, quiet.ends, zone, Occurrence.LAST)
                if begins < ends:  # all of it may lie in the hour that is left out
                    yield Span(begins, ends)


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans, key=lambda one: one.begins):
        if joined and span.begins <= joined[-1].ends:
            joined[-1] = Span(joined[-1].begins, max(joined[-1].ends, span.ends))
        else:
            joined.append(span)
    return joined
