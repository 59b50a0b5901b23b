"""Counting what people feel about a line."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import PersonId
from bot.domain.reactions import (
    OTHER,
    Counted,
    Reaction,
    echoed,
    read_emoji,
    set_elsewhere,
    tally_of,
    written,
)
from tests.town import MX_ROOM, START, TG_ROOM


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("👍", "👍"),
        ("❤️", "❤"),
        ("❤", "❤"),
        ("❤️‍🔥", "❤‍🔥"),
        ("1️⃣", "1⃣"),
        ("🇸🇪", "🇸🇪"),
        ("✌🏽", "✌🏽"),
        ("Polisen", OTHER),
        ("👍 Polisen", OTHER),
        ("12", OTHER),
        ("", OTHER),
        ("👍" * 17, OTHER),
        ("\u202e👍", OTHER),
        ("Å", OTHER),
    ],
)
def test_emoji_is_read_in_one_form_and_words_are_none(told, read):
    """Two hearts that look alike are one, and nobody writes on a tally."""
    assert read_emoji(told) == read


@given(st.text(max_size=20))
def test_what_is_read_is_read_the_same_again(told):
    """Also after it was shown somewhere and comes back from there."""
    read = read_emoji(told)

    assert read_emoji(read) == read
    assert read_emoji(written(read)) == read


@pytest.mark.parametrize("shown", ["❤️", "👍", "❤️‍🔥", "1️⃣", "✌🏽"])
def test_emoji_is_written_in_colours(shown):
    """As keyboards make it."""
    assert written(read_emoji(shown)) == shown


def _by(person, emoji, room=TG_ROOM, *, after_s=0):
    at = START + timedelta(seconds=after_s)
    return Reaction(relay="r", person=PersonId(person), room=room, emoji=emoji, set_at=at)


def test_person_is_counted_once_for_one_emoji():
    """Whoever sits in two rooms is one neighbour."""
    reactions = [_by("a", "👍"), _by("a", "👍", MX_ROOM), _by("a", "❤"), _by("b", "❤")]

    assert tally_of(reactions) == (Counted("❤", 2), Counted("👍", 1))


def test_of_equal_numbers_the_oldest_stands_first():
    """So that a tally does not flicker."""
    assert [c.emoji for c in tally_of([_by("a", "🎉", after_s=2), _by("b", "👍", after_s=1)])] == [
        "👍",
        "🎉",
    ]


def test_room_is_told_of_the_others():
    """Its own people see what stands in front of them."""
    here, there = _by("a", "👍"), _by("b", "👍", MX_ROOM)

    assert set_elsewhere([here, there], TG_ROOM) == (there,)


@pytest.mark.parametrize(
    ("at_most", "allowed", "chosen"),
    [(0, "", ""), (1, "", "👀"), (9, "", "👀👍❤"), (1, "👍❤", "👍"), (9, "❤", "❤"), (1, "🎉", "")],
)
def test_bot_echoes_what_it_may(at_most, allowed, chosen):
    """Most felt first; what has no character of its own is nothing to set."""
    felt = [OTHER, "👀", "👍", "❤"]

    assert echoed(felt, at_most=at_most, allowed=frozenset(allowed)) == tuple(chosen)
