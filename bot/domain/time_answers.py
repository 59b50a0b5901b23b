"""When somebody wants quiet or a digest, as they write it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta
from enum import Enum

from bot.domain.digests import DigestTimes
from bot.domain.quiet_hours import EVERY_DAY, QuietHours, Weekday
from bot.domain.time_tokens import NotATime, hour_of, tokens_of
from bot.domain.time_words import Days, Mark, Token

NIGHT = QuietHours(begins=time(22), ends=time(7))
MORNING, EVENING = time(7), time(18)
MOST_SPANS = 7
_ALL_DAY = QuietHours(begins=time(0), ends=time(0))
_ON = frozenset({"on", "på"})
_EXACT = re.compile(r"\d[:.]?\d\d|\d\s*[ap]m\b", re.IGNORECASE)
_MORNINGS = range(7, 12)
_NOON = 12


class Off(Enum):
    """Somebody wants none."""

    OFF = "off"


def read_quiet_hours(text: str) -> tuple[QuietHours, ...] | Off | None:
    """Read `22-07`, `från 22 till 7` or `weekdays 22-6, weekends 23-9`; None if it is unclear."""
    if text.casefold().strip(" .!") in _ON:
        return (NIGHT,)
    match _tokens(text):
        case [Mark.OFF]:
            return Off.OFF
        case [Mark.NIGHT] | [Mark.WHOLE, Mark.NIGHT]:
            return (NIGHT,)
        case [frozenset() as days, Mark.NIGHT] | [Mark.NIGHT, frozenset() as days]:
            return (replace(NIGHT, days=days),)
        case [Mark.WHOLE, frozenset() as days] | [
            frozenset() as days,
            Mark.WHOLE,
            timedelta(days=1),
        ]:
            return (replace(_ALL_DAY, days=days),)
        case [Mark.WHOLE, timedelta(days=1)]:
            return (_ALL_DAY,)
        case tokens:
            return _spans(tokens or [])


def evening_meant(hours: Sequence[QuietHours], text: str) -> tuple[QuietHours, ...] | None:
    """Return the hours that `10-6` may mean too, from the evening on; None if it is clear.

    Who hears nothing from ten in the morning has hardly meant it.
    """
    if _EXACT.search(text) or not all(map(_is_from_morning, hours)):
        return None
    return tuple(
        replace(one, begins=one.begins.replace(hour=one.begins.hour + _NOON)) for one in hours
    )


def _is_from_morning(one: QuietHours) -> bool:
    return one.is_over_midnight and one.begins.hour in _MORNINGS and one.ends != one.begins


def read_digest_times(text: str) -> DigestTimes | Off | None:
    """Read `daily 18:00`, `varje fredag kl 17` or `weekly`; None if it is unclear.

    Without a time it is in the evening, or in the morning if that is said; weekly without a day on
    Sundays.
    """
    tokens = _tokens(text)
    if not tokens or tokens == [Mark.OFF]:
        return Off.OFF if tokens else None
    usual = MORNING if Mark.MORNING in tokens else EVENING
    days: Days | None = None
    at: time | None = None
    for token in tokens:
        match token:
            case frozenset() if days is None:
                days = token
            case Mark.BREAK | Mark.WEEKLY | Mark.MORNING | Mark.EVENING:
                pass
            case timedelta(days=1) | timedelta(days=7):
                pass
            case _ if at is None and hour_of(token) is not None:
                at = hour_of(token)
            case _:
                return None
    return DigestTimes(at=at or usual, days=days or _usual_days(tokens))


def _usual_days(tokens: Sequence[Token]) -> Days:
    is_weekly = Mark.WEEKLY in tokens or timedelta(days=7) in tokens
    return frozenset({Weekday.SUNDAY}) if is_weekly else EVERY_DAY


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
            case Mark.TO | Mark.BREAK | Mark.NIGHT:
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
