"""When something shall happen, as people write it, by the clock on the wall."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.local_times import FURTHEST, read_moment
from tests.domain.times import DECADE, STOCKHOLM

ANYTHING = st.text(max_size=300) | st.text("0123456789:-./ imorgnkltidagfe", max_size=40)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)  # a Tuesday, 13:00 on the wall


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("imorgon 08:00", (25, 7, 0)),
        ("i morgon kl 8", (25, 7, 0)),
        ("tomorrow at 8", (25, 7, 0)),
        ("imorgon", (25, 7, 0)),
        ("i övermorgon 17.30", (26, 16, 30)),
        ("idag 18", (24, 17, 0)),
        ("ikväll", (24, 19, 0)),
        ("tonight 21:15", (24, 20, 15)),
        ("18:00", (24, 17, 0)),
        ("kl 9", (25, 8, 0)),
        ("fredag kl 17", (27, 16, 0)),
        ("friday 17", (27, 16, 0)),
        ("2026-11-26 06:05", (26, 5, 5)),
        ("26/11 kl 6", (26, 5, 0)),
        ("om 2 timmar", (24, 14, 0)),
        ("in 3 days", (27, 12, 0)),
        ("till 18:00", (24, 17, 0)),
    ],
)
def test_moment_is_read_however_it_is_written(text: str, meant: tuple[int, int, int]) -> None:
    """A time alone is the next that the clock shows; a day alone its morning."""
    day, hour, minute = meant

    assert read_moment(text, NOW, STOCKHOLM) == datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def test_end_of_a_day_is_its_last_minute() -> None:
    """What holds until Friday holds all Friday."""
    until = read_moment("till fredag", NOW, STOCKHOLM, ends_day=True)

    assert until == datetime(2026, 11, 27, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "snart", "8 " * 200, "2026-11-23 08:00", "31/2 kl 8", "25:00", "2029-01-01", "8 9", "kl"],
)
def test_what_is_unclear_or_past_is_no_moment(text: str) -> None:
    """Rather asked again than sent at a wrong time."""
    assert read_moment(text, NOW, STOCKHOLM) is None


@given(text=ANYTHING, now=DECADE, ends_day=st.booleans())
def test_moment_always_lies_ahead(*, text: str, now: datetime, ends_day: bool) -> None:
    """Within a year, whatever is written."""
    meant = read_moment(text, now, STOCKHOLM, ends_day=ends_day)

    assert meant is None or now < meant <= now + FURTHEST
