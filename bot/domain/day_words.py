"""How days of the week, and hours on them, are told."""

from collections.abc import Sequence
from datetime import time

from bot.domain.quiet_hours import EVERY_DAY, WEEKEND, WORKDAYS, QuietHours, Weekday
from bot.domain.words import Words, in_a_row, words

Days = frozenset[Weekday]
_SHORTEST_RUN = 3


def days_words(days: Days) -> Words:
    """Say on which days: `varje dag`, `på vardagar`, `fre–sön`, `mån, ons och fre`."""
    if days == EVERY_DAY:
        return words("days-every")
    if days == WORKDAYS:
        return words("days-workdays")
    if days == WEEKEND:
        return words("days-weekend")
    run = _run(days)
    if run is not None:
        return words("days-run", first=_short(run[0]), last=_short(run[-1]))
    if len(days) < _SHORTEST_RUN:
        return words("days-some", days=in_a_row([_plural(day) for day in sorted(days)]))
    return in_a_row([_short(day) for day in sorted(days)])


def hours_words(quiet: QuietHours) -> Words:
    """Say from when to when, and on which days if it is not on all."""
    text_id = "quiet-piece" if quiet.days == EVERY_DAY else "quiet-piece-on"
    return words(text_id, hours=_hours(quiet.begins, quiet.ends), days=days_words(quiet.days))


def clock(at: time) -> str:
    """Write a time of the day."""
    return f"{at:%H:%M}"


def _hours(begins: time, ends: time) -> Words:
    if begins == ends == time(0):
        return words("quiet-all-day")
    if begins == ends:
        return words("quiet-a-day-from", at=clock(begins))
    is_sharp = begins.minute == ends.minute == 0
    shown = (f"{begins:%H}", f"{ends:%H}") if is_sharp else (clock(begins), clock(ends))
    return words("quiet-from-to", begins=shown[0], ends=shown[1])


def _run(days: Days) -> Sequence[Weekday] | None:
    """Return days in the order in which they follow each other; None if there is a gap."""
    for first in sorted(days):
        run = [Weekday((first + n) % len(Weekday)) for n in range(len(days))]
        if frozenset(run) == days and len(run) >= _SHORTEST_RUN:
            return run
    return None


def _short(day: Weekday) -> Words:
    return words("weekday-short", day=day.name.lower())


def _plural(day: Weekday) -> Words:
    return words("weekday-plural", day=day.name.lower())
