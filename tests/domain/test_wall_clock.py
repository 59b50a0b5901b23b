"""When the clock on the wall shows a time, in the nights in which it is put too."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.wall_clock import Occurrence, day_of, instant
from tests.domain.times import DECADE, STOCKHOLM

FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)
DAYS = st.dates(date(2026, 1, 1), date(2035, 12, 31))
MINUTES = st.builds(time, st.integers(0, 23), st.integers(0, 59))


def _utc(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "at", "first", "last"),
    [
        (date(2026, 1, 5), time(22), (21, 0), (21, 0)),
        (date(2026, 7, 5), time(22), (20, 0), (20, 0)),
        (FORWARD, time(2), (1, 0), (1, 0)),
        (FORWARD, time(2, 30), (1, 0), (1, 0)),
        (FORWARD, time(3), (1, 0), (1, 0)),
        (BACK, time(2, 30), (0, 30), (1, 30)),
        (BACK, time(3), (2, 0), (2, 0)),
    ],
)
def test_times_around_the_nights_in_which_the_clock_is_put(
    day: date, at: time, first: tuple[int, int], last: tuple[int, int]
) -> None:
    """A time that is left out is when the clock is put; one that comes twice is two."""
    assert instant(day, at, STOCKHOLM) == _utc(day, *first)
    assert instant(day, at, STOCKHOLM, Occurrence.LAST) == _utc(day, *last)


@given(day=DAYS, at=MINUTES)
def test_clock_shows_no_earlier_time_then_and_none_as_late_before(day: date, at: time) -> None:
    """Over ten years: of all moments of a day it is the first."""
    then = instant(day, at, STOCKHOLM)

    def shown(moment: datetime) -> datetime:
        return moment.astimezone(STOCKHOLM).replace(tzinfo=None)

    assert shown(then) >= datetime.combine(day, at)
    assert shown(then - timedelta(minutes=1)) < datetime.combine(day, at)
    assert then.tzinfo is UTC


@given(at=DECADE)
def test_day_is_that_of_the_wall(at: datetime) -> None:
    """Not of Greenwich: the evening there is tomorrow here."""
    assert day_of(at, STOCKHOLM) == at.astimezone(STOCKHOLM).date()
