"""The living card of a report, as each reader sees it."""

from collections.abc import Sequence
from datetime import datetime

from bot.bylines import byline_said
from bot.domain.areas import AreaMap
from bot.domain.lifecycle import REMOVED
from bot.domain.official_answers import is_false
from bot.domain.outgoing import Button, OutgoingMessage
from bot.domain.reports import Mark, Priority, Report, ReportId, State, Tally, Update
from bot.domain.richtext import joined
from bot.domain.set_apart import set_apart
from bot.domain.words import Moment, Words, words
from bot.handlers.reports.answer_lines import answer_lines
from bot.official_posts import Rows, check_rows
from bot.ports.showing import Showing
from bot.ports.store import UnitOfWork

UPDATES_SHOWN = 3
_ROWS = ((Mark.SEEN, Mark.HERE), (Mark.HANDLED, Mark.FLAG))
_RED_ROWS = ((Mark.SEEN, Mark.HERE, Mark.CALLED), (Mark.HANDLED, Mark.FLAG))


async def show_report(showing: Showing) -> OutgoingMessage | None:
    """Write the card; None if the report is gone, or over before it could alert somebody."""
    report = await showing.uow.reports.get(ReportId(showing.subject.id))
    if report is None:
        return None
    root = await showing.uow.reports.root_of(report)
    if _comes_too_late(root, showing):
        return None
    lines = await card_lines(report, showing.uow, showing.areas)
    text = joined(map(showing.say, lines), "\n")
    return OutgoingMessage(
        text=text,
        rows=_rows(report, root, showing),
        media=() if report.state in REMOVED else report.media,
        silent=report.priority is Priority.GREEN,
        pinned_in=report.group if _is_pressing(report) else None,
    )


async def card_lines(report: Report, uow: UnitOfWork, areas: AreaMap) -> Sequence[Words]:
    """Say what stands on the card, line by line.

    A duplicate shows its own words, and what is told and counted on what it is the same as.
    """
    root = await uow.reports.root_of(report)
    answers = await uow.official_answers.of_report(root.id)
    lines = [_head(report, areas, is_false=is_false(answers))]
    if report.state in REMOVED:
        return [*lines, _state(report)]
    if report.is_appeal and not report.is_active and report.link is None:
        return [*lines, _state(report), words("card-emptied")]
    if report.priority is Priority.RED and root.is_active:
        lines.append(words("card-call-112"))
    lines.extend(await answer_lines(answers, uow))
    text_id = "card-claim" if answers else "card-text"
    lines.append(words(text_id, text=set_apart(report.text, begins_line=True)))
    lines.extend(await _updates(report, uow))
    if report.link:
        lines.extend([_same_as(root, areas), *await _updates(root, uow)])
    elif report.state is not State.OPEN:
        lines.append(_state(report))
    tally = await uow.contributions.tally(root.id)
    lines.append(_foot(root, tally, await byline_said(report.byline, uow)))
    if report.ends_at is not None and report.is_active:
        lines.append(await _ends(report, report.ends_at, uow))
    if report.code is not None and report.byline.role is not None:
        lines.append(words("card-code", code=report.code))
    return lines


async def preview_lines(report: Report, uow: UnitOfWork, areas: AreaMap) -> Sequence[Words]:
    """Say what will stand on the card of a report that is not sent yet."""
    ending = [] if report.ends_at is None else [await _ends(report, report.ends_at, uow)]
    urgent = [words("card-call-112")] if report.priority is Priority.RED else []
    return [
        _head(report, areas),
        *urgent,
        words("card-text", text=set_apart(report.text, begins_line=True)),
        _foot(report, Tally(), await byline_said(report.byline, uow)),
        *ending,
    ]


def _is_pressing(report: Report) -> bool:
    """Whether whoever opens the group shall see it first."""
    return report.is_active and report.priority is Priority.RED


def _comes_too_late(report: Report, showing: Showing) -> bool:
    is_alert = showing.reader.is_untouched and showing.reader.is_private
    return is_alert and not report.is_active


def _head(report: Report, areas: AreaMap, *, is_false: bool = False) -> Words:
    """Say what, where and when; of a claim that is officially false not what it claimed."""
    kind = f"kind-{report.kind.value}" if report.kind else "kind-none"
    return words(
        "card-head",
        emoji=report.priority.emoji,
        id=report.id,
        kind=words("kind-claim") if is_false else words(kind),
        area=areas.name(report.area),
        time=Moment(report.created_at, with_day=report.priority is Priority.GREEN),
    )


async def _ends(report: Report, at: datetime, uow: UnitOfWork) -> Words:
    asking = await uow.organisations.get(report.byline.organisation or "")
    named = asking.name if asking else report.byline.organisation or ""
    return words("card-ends", time=Moment(at, with_day=True), organisation=named)


def _state(report: Report) -> Words:
    return words(
        "card-state",
        state=report.state.value,
        time=Moment(report.ended_at or report.touched_at),
    )


def _same_as(root: Report, areas: AreaMap) -> Words:
    """Lead to what a duplicate is the same as, and say how that stands."""
    return words(
        "card-same-as",
        id=root.id,
        area=areas.name(root.area),
        time=Moment(root.created_at, with_day=root.priority is Priority.GREEN),
        state=root.state.value,
        ended=Moment(root.ended_at or root.touched_at),
    )


def _foot(report: Report, tally: Tally, byline: Words) -> Words:
    return words(
        "card-foot",
        byline=byline,
        seen=tally.of(Mark.SEEN),
        here=tally.of(Mark.HERE),
        called=tally.of(Mark.CALLED),
        called_at=Moment(tally.called_at or report.created_at),
        handled=tally.of(Mark.HANDLED) if report.is_active else 0,
        is_over="no" if report.is_active else "yes",
    )


async def _updates(report: Report, uow: UnitOfWork) -> Sequence[Words]:
    updates = await uow.contributions.updates(report.id, last=UPDATES_SHOWN)
    return [await _update(update, uow) for update in updates]


async def _update(update: Update, uow: UnitOfWork) -> Words:
    byline = await byline_said(update.byline, uow)
    has_badge = update.code is not None and update.byline.role is not None
    return words(
        "card-update",
        byline=byline,
        time=Moment(update.at),
        text=set_apart(update.text),
        code=words("card-code-short", code=update.code or "") if has_badge else words("nothing"),
    )


def _rows(report: Report, root: Report, showing: Showing) -> Rows:
    """Return the buttons; whether it is genuine can be asked for ever."""
    rows = _buttons(root, showing) if root.is_active else ()
    if report.is_appeal and report.is_active and report.byline.organisation is not None:
        tip = f"/tip {report.byline.organisation} {report.id}"
        rows = ((Button(label=showing.label(words("appeal-tip")), data=tip),), *rows)
    is_official = report.code is not None and report.byline.role is not None
    return (*rows, *check_rows(f"#{report.id}", showing)) if is_official else rows


def _buttons(report: Report, showing: Showing) -> Rows:
    rows = _RED_ROWS if report.priority is Priority.RED else _ROWS
    return tuple(tuple(_button(mark, showing) for mark in row) for row in rows)


def _button(mark: Mark, showing: Showing) -> Button:
    label = showing.label(words(f"mark-{mark.value}"))
    return Button(label=f"{mark.emoji} {label}", data=mark.value, emoji=mark.emoji)
