"""Reports that tell of the same thing: linked to one of them, never merged, and let go again.

A link leads from a duplicate to the report that it was found to be the same as. Those may be
linked in their turn; the last of them, which is linked to none, is the root.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain.groups import Reach
from bot.domain.lifecycle import WITNESSES, can_reopen, with_state
from bot.domain.reports import Link, Mark, Report, State, Tally


def linked(report: Report, root: Report, now: datetime) -> Report:
    """Return a report as a duplicate of another; it remembers what it was."""
    link = Link(to=root.id, was=report.state)
    return replace(with_state(report, State.DUPLICATE, now), link=link)


def unlinked(report: Report, now: datetime) -> Report:
    """Return a duplicate as a report of its own, as it was; its time begins anew."""
    return with_state(report, report.link.was, now) if report.link else report


def passed_on(report: Report, to: Report | Link | None) -> Report:
    """Return a duplicate linked to another report; to none if that is gone and nobody follows."""
    if report.link is None or to is None:
        return replace(report, link=None)
    root = to.to if isinstance(to, Link) else to.id
    return replace(report, link=replace(report.link, to=root))


def is_one_circle(one: Report, other: Report) -> bool:
    """Whether both are for the same eyes: what a locked group knows leads nobody else to it."""
    if Reach.AREA in {one.reach, other.reach}:
        return one.reach is other.reach
    return one.group is not None and one.group == other.group


def heir_of(duplicates: Iterable[Report], now: datetime) -> Report | None:
    """Return which of a root's duplicates stands for all when the root is gone: the oldest.

    What ended too long ago stays ended, as everything does.
    """
    able = [report for report in duplicates if can_reopen(report, now)]
    return min(able, key=lambda report: (report.created_at, report.id), default=None)


def counted(root: Report, tally: Tally, now: datetime) -> Report:
    """Return a root whose links have changed: confirmed by the number of people, or not any more.

    What somebody's word, or people at its own card, have confirmed stays so.
    """
    is_enough = tally.of(Mark.HERE) >= WITNESSES
    if root.state is State.OPEN and is_enough:
        return replace(with_state(root, State.CONFIRMED, now), confirmed_by_links=True)
    if root.state is State.CONFIRMED and root.confirmed_by_links and not is_enough:
        return replace(root, state=State.OPEN, confirmed_by_links=False)
    return root
