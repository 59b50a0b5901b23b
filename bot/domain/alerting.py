"""When a person hears of a report: now, or later with others. Here alone that is decided."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.domain.digests import DigestTimes
from bot.domain.quiet_hours import QuietHours, is_quiet, quiet_span
from bot.domain.reports import Priority

LIMIT_OVER = timedelta(hours=1)
A_WEEK = timedelta(days=7)
_JUST_BEFORE = timedelta(microseconds=1)


class Because(StrEnum):
    """Why an alert waits."""

    PAUSED = "paused"
    QUIET = "quiet"
    DIGEST = "digest"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSettings:
    """How somebody wants to be alerted; in the beginning at once, whatever the hour.

    A digest comes at its time although that may be a quiet one, then without a sound: it is what
    was asked for.

    Attributes:
        quiet: When no sound shall be made.
        red_breaks_quiet: Whether red comes all the same.
        digest: When all but red is told together; None for each by itself.
        most_an_hour: So many alerts, red not counted, come by themselves in an hour; None for all.
        paused_until: Until then nothing comes, not even red.
        also_in_private: What stands in a room of a group that they write in comes in private too.
    """

    quiet: tuple[QuietHours, ...] = ()
    red_breaks_quiet: bool = True
    digest: DigestTimes | None = None
    most_an_hour: int | None = None
    paused_until: datetime | None = None
    also_in_private: bool = False


AT_ONCE_ALWAYS = AlertSettings()


@dataclass(frozen=True, slots=True)
class Wait:
    """An alert is told with others, not before a time."""

    because: Because
    until: datetime


def wait_for(
    settings: AlertSettings,
    priority: Priority,
    now: datetime,
    zone: ZoneInfo,
    *,
    in_last_hour: int = 0,
) -> Wait | None:
    """Return what an alert waits for; None if it goes out now.

    Args:
        settings: The reader's.
        priority: The report's.
        now: Present time.
        zone: Of the reader's clock.
        in_last_hour: How many the reader got by themselves in the hour before now, red apart.
    """
    because = _hindrance(settings, priority, now, zone, in_last_hour)
    if because is None:
        return None
    return Wait(because, _end_of(because, settings, priority, now, zone))


def is_digest_silent(settings: AlertSettings, now: datetime, zone: ZoneInfo) -> bool:
    """Whether a digest of the coming week falls into a quiet time."""
    if settings.digest is None:
        return False
    due = now
    while (due := settings.digest.next_after(due, zone)) <= now + A_WEEK:
        if is_quiet(settings.quiet, due, zone):
            return True
    return False


def waits_on(
    settings: AlertSettings, priority: Priority, now: datetime, zone: ZoneInfo
) -> Wait | None:
    """Return what an alert still waits for whose time has come under these settings.

    What was to come together comes, though it be late, at a quiet time without a sound. All else
    waits on if the bot was away until a quiet time had begun.
    """
    if settings.paused_until is not None and now < settings.paused_until:
        return Wait(Because.PAUSED, _after_pause(settings, priority, zone))
    is_red = priority is Priority.RED
    breaks_through = is_red and settings.red_breaks_quiet
    comes_silently = settings.digest is not None and not is_red
    if breaks_through or comes_silently or not is_quiet(settings.quiet, now, zone):
        return None
    return Wait(Because.QUIET, _out_of_quiet(settings, now, zone))


def _hindrance(
    settings: AlertSettings, priority: Priority, now: datetime, zone: ZoneInfo, in_last_hour: int
) -> Because | None:
    if settings.paused_until is not None and now < settings.paused_until:
        return Because.PAUSED
    if priority is Priority.RED and settings.red_breaks_quiet:
        return None
    if settings.digest is not None and priority is not Priority.RED:
        return Because.DIGEST
    if is_quiet(settings.quiet, now, zone):
        return Because.QUIET
    is_limited = settings.most_an_hour is not None and in_last_hour >= settings.most_an_hour
    return Because.LIMIT if is_limited and priority is not Priority.RED else None


def _end_of(
    because: Because, settings: AlertSettings, priority: Priority, now: datetime, zone: ZoneInfo
) -> datetime:
    match because:
        case Because.PAUSED:
            return _after_pause(settings, priority, zone)
        case Because.DIGEST:
            return _next_digest(settings, now, zone)
        case Because.QUIET:
            return _out_of_quiet(settings, now, zone)
        case Because.LIMIT:
            return _out_of_quiet(settings, now + LIMIT_OVER, zone)
        case _ as never:
            assert_never(never)


def _after_pause(settings: AlertSettings, priority: Priority, zone: ZoneInfo) -> datetime:
    over = settings.paused_until
    if over is None:
        raise ValueError("nothing is paused")
    if priority is not Priority.RED and settings.digest is not None:
        return settings.digest.next_after(over - _JUST_BEFORE, zone)
    if priority is Priority.RED and settings.red_breaks_quiet:
        return over
    return _out_of_quiet(settings, over, zone)


def _next_digest(settings: AlertSettings, now: datetime, zone: ZoneInfo) -> datetime:
    if settings.digest is None:
        raise ValueError("there is no digest")
    return settings.digest.next_after(now, zone)


def _out_of_quiet(settings: AlertSettings, at: datetime, zone: ZoneInfo) -> datetime:
    span = quiet_span(settings.quiet, at, zone)
    return span.ends if span is not None and span.begins <= at else at
