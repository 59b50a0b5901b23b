"""Times and settings of people in Stockholm, over ten years."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.domain.alerting import AlertSettings
from bot.domain.digests import DigestTimes
from bot.domain.quiet_hours import QuietHours, Weekday

STOCKHOLM = ZoneInfo("Europe/Stockholm")
BEGINS = datetime(2026, 1, 1, tzinfo=UTC)
CHANGES = [
    instant
    for year in range(2026, 2036)
    for instant in (datetime(year, 3, 25, tzinfo=UTC), datetime(year, 10, 25, tzinfo=UTC))
]
"""A week in each of which the clock is put: from the 25th on, the last Sunday comes."""
DECADE = st.one_of(
    st.integers(0, 10 * 365 * 24 * 60).map(lambda minutes: BEGINS + timedelta(minutes=minutes)),
    st.builds(
        lambda begins, minutes: begins + timedelta(minutes=minutes),
        st.sampled_from(CHANGES),
        st.integers(0, 7 * 24 * 60),
    ),
)
"""Any moment of ten years; every other one near a clock that is put."""
TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
DAYS = st.frozensets(st.sampled_from(Weekday), min_size=1)


def quiet_hours() -> st.SearchStrategy[QuietHours]:
    """From any time to any other, on any days."""
    return st.builds(QuietHours, begins=TIMES, ends=TIMES, days=DAYS)


def alert_settings() -> st.SearchStrategy[AlertSettings]:
    """All that somebody can have chosen together."""
    return st.builds(
        AlertSettings,
        quiet=st.lists(quiet_hours(), max_size=2).map(tuple),
        red_breaks_quiet=st.booleans(),
        digest=st.none() | st.builds(DigestTimes, at=TIMES, days=DAYS),
        most_an_hour=st.none() | st.integers(1, 6),
        paused_until=st.none() | DECADE,
        also_in_private=st.booleans(),
    )
