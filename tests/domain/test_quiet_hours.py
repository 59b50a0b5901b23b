"""Quiet hours over ten years of nights in Stockholm."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.quiet_hours import (
    WEEKEND,
    WORKDAYS,
    QuietHours,
    Weekday,
    is_endless,
    is_quiet,
    quiet_span,
)
from bot.domain.wall_clock import instant
from tests.domain.times import DECADE, STOCKHOLM, quiet_hours

NIGHT = QuietHours(begins=time(22), ends=time(7))
NIGHTS_OF_CHANGE = [date(2026, 3, 29), date(2026, 10, 25)]


@given(quiet=quiet_hours(), now=DECADE)
def test_it_is_quiet_whenever_the_clock_says_so(quiet: QuietHours, now: datetime) -> None:
    """And never else, but for the hour that comes twice, of which both are."""
    says_so = _clock_says(quiet, now.astimezone(STOCKHOLM).replace(tzinfo=None))

    if says_so:
        assert is_quiet([quiet], now, STOCKHOLM)
    elif not _near_a_change(now):
        assert not is_quiet([quiet], now, STOCKHOLM)


@given(hours=st.lists(quiet_hours(), max_size=3), now=DECADE)
def test_span_begins_and_ends_with_the_quiet(hours: list[QuietHours], now: datetime) -> None:
    """Within it there is no sound, and just before it and at its end there is."""
    span = quiet_span(hours, now, STOCKHOLM)
    if span is None:
        assert not is_quiet(hours, now, STOCKHOLM)
        return
    assert now < span.ends
    assert is_quiet(hours, span.begins, STOCKHOLM)
    assert is_quiet(hours, span.ends - timedelta(seconds=1), STOCKHOLM)
    if span.ends - now < timedelta(days=6):
        assert not is_quiet(hours, span.ends, STOCKHOLM)


@pytest.mark.parametrize("day", NIGHTS_OF_CHANGE)
def test_night_in_which_the_clock_is_put_is_shorter_or_longer(day: date) -> None:
    """From 22 to 7 by the clock: eight hours in spring, ten in autumn."""
    evening = instant(day - timedelta(days=1), time(22), STOCKHOLM)
    span = quiet_span([NIGHT], evening, STOCKHOLM)

    assert span is not None
    hours = 8 if day.month == 3 else 10
    assert (span.begins, span.ends - span.begins) == (evening, timedelta(hours=hours))


def test_weekday_is_that_on_which_the_night_begins() -> None:
    """The night to Saturday is Friday's."""
    friday = QuietHours(begins=time(22), ends=time(7), days=frozenset({Weekday.FRIDAY}))

    def at(day: int, hour: int) -> bool:
        return is_quiet([friday], datetime(2026, 11, day, hour, tzinfo=UTC), STOCKHOLM)

    assert [at(27, 20), at(27, 21), at(28, 5), at(28, 6), at(28, 22)] == [
        False, True, True, False, False,
    ]  # fmt: skip


def test_nights_that_follow_without_a_break_are_one() -> None:
    """Short nights on weekdays and long ones before free days."""
    hours = [
        QuietHours(begins=time(22), ends=time(6), days=WORKDAYS),
        QuietHours(begins=time(6), ends=time(9), days=WEEKEND),
    ]
    friday_night = datetime(2026, 11, 27, 22, tzinfo=UTC)
    span = quiet_span(hours, friday_night, STOCKHOLM)

    assert span is not None
    assert span.ends == datetime(2026, 11, 28, 8, tzinfo=UTC)


def _clock_says(quiet: QuietHours, wall: datetime) -> bool:
    def began_on(day: date) -> bool:
        begins = datetime.combine(day, quiet.begins)
        ends = datetime.combine(day + timedelta(days=int(quiet.is_over_midnight)), quiet.ends)
        return Weekday(day.weekday()) in quiet.days and begins <= wall < ends

    return began_on(wall.date()) or began_on(wall.date() - timedelta(days=1))


def _near_a_change(now: datetime) -> bool:
    offsets = {
        (now + timedelta(hours=hours)).astimezone(STOCKHOLM).utcoffset() for hours in (-3, 0, 3)
    }
    return len(offsets) > 1


@pytest.mark.parametrize(
    ("hours", "endless"),
    [
        ([QuietHours(begins=time(22), ends=time(7))], False),
        ([QuietHours(begins=time(7), ends=time(7))], True),
        (
            [
                QuietHours(begins=time(7), ends=time(20)),
                QuietHours(begins=time(19), ends=time(7)),
            ],
            True,
        ),
        ([QuietHours(begins=time(0), ends=time(0), days=WORKDAYS)], False),
        ([QuietHours(begins=time(7), ends=time(6, 59))], False),
        ([], False),
    ],
)
@given(now=DECADE)
def test_quiet_at_all_hours_is_told_from_a_long_one(hours, endless, now):
    """Whatever the day, also where the clock is put."""
    assert is_endless(hours, now, STOCKHOLM) is endless
