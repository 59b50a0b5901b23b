"""Linking reports as values: what is remembered, who stands for whom, who may hear of whom."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.duplicates import counted, heir_of, is_one_circle, linked, passed_on, unlinked
from bot.domain.groups import GroupId, Reach
from bot.domain.lifecycle import REOPEN_WITHIN, WITNESSES, outcome_of, with_state
from bot.domain.permissions import Action
from bot.domain.reports import ACTIVE, Link, Mark, Report, ReportId, State, Tally
from tests.domain.examples import NOW, a_report

ROOT = a_report(id=ReportId("7K2"), created_at=NOW - timedelta(hours=1))
MINUTE = timedelta(minutes=1)
active = st.sampled_from(sorted(ACTIVE))


def a_duplicate(report_id: str, *, age: timedelta, ended: timedelta = MINUTE) -> Report:
    """A report that was linked to the root some time after it was written."""
    report = a_report(id=ReportId(report_id), created_at=NOW - age)
    return linked(report, ROOT, NOW - ended)


@given(state=active, leans=st.booleans(), later=st.timedeltas(timedelta(0), REOPEN_WITHIN))
def test_undone_link_leaves_a_report_as_it_was(state: State, later: timedelta, *, leans: bool):
    """But for its time, which begins anew."""
    before = a_report(state=state, confirmed_by_links=leans)
    after = unlinked(linked(before, ROOT, NOW), NOW + later)

    assert replace(after, touched_at=before.touched_at) == before


@given(state=st.sampled_from(State))
def test_link_ends_with_the_state(state: State):
    """Whatever becomes of a duplicate, it points nowhere any more."""
    after = with_state(linked(a_report(), ROOT, NOW), state, NOW)

    assert (after.link is not None) is (state is State.DUPLICATE)


def test_duplicate_opens_again_as_what_it_was():
    """Confirmed is not forgotten."""
    duplicate = linked(a_report(state=State.CONFIRMED), ROOT, NOW)

    assert outcome_of(Action.REOPEN, duplicate) is State.CONFIRMED
    assert outcome_of(Action.WITHDRAW, duplicate) is State.WITHDRAWN
    assert outcome_of(Action.REOPEN, a_report(state=State.FALSE)) is State.OPEN


def test_oldest_duplicate_stands_for_all():
    """By when it was written, not by when it was linked; of two at once always the same."""
    old, young = a_duplicate("AA2", age=5 * MINUTE), a_duplicate("AA3", age=MINUTE)
    twin = a_duplicate("AA4", age=5 * MINUTE)
    long_over = a_duplicate("AA5", age=9 * MINUTE, ended=REOPEN_WITHIN + MINUTE)

    assert heir_of([young, twin, long_over, old], NOW) is old
    assert heir_of([long_over], NOW) is None
    assert heir_of([], NOW) is None


def test_duplicate_is_passed_on():
    """To the one that stands for all, or to what the one between was the same as, or to none."""
    duplicate, heir = a_duplicate("AA2", age=MINUTE), a_report(id=ReportId("AA3"))
    link = Link(to=ReportId("AA4"), was=State.OPEN)

    assert passed_on(duplicate, heir).link == Link(to=heir.id, was=State.OPEN)
    assert passed_on(duplicate, link).link == link
    assert passed_on(duplicate, None) == replace(duplicate, link=None)


@pytest.mark.parametrize(
    ("state", "leans", "people", "becomes"),
    [
        (State.OPEN, False, WITNESSES, State.CONFIRMED),
        (State.OPEN, False, WITNESSES - 1, State.OPEN),
        (State.CONFIRMED, True, WITNESSES - 1, State.OPEN),
        (State.CONFIRMED, True, WITNESSES, State.CONFIRMED),
        (State.CONFIRMED, False, 0, State.CONFIRMED),
        (State.RESOLVED, True, WITNESSES + 3, State.RESOLVED),
        (State.HIDDEN, False, WITNESSES, State.HIDDEN),
    ],
    ids=["enough", "too few", "left by one", "still enough", "by word", "over", "hidden"],
)
def test_root_is_confirmed_by_those_who_are_linked(
    state: State, people: int, becomes: State, *, leans: bool
):
    """And no more when they leave; what was said by somebody who knows stays."""
    root = a_report(state=state, confirmed_by_links=leans)

    assert counted(root, Tally(counts={Mark.HERE: people}), NOW).state is becomes


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((Reach.AREA, "alby"), (Reach.AREA, None), True),
        ((Reach.GROUP, "alby"), (Reach.GROUP, "alby"), True),
        ((Reach.GROUP, "alby"), (Reach.GROUP, "shops"), False),
        ((Reach.GROUP, "alby"), (Reach.AREA, "alby"), False),
        ((Reach.GROUP, None), (Reach.GROUP, None), False),
    ],
    ids=["public", "one group", "two groups", "group and public", "no group at all"],
)
def test_who_may_hear_of_both(
    one: tuple[Reach, str | None], other: tuple[Reach, str | None], *, same: bool
):
    """A locked group's report is linked to nothing outside, in neither direction."""
    first, second = (
        a_report(reach=reach, group=GroupId(group) if group else None)
        for reach, group in (one, other)
    )

    assert is_one_circle(first, second) is is_one_circle(second, first) is same
