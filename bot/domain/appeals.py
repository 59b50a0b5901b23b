"""Appeals: what the police ask everybody for, always with an end, and erased when it ends."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.kinds import RESTRICTED_KINDS, Kind
from bot.domain.reports import Report
from bot.domain.richtext import NOTHING

ENDS_AFTER_H = (6, 24, 72, 168)
"""What can be chosen. Longer than a week nobody's picture goes round here."""
DEFAULT_END = timedelta(hours=24)


def has_to_end(kind: Kind | None) -> bool:
    """Whether a report of this kind must have an end: it is about one person, or one vehicle."""
    return kind in RESTRICTED_KINDS


def end_for(kind: Kind | None, chosen: datetime | None, now: datetime) -> datetime | None:
    """Return when a report ends by itself whatever happens; None if it may go on."""
    return now + DEFAULT_END if chosen is None and has_to_end(kind) else chosen


def emptied(report: Report) -> Report:
    """Return an appeal as it is kept once it is over: without all that it told."""
    return replace(report, text=NOTHING, media=(), cell=None, origin=None)
