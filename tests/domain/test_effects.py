"""Effects: what the bot will do to the world, and how it tries again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.copies import Copy, CopyId, CopyState, Subject, SubjectKind
from bot.domain.effects import (
    MAX_ATTEMPTS,
    MAX_BACKOFF,
    Effect,
    EffectId,
    Urgency,
    Verb,
    backoff,
    urgency_of,
)
from bot.domain.messages import MessageRef, Platform, RoomRef
from bot.domain.reports import Priority

ROOM = RoomRef(Platform.TELEGRAM, "-1001")
COPY = Copy(
    id=CopyId(7),
    subject=Subject(SubjectKind.REPORT, "7K3"),
    platform=Platform.TELEGRAM,
    state=CopyState.WAITING,
    token="t",
    to=ROOM,
    person=None,
)
SHOWN = replace(COPY, parts=(MessageRef(ROOM, "m1"),))


def an_effect(number: int, verb: Verb, copy: Copy | None) -> Effect:
    """An effect on Telegram, due now."""
    return Effect(
        id=EffectId(number),
        verb=verb,
        platform=Platform.TELEGRAM,
        lane="telegram:-1001",
        urgency=Urgency.RED,
        copy=copy,
    )


def test_same_copy_has_the_same_key_however_often_it_is_tried():
    """Under one key a platform delivers once; an effect of no copy has a key of its own."""
    assert an_effect(1, Verb.SHOW, COPY).key == an_effect(2, Verb.SHOW, COPY).key
    assert an_effect(1, Verb.REDACT, None).key != an_effect(2, Verb.REDACT, None).key
    assert an_effect(7, Verb.REDACT, None).key != an_effect(1, Verb.SHOW, COPY).key


@pytest.mark.parametrize(
    ("verb", "copy", "sends"),
    [
        (Verb.SHOW, COPY, True),
        (Verb.SHOW, SHOWN, False),
        (Verb.REMOVE, SHOWN, False),
        (Verb.REMOVE, COPY, False),
        (Verb.REDACT, None, False),
        (Verb.SHOW, None, False),
        (Verb.PIN, SHOWN, False),
        (Verb.ADMIT, SHOWN, False),
    ],
    ids=[
        "first showing",
        "an edit",
        "removal",
        "removal unsent",
        "redaction",
        "nothing to show",
        "pin",
        "letting in",
    ],
)
def test_only_the_first_showing_makes_a_message(verb: Verb, copy: Copy | None, *, sends: bool):
    """Everything else can be repeated without harm."""
    assert an_effect(1, verb, copy).is_send is sends


def test_urgency_follows_priority():
    """Red goes before answers and talk, yellow before green, and what can wait waits."""
    red, yellow, green = (urgency_of(p) for p in (Priority.RED, Priority.YELLOW, Priority.GREEN))

    assert red > Urgency.ANSWER > Urgency.TALK > yellow > green > Urgency.LATER


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_waiting_is_bounded_and_never_nothing(attempts: int, jitter: float):
    """A platform that refuses is left alone for a while, but never for long."""
    assert timedelta(seconds=0.5) <= backoff(attempts, jitter=jitter) <= MAX_BACKOFF


@given(st.integers(0, 100), st.floats(0, 1))
def test_waiting_grows_with_the_attempts(attempts: int, jitter: float):
    """The same luck waits at least as long the next time."""
    assert backoff(attempts, jitter=jitter) <= backoff(attempts + 1, jitter=jitter)


def test_jitter_spreads_those_who_failed_together():
    """Half of the wait is chance, so that a thousand lanes don't come back in one second."""
    assert backoff(5, jitter=0) == timedelta(seconds=16)
    assert backoff(5, jitter=1) == timedelta(seconds=32)


def test_giving_up_takes_hours():
    """What is refused again and again may pass later, until a person has to look."""
    longest = sum((backoff(n, jitter=1) for n in range(MAX_ATTEMPTS)), timedelta(0))

    assert timedelta(hours=2) < longest < timedelta(hours=4)
