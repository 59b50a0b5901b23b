"""The buttons on an author's receipt: undo, another kind or place, open again."""

from dataclasses import replace

from bot.conversation import as_rows, choice
from bot.domain.appeals import end_for
from bot.domain.incoming import Incoming
from bot.domain.kinds import RESTRICTED_KINDS, Kind
from bot.domain.lifecycle import UNDO_WITHIN
from bot.domain.notes import Note, press_on
from bot.domain.permissions import Action
from bot.domain.reports import Report, ReportId
from bot.domain.words import words
from bot.errors import UnknownButton
from bot.handlers.reports.announcing import ending_rows
from bot.handlers.reports.changing import act, rewrite
from bot.handlers.reports.erasing import erase_report
from bot.handlers.reports.filing_rights import kinds_for, require_may_file
from bot.handlers.reports.placing import ask_place
from bot.handlers.reports.proving import must_prove_first
from bot.handlers.reports.publishing import (
    RECEIPTS,
    receipt_id,
)
from bot.handlers.reports.standing import require
from bot.ports.features import Context, Feature

_SET = "set-kind "


async def _handle(_incoming: Incoming, ctx: Context) -> None:
    if ctx.pressed is None or ctx.pressed.note is None:
        return
    note = ctx.pressed.note
    report = await ctx.uow.reports.get(ReportId(str(note.state.get("report"))))
    if report is None:
        raise UnknownButton
    match ctx.pressed.action:
        case "undo":
            await _undo(report, note, ctx)
        case "reopen":
            await _reopen(report, note, ctx)
        case "kind":
            await _offer_kinds(report, note, ctx)
        case "place":
            await ask_place(report, ctx)
        case action:
            await _set_kind(report, Kind(action.removeprefix(_SET)), note, ctx)


async def _undo(report: Report, note: Note, ctx: Context) -> None:
    """Within a minute it is as if it had never been; later it is withdrawn before all eyes."""
    await require(report, Action.WITHDRAW, ctx)
    if ctx.now - report.created_at > UNDO_WITHIN:
        await act(report, Action.WITHDRAW, ctx)
        return
    await erase_report(report, ctx.uow, ctx.media, ctx.now)
    await ctx.uow.audit.note("report.undone", report.id, by=ctx.sender.id, now=ctx.now)
    done = replace(note, words=words("report-undone", id=report.id), choices=(), state={})
    await ctx.uow.notes.change(done)


async def _reopen(report: Report, note: Note, ctx: Context) -> None:
    """Open it again; the author's own receipt says so by itself."""
    after = await act(report, Action.REOPEN, ctx)
    if note.id != receipt_id(report.id):
        said = words("report-is-now", id=after.id, state=after.state.value)
        await ctx.uow.notes.change(replace(note, words=said, choices=()))


async def _offer_kinds(report: Report, note: Note, ctx: Context) -> None:
    await require(report, Action.EDIT, ctx)
    kinds = kinds_for(report.area, ctx)
    buttons = [choice(f"kind-{kind.value}", f"{_SET}{kind.value}") for kind in kinds]
    rows = [buttons[i : i + 2] for i in range(0, len(buttons), 2)]
    await ctx.uow.notes.change(replace(note, choices=as_rows(rows)))


async def _set_kind(report: Report, kind: Kind, note: Note, ctx: Context) -> None:
    await require(report, Action.EDIT, ctx)
    require_may_file(kind, report.area, ctx)
    again = press_on(note, f"{_SET}{kind.value}")
    if kind in RESTRICTED_KINDS and await must_prove_first(
        report.byline, report.priority, report.reach, ctx, again=again
    ):
        return
    ends_at = end_for(kind, report.ends_at, ctx.now)
    changed = replace(report, kind=kind, ends_at=ends_at, touched_at=ctx.now)
    await rewrite(report, changed, ctx)
    await ctx.uow.notes.change(replace(note, choices=as_rows(ending_rows(report))))


FEATURE = Feature(
    name=RECEIPTS,
    accepts=lambda _incoming, ctx: ctx.has_pressed(RECEIPTS),
    handle=_handle,
)
