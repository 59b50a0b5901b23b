"""The words of a time as people write it, in Swedish and English: `fre-sön kl 23 till 9`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from enum import Enum
from typing import TypeAlias

from bot.domain.quiet_hours import EVERY_DAY, WEEKEND, WORKDAYS, Weekday

MOST_CHARS = 200
"""Nobody writes longer times."""


class Mark(Enum):
    """What stands between times and days, or says of which kind a time is."""

    TO = "to"
    BREAK = "break"
    OFF = "off"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Number:
    """A number that may be an hour, or how many of something."""

    value: int


Days: TypeAlias = frozenset[Weekday]
Token: TypeAlias = time | Days | timedelta | Number | Mark

_WORD = re.compile(
    r"(?P<clock>\d{1,2}[:.]\d{2})\s*(?P<clock_half>[ap]m\b)?"
    r"|(?P<number>\d{1,3})\s*(?P<half>[ap]m\b)?"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<to>[-–—])"
    r"|(?P<break>[,;\n+&])"
    r"|(?P<other>\S)"
)
_DAY_NAMES: Mapping[Weekday, Sequence[str]] = {
    Weekday.MONDAY: ("monday", "mon", "måndag", "mandag", "mån", "man"),
    Weekday.TUESDAY: ("tuesday", "tue", "tues", "tisdag", "tis"),
    Weekday.WEDNESDAY: ("wednesday", "wed", "onsdag", "ons"),
    Weekday.THURSDAY: ("thursday", "thu", "thur", "thurs", "torsdag", "tor", "tors"),
    Weekday.FRIDAY: ("friday", "fri", "fredag", "fre"),
    Weekday.SATURDAY: ("saturday", "sat", "lördag", "lordag", "lör", "lor"),
    Weekday.SUNDAY: ("sunday", "sun", "söndag", "sondag", "sön", "son"),
}
_HOUR, _DAY, _WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
_MEANT: Mapping[str, Token | None] = {
    **{
        name + ending: frozenset({day})
        for day, names in _DAY_NAMES.items()
        for name in names
        for ending in ("", "s", "ar", "en", "arna")
    },
    **dict.fromkeys(("weekday", "weekdays", "workdays", "vardag", "vardagar"), WORKDAYS),
    **dict.fromkeys(("weekend", "weekends", "helg", "helger", "helgen", "helgerna"), WEEKEND),
    **dict.fromkeys(("daily", "dagligen", "everyday"), EVERY_DAY),
    **dict.fromkeys(("weekly", "veckovis"), Mark.WEEKLY),
    **dict.fromkeys(("to", "till", "til", "until", "tills"), Mark.TO),
    **dict.fromkeys(("och", "and", "samt"), Mark.BREAK),
    **dict.fromkeys(("off", "av", "nej", "no", "never", "aldrig", "inga"), Mark.OFF),
    **dict.fromkeys(("h", "tim", "timme", "timmar", "hour", "hours"), _HOUR),
    **dict.fromkeys(("d", "dag", "dagar", "dygn", "day", "days"), _DAY),
    **dict.fromkeys(("w", "v", "vecka", "veckor", "week", "weeks"), _WEEK),
    **dict.fromkeys(("m", "månad", "manad", "månader", "month", "months"), timedelta(days=30)),
    **dict.fromkeys(("a", "an", "one", "en", "ett"), Number(1)),
    **dict.fromkeys(("two", "två", "tva"), Number(2)),
    **dict.fromkeys(("three", "tre"), Number(3)),
    **dict.fromkeys(("midnight", "midnatt"), time(0)),
    **dict.fromkeys(("noon",), time(12)),
    **dict.fromkeys(
        ("from", "från", "fran", "mellan", "between", "kl", "klockan", "at", "on", "på", "pa",
         "om", "i", "the", "for", "in", "every", "varje", "alla", "oclock", "each", "about"),
    ),
}  # fmt: skip
_NOON = 12
_HOURS_A_DAY = 24
_LAST_MINUTE = 59


class NotATime(ValueError):
    """A text holds something that is no part of a time."""


def tokens_of(text: str) -> list[Token]:
    """Read the words of a time; those that only bind are left out.

    Raises:
        NotATime: It holds something else.
    """
    if len(text) > MOST_CHARS:
        raise NotATime
    return list(_joined_days([token for token in _each(text) if token is not None]))


def hour_of(token: Token | None) -> time | None:
    """Return the time that a token is, or that a bare number means; None if it is none."""
    if isinstance(token, Number):
        return _time(token.value, 0)
    return token if isinstance(token, time) else None


def _each(text: str) -> Iterator[Token | None]:
    for found in _WORD.finditer(text.casefold()):
        match found.lastgroup:
            case "clock" | "clock_half":
                hour, minute = map(int, re.split(r"[:.]", found["clock"]))
                yield _required(_time(_in_half(hour, found["clock_half"]), minute))
            case "number":
                yield Number(int(found["number"]))
            case "half":
                yield _required(_time(_in_half(int(found["number"]), found["half"]), 0))
            case "word" if found["word"] in _MEANT:
                yield _MEANT[found["word"]]
            case "to":
                yield Mark.TO
            case "break":
                yield Mark.BREAK
            case _:
                raise NotATime


def _joined_days(tokens: Sequence[Token]) -> Iterator[Token]:
    """Put days together: `fre-sön`, `mån, ons`, `varje dag`, `every week`."""
    rest = list(tokens)
    while rest:
        match rest:
            case [frozenset() as first, Mark.TO, frozenset() as last, *others]:
                rest = [_from_to(first, last), *others]
            case [frozenset() as first, Mark.BREAK, frozenset() as second, *others]:
                rest = [first | second, *others]
            case [frozenset() as first, frozenset() as second, *others]:
                rest = [first | second, *others]
            case [first, *others]:
                yield first
                rest = others


def _from_to(first: Days, last: Days) -> Days:
    begins, ends = min(first), max(last)
    length = (ends - begins) % len(Weekday) + 1
    return frozenset(Weekday((begins + n) % len(Weekday)) for n in range(length))


def _in_half(hour: int, half: str | None) -> int:
    """Read 12 am as 0 and 12 pm as 12."""
    if half is None:
        return hour
    if not 1 <= hour <= _NOON:
        raise NotATime
    return hour % _NOON + (_NOON if half == "pm" else 0)


def _time(hour: int, minute: int) -> time | None:
    if hour == _HOURS_A_DAY and minute == 0:
        return time(0)
    return time(hour, minute) if hour < _HOURS_A_DAY and minute <= _LAST_MINUTE else None


def _required(at: time | None) -> time:
    if at is None:
        raise NotATime
    return at
