"""Switches and limits of alerts, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.alert_answers import (
    MOST_AN_HOUR,
    asks_for_limit,
    read_also_in_private,
    read_limit,
    read_red_breaks,
)
from bot.domain.time_answers import Off


@pytest.mark.parametrize(
    ("text", "breaks"),
    [
        ("red yes", True),
        ("red no", False),
        ("Rött på natten: ja", True),
        ("rött på natten: nej", False),
        ("röd av", False),
        ("inte rött", False),
        ("red on", True),
        ("röda", None),
        ("22-07", None),
        ("ja", None),
        ("", None),
    ],
)
def test_whether_red_breaks_the_quiet_is_read(text, breaks):
    """Red must be named: a yes alone may answer anything."""
    assert read_red_breaks(text) is breaks


@pytest.mark.parametrize(
    ("text", "also"),
    [("rooms yes", True), ("grupper av", False), ("rum nej", False), ("rooms", None), ("x", None)],
)
def test_whether_what_rooms_show_comes_too_is_read(text, also):
    """The rooms must be named."""
    assert read_also_in_private(text) is also


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("limit 3", 3),
        ("högst 3 i timmen", 3),
        ("at most 6 an hour", 6),
        ("max 60", 60),
        ("max 61", None),
        ("max 0", None),
        ("gräns av", Off.OFF),
        ("limit off", Off.OFF),
        ("3", None),
        ("varje dag 18", None),
        ("max", None),
    ],
)
def test_limit_is_read_where_it_is_named(text, limit):
    """A number alone is a time of the day."""
    assert read_limit(text) == limit


@pytest.mark.parametrize(
    ("text", "limit"),
    [("3", 3), ("tre", None), ("6 i timmen", 6), ("nej", Off.OFF), ("av", Off.OFF), ("3 4", None)],
)
def test_asked_for_it_a_number_is_the_limit(text, limit):
    """Who was asked need not say what for."""
    assert read_limit(text, is_asked=True) == limit


@pytest.mark.parametrize(("text", "asks"), [("limit", True), ("gräns", True), ("max 3", False)])
def test_limit_without_a_number_is_a_question(text, asks):
    """Then it is asked for."""
    assert asks_for_limit(text) is asks


@given(st.text(max_size=60), st.booleans())
def test_nothing_that_people_write_is_more_than_a_limit(text, is_asked):
    """Whatever comes, it is a number that can be kept, none, or unclear."""
    limit = read_limit(text, is_asked=is_asked)

    assert limit is None or limit is Off.OFF or 1 <= limit <= MOST_AN_HOUR
    assert read_red_breaks(text) in {None, True, False}
