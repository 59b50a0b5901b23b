"""How long somebody wants to hear nothing, as they write it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.quiet_hours import WEEKEND, Weekday
from bot.domain.time_answers import MORNING, Off
from bot.domain.time_tokens import NotATime, hour_of, tokens_of
from bot.domain.time_words import MONTHS, Days, Mark, Number, Token
from bot.domain.wall_clock import day_of, instant

LONGEST_PAUSE = timedelta(days=366)
_FARTHEST_WITHOUT_YEAR = timedelta(days=300)
"""Who writes yesterday's date has not meant next year's: not even red would come until then."""
_ISO = re.compile(r"\b(?P<year>20\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b")
_DAY_MONTH = re.compile(r"\b(?P<day>\d{1,2})/(?P<month>\d{1,2})\b")
_NAMES = "|".join(MONTHS)
_NAMED_AFTER = re.compile(rf"\b(?P<day>\d{{1,2}})(?::?[ae]|st|nd|rd|th)?\s+(?P<name>{_NAMES})\b")
_NAMED_BEFORE = re.compile(rf"\b(?P<name>{_NAMES})\s+(?P<day>\d{{1,2}})\b")


def read_pause(text: str, now: datetime, zone: ZoneInfo) -> datetime | Off | None:
    """Read `7d`, `två veckor`, `till fredag kl 18` or `24 december`; None if it is unclear.

    Until a day means until it begins; until tomorrow, and over the night, until the morning. What
    has passed, or lasts over a year, is unclear.
    """
    until = _until_date(text.casefold(), now, zone)
    if until is None:
        tokens = _tokens(text)
        if not tokens or tokens == [Mark.OFF]:
            return Off.OFF if tokens else None
        until = _until(tokens, now, zone)
    return until if until is not None and now < until <= now + LONGEST_PAUSE else None


def _tokens(text: str) -> list[Token] | None:
    try:
        return tokens_of(text)
    except NotATime:
        return None


def _until(tokens: Sequence[Token], now: datetime, zone: ZoneInfo) -> datetime | None:
    match [token for token in tokens if token is not Mark.TO]:
        case [Mark.TODAY]:
            return _next(time(0), now, zone)
        case [Mark.TONIGHT] | [Mark.NIGHT]:
            return _next(MORNING, now, zone)
        case [Mark.TOMORROW] | [Mark.MORNING]:
            return instant(day_of(now, zone) + timedelta(days=1), MORNING, zone)
        case [Mark.TOMORROW | Mark.MORNING, at] if (hour := hour_of(at)) is not None:
            return instant(day_of(now, zone) + timedelta(days=1), hour, zone)
        case [frozenset() as days]:
            return _next_beginning(days, now, zone)
        case [frozenset() as days, at] if len(days) == 1 and (hour := hour_of(at)) is not None:
            return _next_weekday(min(days), hour, now, zone)
        case [time() as at]:
            return _next(at, now, zone)
        case [Number() as at] if Mark.TO in tokens and (hour := hour_of(at)) is not None:
            return _next(hour, now, zone)
        case lengths:
            length = _length(lengths)
            return None if length is None else now + length


def _length(tokens: Sequence[Token]) -> timedelta | None:
    """Add up `1 vecka 2 dagar`."""
    match tokens:
        case [Mark.BREAK, *others] if others:
            return _length(others)
        case [Number(value), timedelta() as unit, *others] if value <= LONGEST_PAUSE / unit:
            first = value * unit
        case [timedelta() as first, *others]:
            pass
        case _:
            return None
    rest = _length(others) if others else timedelta(0)
    return None if rest is None else first + rest


def _next(at: time, now: datetime, zone: ZoneInfo) -> datetime:
    """Return when the clock shows a time next."""
    today = day_of(now, zone)
    times = (instant(today + timedelta(days=ahead), at, zone) for ahead in range(3))
    return next(one for one in times if one > now)


def _next_beginning(days: Days, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when a day begins; over the weekend is until Monday."""
    if days == WEEKEND:
        return _next_weekday(Weekday.MONDAY, time(0), now, zone)
    return _next_weekday(min(days), time(0), now, zone) if len(days) == 1 else None


def _next_weekday(weekday: Weekday, at: time, now: datetime, zone: ZoneInfo) -> datetime:
    today = day_of(now, zone)
    ahead = (weekday - today.weekday()) % len(Weekday)
    times = (instant(today + timedelta(days=ahead + n), at, zone) for n in (0, len(Weekday)))
    return next(one for one in times if one > now)


def _until_date(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    today = day_of(now, zone)
    for pattern in (_ISO, _DAY_MONTH, _NAMED_AFTER, _NAMED_BEFORE):
        if found := pattern.search(text):
            day = _date(found.groupdict(), today)
            return None if day is None else instant(day, time(0), zone)
    return None


def _date(parts: Mapping[str, str], today: date) -> date | None:
    month = MONTHS[parts["name"]] if "name" in parts else int(parts["month"])
    try:
        if "year" in parts:
            return date(int(parts["year"]), month, int(parts["day"]))
        day = date(today.year, month, int(parts["day"]))
        day = day if day > today else day.replace(year=today.year + 1)
    except ValueError:
        return None
    return day if day - today <= _FARTHEST_WITHOUT_YEAR else None
