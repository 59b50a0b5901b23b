"""Reports: their priorities, marks and ids."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reports import (
    ACTIVE,
    ID_ALPHABET,
    ID_CHARS,
    Mark,
    Priority,
    State,
    Tally,
    mark_of,
    read_report_id,
)
from bot.domain.retention import Lifetimes
from tests.domain.examples import NOW, a_report

ids = st.text(ID_ALPHABET, min_size=ID_CHARS.start, max_size=ID_CHARS.stop - 1).filter(
    lambda text: not text.isalpha() and not text.isdecimal()
)


@pytest.mark.parametrize(
    ("text", "report"),
    [
        ("7K3", "7K3"),
        ("#7K3", "7K3"),
        ("#7k3", "7K3"),
        ("  #7k3 ", "7K3"),
        ("abcde2", "ABCDE2"),
        ("23456K", "23456K"),
    ],
)
def test_report_id_is_read(text: str, report: str):
    """With or without its sign, in any case: people type it from a card on a phone."""
    assert read_report_id(text) == report


@pytest.mark.parametrize(
    "text",
    [
        *("", "#", "7K", "7K37K37", "##7K3", "7K3 rök"),
        *("eld", "RAN", "#help", "555", "#2345"),
        *("7K0", "1K3", "IK3", "OK3", "7Kö", "\u212a23", "ſ23", "７K3"),
    ],
    ids=ascii,
)
def test_what_is_no_report_id(text: str):
    """No word and no number; nothing with 0, 1, I or O, which read alike; Latin letters alone."""
    assert read_report_id(text) is None


@given(ids, st.sampled_from(["", "#", " #"]))
def test_every_id_is_read_as_it_was_made(report: str, sign: str):
    """Whatever id the bot makes can be typed back."""
    assert read_report_id(sign + report) == read_report_id(sign + report.lower()) == report


@given(st.text(max_size=10))
def test_read_ids_are_ids(text: str):
    """What is read can be looked up, whatever was typed."""
    report = read_report_id(text)

    assert report is None or (set(report) <= set(ID_ALPHABET) and len(report) in ID_CHARS)


def test_priorities_are_ordered_and_signed():
    """Red over yellow over green, each with the sign and the word it is known by."""
    assert Priority.RED > Priority.YELLOW > Priority.GREEN
    assert [(p.emoji, p.word) for p in Priority] == [
        ("🟢", "green"),
        ("🟡", "yellow"),
        ("🔴", "red"),
    ]


@pytest.mark.parametrize("mark", Mark, ids=str)
def test_mark_is_read_from_its_sign(mark: Mark):
    """Platforms send reactions with and without the variation selector."""
    assert mark_of("🔥") is None
    assert mark_of(mark.emoji) is mark_of(mark.emoji.rstrip("\ufe0f")) is mark


def test_tally_counts_nobody_for_marks_that_were_not_set():
    """Zero, not an error."""
    tally = Tally(counts={Mark.SEEN: 3})

    assert [tally.of(mark) for mark in (Mark.SEEN, Mark.HERE)] == [3, 0]


@pytest.mark.parametrize("state", State, ids=str)
def test_open_and_confirmed_call_for_attention(state: State):
    """Everything else is over."""
    assert a_report(state=state).is_active is (state in {State.OPEN, State.CONFIRMED})
    assert (state in ACTIVE) is a_report(state=state).is_active


def test_report_expires_a_lifetime_after_its_last_touch():
    """Counted from the touch, not from its making."""
    report = a_report(created_at=NOW - timedelta(days=3), touched_at=NOW)

    assert report.expires_at == NOW + timedelta(hours=6)


@pytest.mark.parametrize("priority", Priority, ids=lambda p: p.word)
def test_report_is_kept_longer_than_it_lives(priority: Priority):
    """The more it mattered, the longer it is kept; never shorter than it can be open."""
    kept = Lifetimes().of_report(priority)

    assert kept > a_report(priority=priority).expires_at - NOW
    assert all(kept >= Lifetimes().of_report(p) for p in Priority if p < priority)
