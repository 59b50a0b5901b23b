"""When something shall happen, as people write it: `imorgon 08:00`, `23/11 kl 8`, `in 2 hours`."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.quiet_hours import Weekday
from bot.domain.time_tokens import MOST_CHARS, NotATime, hour_of, tokens_of
from bot.domain.time_words import Mark, Number, Token
from bot.domain.wall_clock import day_of, instant

FURTHEST = timedelta(days=366)
_ISO = re.compile(r"\b(?P<year>20\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b")
_DAY_MONTH = re.compile(r"\b(?P<day>\d{1,2})/(?P<month>\d{1,2})\b")
_RELATIVE = re.compile(
    r"\b(?P<days>(?:i\s*)?övermorgon|(?:i\s*)?overmorgon|day after tomorrow"
    r"|i\s*morgon|tomorrow|i\s*dag|today|i\s*kväll|i\s*kvall|tonight)\b"
)
_MORNING, _EVENING, _LAST = time(8), time(20), time(23, 59)
_TILL = re.compile(r"^\s*(?:till|til|until|tills)\b")


def read_moment(
    text: str, now: datetime, zone: ZoneInfo, *, ends_day: bool = False
) -> datetime | None:
    """Return when somebody means, UTC; None if it is unclear, has passed, or is over a year off.

    Args:
        text: As it was written, by the clock on the wall.
        now: Present time.
        zone: Of that clock.
        ends_day: A day without a time means its end; else its morning at eight.
    """
    if len(text) > MOST_CHARS:
        return None
    said = _TILL.sub("", text.casefold())
    day, rest = _day_in(said, day_of(now, zone))
    try:
        tokens = [token for token in tokens_of(rest) if token is not Mark.BREAK]
    except NotATime:
        return None
    meant = _ahead(tokens, now) if day is None else None
    if meant is None:
        meant = _at(day, tokens, now, zone, ends_day=ends_day)
    return meant if meant is not None and now < meant <= now + FURTHEST else None


def _ahead(tokens: Sequence[Token], now: datetime) -> datetime | None:
    match tokens:
        case [Number(value), timedelta() as unit]:
            return now + value * unit if value <= FURTHEST / unit else None
        case _:
            return None


def _at(
    day: date | None, tokens: Sequence[Token], now: datetime, zone: ZoneInfo, *, ends_day: bool
) -> datetime | None:
    """Read a day, a time, or both; a time alone is the next that the clock shows."""
    today = day_of(now, zone)
    at: time | None = None
    for token in tokens:
        match token:
            case frozenset() if day is None and len(token) == 1:
                day = _next(min(token), today)
            case _ if at is None and hour_of(token) is not None:
                at = hour_of(token)
            case _:
                return None
    if day is not None and at is None:
        return instant(day, _LAST if ends_day else _MORNING, zone)
    if at is None:
        return None
    meant = instant(day or today, at, zone)
    if day is None and meant <= now:
        return instant(today + timedelta(days=1), at, zone)
    return meant


def _next(weekday: Weekday, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday() - 1) % len(Weekday) + 1)


def _day_in(said: str, today: date) -> tuple[date | None, str]:
    """Take the day out of a text; what is left tells the time."""
    if found := _RELATIVE.search(said):
        word = found["days"]
        rest = said[: found.start()] + " " + said[found.end() :]
        if "kv" in word or word == "tonight":
            rest = rest if any(c.isdigit() for c in rest) else f"{rest} {_EVENING:%H:%M}"
            return today, rest
        return today + timedelta(days=_days_off(word)), rest
    for pattern in (_ISO, _DAY_MONTH):
        if found := pattern.search(said):
            day = _date({name: int(part) for name, part in found.groupdict().items()}, today)
            if day is not None:
                return day, said[: found.start()] + " " + said[found.end() :]
    return None, said


def _days_off(word: str) -> int:
    if "verm" in word or word.startswith("day after"):
        return 2
    return 1 if "morgon" in word or word == "tomorrow" else 0


def _date(parts: dict[str, int], today: date) -> date | None:
    try:
        if "year" in parts:
            return date(parts["year"], parts["month"], parts["day"])
        day = date(today.year, parts["month"], parts["day"])
        return day if day >= today else day.replace(year=today.year + 1)
    except ValueError:
        return None
