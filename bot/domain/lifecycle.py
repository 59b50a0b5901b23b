"""How a report changes state, and what must be true before and after."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.permissions import Action, Phase
from bot.domain.reports import ACTIVE, Mark, Priority, Report, State, Tally

REOPEN_WITHIN = timedelta(hours=48)
UNDO_WITHIN = timedelta(minutes=1)
CONSENT_WITHIN = timedelta(hours=24)
WITNESSES = 2
"""Independent others who make a report confirmed."""

OUTCOMES: Mapping[Action, State] = {
    Action.CONFIRM: State.CONFIRMED,
    Action.RESOLVE: State.RESOLVED,
    Action.DECLARE_FALSE: State.FALSE,
    Action.WITHDRAW: State.WITHDRAWN,
    Action.HIDE: State.HIDDEN,
    Action.REOPEN: State.OPEN,
    Action.LINK: State.DUPLICATE,
}
"""The state that each action leads to."""

REMOVED = frozenset({State.WITHDRAWN, State.HIDDEN})
"""States in which nobody sees the text any more."""

_ENDED: Mapping[State, Phase] = {
    State.WITHDRAWN: Phase.WITHDRAWN,
    State.HIDDEN: Phase.HIDDEN,
}


def with_state(report: Report, state: State, now: datetime) -> Report:
    """Return the report in another state; entering it counts as a touch.

    What has ended keeps the time when it did, so that it can't be kept reopenable for ever. A link
    ends with the state of a duplicate.
    """
    is_duplicate = state is State.DUPLICATE
    return replace(
        report,
        state=state,
        touched_at=now,
        ended_at=None if state in ACTIVE else report.ended_at or now,
        link=report.link if is_duplicate else None,
        confirmed_by_links=report.confirmed_by_links
        and (is_duplicate or report.state is State.DUPLICATE),
    )


def outcome_of(action: Action, report: Report) -> State:
    """Return the state to which an action leads; a duplicate opens again as what it was."""
    if action is Action.REOPEN and report.link is not None:
        return report.link.was
    return OUTCOMES[action]


def can_reopen(report: Report, now: datetime) -> bool:
    """Whether an ended report is recent enough to be opened again."""
    return report.ended_at is not None and now - report.ended_at <= REOPEN_WITHIN


def phase_of(report: Report, now: datetime) -> Phase:
    """Return what can still be done to a report."""
    if report.is_active:
        return Phase.ACTIVE
    if not can_reopen(report, now) or (report.is_appeal and report.link is None):
        return Phase.CLOSED  # of an appeal that is over nothing is left to be opened
    return _ENDED.get(report.state, Phase.REOPENABLE)


def confirmed_by(report: Report, tally: Tally) -> bool:
    """Whether enough independent people have said that they see it too."""
    return report.state is State.OPEN and tally.of(Mark.HERE) >= WITNESSES


def sounds_again(before: Report, after: Report) -> bool:
    """Whether a change deserves a new message with sound, not only an edited card.

    It does when urgency rises, and when something that called for attention is over. A report
    that merely runs out, or a green one that ends, changes in silence.
    """
    if after.priority > before.priority:
        return True
    ended = before.is_active and not after.is_active
    return ended and before.priority > Priority.GREEN and after.state is not State.EXPIRED
