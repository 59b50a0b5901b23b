"""When somebody wants quiet, a digest or a pause, as they write it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from bot.domain.digests import DigestTimes
from bot.domain.quiet_hours import EVERY_DAY, QuietHours, Weekday
from bot.domain.time_tokens import Days, Mark, NotATime, Number, Token, hour_of, tokens_of
from bot.domain.wall_clock import day_of, instant

NIGHT = QuietHours(begins=time(22), ends=time(7))
EVENING = time(18)
MOST_SPANS = 7
LONGEST_PAUSE = timedelta(days=366)
_NIGHTS = frozenset(
    {
        "night", "nights", "at night", "every night", "on",
        "natt", "nätter", "på natten", "på nätterna", "varje natt", "alla nätter", "på",
    }
)  # fmt: skip
_ISO = re.compile(r"\b(?P<year>20\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b")
_DAY_MONTH = re.compile(r"\b(?P<day>\d{1,2})/(?P<month>\d{1,2})\b")


class Off(Enum):
    """Somebody wants none."""

    OFF = "off"


def read_quiet_hours(text: str) -> tuple[QuietHours, ...] | Off | None:
    """Read `22-07`, `från 22 till 7` or `weekdays 22-6, weekends 23-9`; None if it is unclear."""
    if text.casefold().strip(" .!") in _NIGHTS:
        return (NIGHT,)
    tokens = _tokens(text)
    if not tokens or tokens == [Mark.OFF]:
        return Off.OFF if tokens else None
    return _spans(tokens)


def read_digest_times(text: str) -> DigestTimes | Off | None:
    """Read `daily 18:00`, `varje fredag kl 17` or `weekly`; None if it is unclear.

    Without a time it is in the evening, weekly without a day on Sundays.
    """
    tokens = _tokens(text)
    if not tokens or tokens == [Mark.OFF]:
        return Off.OFF if tokens else None
    days: Days | None = None
    at: time | None = None
    for token in tokens:
        match token:
            case frozenset() if days is None:
                days = token
            case Mark.BREAK | Mark.WEEKLY | timedelta(days=1) | timedelta(days=7):
                pass
            case _ if at is None and hour_of(token) is not None:
                at = hour_of(token)
            case _:
                return None
    return DigestTimes(at=at or EVENING, days=days or _usual_days(tokens))


def _usual_days(tokens: Sequence[Token]) -> Days:
    is_weekly = Mark.WEEKLY in tokens or timedelta(days=7) in tokens
    return frozenset({Weekday.SUNDAY}) if is_weekly else EVERY_DAY


def read_pause(text: str, now: datetime, zone: ZoneInfo) -> datetime | Off | None:
    """Read `7d`, `två veckor`, `till fredag` or `2026-12-24`; None if it is unclear.

    Until a day means until it begins. What has passed, or lasts over a year, is unclear.
    """
    until = _until_date(text, now, zone)
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


def _spans(tokens: Sequence[Token]) -> tuple[QuietHours, ...] | None:
    """Read pairs of times, each with the days that stand before it, or else after it."""
    spans: list[QuietHours] = []
    days: Days | None = None
    begins: time | None = None
    is_dated = True
    for token in tokens:
        at = hour_of(token)
        match token:
            case frozenset() if begins is None and spans and not is_dated:
                spans[-1], is_dated = replace(spans[-1], days=token), True
            case frozenset() if begins is None and days is None:
                days = token
            case Mark.TO | Mark.BREAK:
                pass
            case timedelta(days=1) if days is None:  # `varje dag`
                days = EVERY_DAY
            case _ if at is None or len(spans) == MOST_SPANS:
                return None
            case _ if begins is None:
                begins = at
            case _:
                spans.append(QuietHours(begins=begins, ends=at, days=days or EVERY_DAY))
                is_dated, days, begins = days is not None, None, None
    is_whole = begins is None and days is None
    return tuple(spans) if spans and is_whole else None


def _until(tokens: Sequence[Token], now: datetime, zone: ZoneInfo) -> datetime | None:
    match tokens:
        case [Number(value), timedelta() as unit]:
            return now + value * unit if value <= LONGEST_PAUSE / unit else None
        case [timedelta() as unit]:
            return now + unit
        case [Mark.TO, frozenset() as days] | [frozenset() as days] if len(days) == 1:
            return _next_beginning(min(days), now, zone)
        case _:
            return None


def _next_beginning(weekday: Weekday, now: datetime, zone: ZoneInfo) -> datetime:
    today = day_of(now, zone)
    ahead = (weekday - today.weekday() - 1) % len(Weekday) + 1
    return instant(today + timedelta(days=ahead), time(0), zone)


def _until_date(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    today = day_of(now, zone)
    for pattern in (_ISO, _DAY_MONTH):
        if found := pattern.search(text):
            parts = {name: int(value) for name, value in found.groupdict().items()}
            day = _date(parts, today)
            return None if day is None else instant(day, time(0), zone)
    return None


def _date(parts: dict[str, int], today: date) -> date | None:
    try:
        if "year" in parts:
            return date(parts["year"], parts["month"], parts["day"])
        day = date(today.year, parts["month"], parts["day"])
        return day if day > today else day.replace(year=today.year + 1)
    except ValueError:
        return None
