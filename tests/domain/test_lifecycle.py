"""The life of a report: what each action leads to, and what is true all along."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.lifecycle import (
    CONSENT_WITHIN,
    OUTCOMES,
    REMOVED,
    REOPEN_WITHIN,
    UNDO_WITHIN,
    WITNESSES,
    can_reopen,
    confirmed_by,
    phase_of,
    sounds_again,
    with_state,
)
from bot.domain.people import Role
from bot.domain.permissions import Action, Actor, Phase, may
from bot.domain.reports import ACTIVE, LIFETIMES, Mark, Priority, Report, State, Tally
from tests.domain.examples import NOW, a_report

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ENDED = sorted(set(State) - ACTIVE)


def is_due(report: Report, now: datetime) -> bool:
    """Whether nobody has touched an active report for its lifetime."""
    return report.is_active and now >= report.expires_at


def ended(state: State, ago: timedelta = HOUR) -> Report:
    """A report that came to an end some time ago."""
    return a_report(state=state, ended_at=NOW - ago)


@pytest.mark.parametrize("state", sorted(ACTIVE), ids=str)
def test_active_report_has_not_ended(state: State):
    """Opening it again forgets when it was over; it has its lifetime before it."""
    report = with_state(ended(State.RESOLVED), state, NOW)

    assert report.is_active
    assert report.ended_at is None
    assert report.expires_at == NOW + LIFETIMES[report.priority]


@pytest.mark.parametrize("state", ENDED, ids=str)
def test_report_ends_now(state: State):
    """Leaving the active states is noted to the second."""
    report = with_state(a_report(touched_at=NOW - HOUR), state, NOW)

    assert not report.is_active
    assert report.ended_at == report.touched_at == NOW


@pytest.mark.parametrize("state", ENDED, ids=str)
def test_report_ends_once(state: State):
    """Another end does not open the time for reopening again: it could be kept open for ever."""
    report = with_state(ended(State.RESOLVED, 40 * HOUR), state, NOW)

    assert report.ended_at == NOW - 40 * HOUR
    assert not can_reopen(report, NOW + 9 * HOUR)


@pytest.mark.parametrize(
    ("ended_ago", "can"),
    [(None, False), (MINUTE, True), (REOPEN_WITHIN, True), (REOPEN_WITHIN + MINUTE, False)],
    ids=["still active", "just ended", "two days to the minute", "a minute too late"],
)
def test_report_reopens_within_two_days(ended_ago: timedelta | None, *, can: bool):
    """Afterwards it has happened again: a new report."""
    report = a_report() if ended_ago is None else ended(State.RESOLVED, ended_ago)

    assert can_reopen(report, NOW) is can


@pytest.mark.parametrize(
    ("report", "phase"),
    [
        (a_report(), Phase.ACTIVE),
        (a_report(state=State.CONFIRMED), Phase.ACTIVE),
        (ended(State.RESOLVED), Phase.REOPENABLE),
        (ended(State.FALSE), Phase.REOPENABLE),
        (ended(State.DUPLICATE), Phase.REOPENABLE),
        (ended(State.EXPIRED), Phase.REOPENABLE),
        (ended(State.WITHDRAWN), Phase.WITHDRAWN),
        (ended(State.HIDDEN), Phase.HIDDEN),
        *((ended(state, 49 * HOUR), Phase.CLOSED) for state in ENDED),
    ],
    ids=lambda value: value.state.value if isinstance(value, Report) else value.value,
)
def test_phase_says_what_can_still_be_done(report: Report, phase: Phase):
    """What was taken back or hidden is not just over: others may bring it back, or nobody."""
    assert phase_of(report, NOW) is phase


@pytest.mark.parametrize("priority", Priority, ids=lambda p: p.word)
def test_report_expires_when_nobody_touches_it(priority: Priority):
    """Six hours, a day, two weeks; a touch begins them anew."""
    report, life = a_report(priority=priority), LIFETIMES[priority]

    assert not is_due(report, NOW + life - MINUTE)
    assert is_due(report, NOW + life)
    assert not is_due(replace(report, touched_at=NOW + life), NOW + life)
    assert not is_due(with_state(report, State.RESOLVED, NOW), NOW + 2 * life)


def test_the_urgent_is_over_sooner():
    """A red report that nobody renews is worth nothing in the morning."""
    assert LIFETIMES[Priority.RED] == 6 * HOUR
    assert LIFETIMES[Priority.YELLOW] == 24 * HOUR
    assert LIFETIMES[Priority.GREEN] == timedelta(days=14)


@pytest.mark.parametrize(
    ("state", "here", "confirmed"),
    [
        (State.OPEN, 0, False),
        (State.OPEN, WITNESSES - 1, False),
        (State.OPEN, WITNESSES, True),
        (State.OPEN, WITNESSES + 5, True),
        (State.CONFIRMED, WITNESSES, False),
        *((state, WITNESSES, False) for state in ENDED),
    ],
)
def test_two_others_confirm_an_open_report(state: State, here: int, *, confirmed: bool):
    """One may be mistaken; what is confirmed or over is not confirmed again."""
    report = a_report(state=state)

    assert confirmed_by(report, Tally(counts={Mark.HERE: here})) is confirmed


def test_only_seeing_it_oneself_confirms():
    """That many have read it, or called 112 for it, says nothing about whether it is there."""
    counts = {mark: 0 if mark is Mark.HERE else 50 for mark in Mark}

    assert not confirmed_by(a_report(), Tally(counts=counts))


@pytest.mark.parametrize(
    ("before", "after", "sounds"),
    [
        (Priority.YELLOW, Priority.RED, True),
        (Priority.GREEN, Priority.YELLOW, True),
        (Priority.RED, Priority.YELLOW, False),
        (Priority.RED, Priority.RED, False),
    ],
    ids=["to red", "to yellow", "down", "same"],
)
def test_rising_urgency_sounds(before: Priority, after: Priority, *, sounds: bool):
    """People are disturbed when it gets worse, not when it gets better."""
    assert sounds_again(a_report(priority=before), a_report(priority=after)) is sounds


@pytest.mark.parametrize("priority", Priority, ids=lambda p: p.word)
@pytest.mark.parametrize("state", State, ids=str)
def test_the_end_of_what_called_for_attention_sounds(state: State, priority: Priority):
    """All clear is news, except of green ones and of those that merely run out."""
    before = a_report(priority=priority)
    after = with_state(before, state, NOW)
    is_news = state not in ACTIVE and state is not State.EXPIRED and priority is not Priority.GREEN

    assert sounds_again(before, after) is is_news


def test_one_end_sounds_once():
    """Turning one end into another is only seen on the card."""
    assert not sounds_again(ended(State.RESOLVED), ended(State.FALSE))
    assert not sounds_again(ended(State.RESOLVED), a_report())


def test_promised_times_and_numbers():
    """As product.md, section 1, promises them to people."""
    assert UNDO_WITHIN == MINUTE
    assert CONSENT_WITHIN == 24 * HOUR
    assert REOPEN_WITHIN == 48 * HOUR
    assert WITNESSES == 2


def test_nobody_sees_what_was_taken_back_or_hidden():
    """Everything else stays readable, with what became of it."""
    assert {State.WITHDRAWN, State.HIDDEN} == REMOVED


def test_every_action_that_changes_state_has_an_outcome():
    """And nothing else leads anywhere; notices, tips and roles have lives of their own."""
    still = {
        Action.FILE,
        Action.FILE_RESTRICTED,
        Action.MARK,
        Action.UPDATE,
        Action.EDIT,
        Action.CHANGE_PRIORITY,
        Action.MOVE,
        Action.BE_LINKED_TO,
        Action.ANSWER_OFFICIALLY,
    }
    about_others = {
        action
        for action in Action
        if action.value.endswith(("announce", "notice", "tip", "role", "vouch", "organisation"))
    }

    assert set(OUTCOMES) == set(Action) - still - about_others


RESIDENT = frozenset({Role.RESIDENT})
ACTORS = {
    "author": Actor(roles=RESIDENT, is_author=True, got_it=True),
    "reader": Actor(roles=RESIDENT, got_it=True),
    "stranger": Actor(roles=RESIDENT),
    "police": Actor(roles=frozenset({Role.POLICE}), got_it=True),
    "steward": Actor(roles=frozenset({Role.MODERATOR}), got_it=True),
    "verified author": Actor(roles=frozenset({Role.FIRE_SERVICE}), is_author=True),
}


class Life(RuleBasedStateMachine):
    """One report among all who may do something to it, as time passes."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.report = a_report()
        self.tally = Tally()
        self.over_since = NOW

    @initialize(priority=st.sampled_from(Priority))
    def is_filed(self, priority: Priority) -> None:
        self.report = a_report(priority=priority)

    @rule(who=st.sampled_from(sorted(ACTORS)), action=st.sampled_from(sorted(OUTCOMES)))
    def somebody_acts(self, who: str, action: Action) -> None:
        if may(ACTORS[who], action, phase_of(self.report, self.now)):
            self.becomes(OUTCOMES[action], who, action)

    @precondition(lambda self: self.report.is_active)
    @rule()
    def another_sees_it_too(self) -> None:
        self.tally = Tally(counts={Mark.HERE: self.tally.of(Mark.HERE) + 1})
        self.report = replace(self.report, touched_at=self.now)
        if confirmed_by(self.report, self.tally):
            self.becomes(State.CONFIRMED, "two readers", None)

    @rule(passed=st.sampled_from([MINUTE, HOUR, 5 * HOUR, 25 * HOUR, 47 * HOUR, 400 * HOUR]))
    def time_passes(self, passed: timedelta) -> None:
        self.now += passed
        if is_due(self.report, self.now):
            self.becomes(State.EXPIRED, "time", None)

    def becomes(self, state: State, who: str, action: Action | None) -> None:
        """Change the state, and check what must hold for this very change."""
        before, self.report = self.report, with_state(self.report, state, self.now)
        if not before.is_active and self.report.is_active:
            assert action is Action.REOPEN
            assert self.now - self.over_since <= REOPEN_WITHIN
            assert before.state is not State.HIDDEN or who == "steward"
            assert before.state is not State.WITHDRAWN or "author" in who
        if before.state in REMOVED:
            assert self.report.is_active or state is State.HIDDEN
        if before.state in REMOVED and self.report.state not in REMOVED:
            assert action is Action.REOPEN
        if state is State.WITHDRAWN:
            assert "author" in who
        if before.is_active and not self.report.is_active:
            self.over_since = self.now
        assert not sounds_again(before, self.report) or before.priority > Priority.GREEN

    @invariant()
    def has_ended_exactly_when_it_is_not_active(self) -> None:
        assert (self.report.ended_at is None) is self.report.is_active

    @invariant()
    def knows_when_it_was_over(self) -> None:
        assert self.report.is_active or self.report.ended_at == self.over_since

    @invariant()
    def is_never_active_past_its_time(self) -> None:
        assert not is_due(self.report, self.now)

    @invariant()
    def does_not_leave_the_past(self) -> None:
        assert self.report.created_at <= self.report.touched_at <= self.now

    @invariant()
    def strangers_change_nothing(self) -> None:
        phase = phase_of(self.report, self.now)
        assert not any(may(ACTORS["stranger"], action, phase) for action in Action)


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=50, stateful_step_count=30, deadline=None)
