"""When an organisation answers."""

from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.domain.day_words import hours_words
from bot.domain.quiet_hours import QuietHours, Weekday, is_quiet
from bot.domain.richtext_json import Json
from bot.domain.time_answers import read_quiet_hours
from bot.domain.words import Words, in_a_row

OpeningHours = QuietHours
"""From a time to another on some days of the week: what quiet hours are, too."""


def read_opening_hours(text: str) -> tuple[OpeningHours, ...]:
    """Read `weekdays 8-16:30` or `mån-tors 8-17, fre 8-15`.

    Raises:
        ValueError: It is unclear.
    """
    match read_quiet_hours(text):
        case tuple() as found:
            return found
        case _:
            raise ValueError(f"{text!r} are no hours; write them like weekdays 08:00-16:30")


def is_open(hours: Sequence[OpeningHours], now: datetime, zone: ZoneInfo) -> bool:
    """Whether somebody answers now; without hours somebody always does."""
    return not hours or is_quiet(hours, now, zone)


def opening_hours_words(hours: Sequence[OpeningHours]) -> Words:
    """Say when somebody answers."""
    return in_a_row([hours_words(one) for one in hours])


def hours_to_json(hours: Sequence[OpeningHours]) -> Json:
    """Turn hours into JSON values."""
    return [
        {
            "days": [int(day) for day in sorted(one.days)],
            "begins": one.begins.isoformat(),
            "ends": one.ends.isoformat(),
        }
        for one in hours
    ]


def hours_from_json(value: Json) -> tuple[OpeningHours, ...]:
    """Turn JSON values into hours; what is none is left out."""
    return tuple(
        OpeningHours(
            begins=time.fromisoformat(begins),
            ends=time.fromisoformat(ends),
            days=frozenset(Weekday(day) for day in days if isinstance(day, int)),
        )
        for one in (value if isinstance(value, list) else [])
        if isinstance(one, dict)
        and isinstance(days := one.get("days"), list)
        and isinstance(begins := one.get("begins"), str)
        and isinstance(ends := one.get("ends"), str)
    )
