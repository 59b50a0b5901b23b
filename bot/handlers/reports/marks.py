"""The buttons on a card: seen, also here, 112 called, handled, flag."""

from dataclasses import replace
from datetime import timedelta

from bot.alert_wishes import follow_choice
from bot.conversation import Rows, as_rows, choice, note_to_sender
from bot.domain.consent import Purpose
from bot.domain.copies import PersonRef, SubjectKind
from bot.domain.effects import Urgency
from bot.domain.incoming import Incoming, IncomingReaction
from bot.domain.notes import Note, NoteId
from bot.domain.people import PersonId, Role
from bot.domain.permissions import Action
from bot.domain.reports import Mark, Report, ReportId
from bot.domain.words import words
from bot.errors import NotPermitted, Unacceptable, UnknownButton
from bot.handlers.reports.announcing import show_anew
from bot.handlers.reports.changing import act, confirm_if_seen_by_enough
from bot.handlers.reports.standing import require
from bot.ports.features import Context, Feature

MARKS = "marks"
COUNTS_SETTLE = timedelta(seconds=1)
"""Presses that come together change the cards once."""
_STEWARDS = frozenset({Role.MODERATOR, Role.COORDINATOR})


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if ctx.pressed is None:
        return
    if ctx.pressed.note is not None:
        await _decide_flag(ctx.pressed.note, ctx.pressed.action, ctx)
        return
    shown = await ctx.uow.reports.get(ReportId(ctx.pressed.copy.subject.id))
    if shown is None:
        raise UnknownButton
    action = ctx.pressed.action
    mark = _read(action.removeprefix("un"))
    # A duplicate's people count with the root; but who flags it means the words that stand there.
    report = shown if mark is Mark.FLAG else await ctx.uow.reports.root_of(shown)
    if action.startswith("un"):
        await _unmark(report, mark, ctx)
    elif isinstance(incoming, IncomingReaction) and mark is Mark.SEEN:
        await _mark_seen_if_possible(report, ctx)
    else:
        await _mark(report, mark, ctx)


async def _mark_seen_if_possible(report: Report, ctx: Context) -> None:
    """Count who nods at a card; why it does not count is nothing that a nod asks for."""
    try:
        await _mark(report, Mark.SEEN, ctx)
    except (NotPermitted, Unacceptable):
        return


def _read(action: str) -> Mark:
    if action not in set(Mark):
        raise UnknownButton
    return Mark(action)


async def _mark(report: Report, mark: Mark, ctx: Context) -> None:
    await require(await ctx.uow.reports.root_of(report), Action.MARK, ctx)
    if mark is Mark.HERE and report.author == ctx.sender.id:
        raise Unacceptable("mark-own-report", id=report.id)
    if not await ctx.uow.contributions.mark(report.id, ctx.sender.id, mark, ctx.now):
        raise Unacceptable("mark-already-set", id=report.id)
    await ctx.uow.reports.touch(report.id, ctx.now)
    await _show_counts(report, ctx)
    match mark:
        case Mark.HANDLED:
            await _handled(report, ctx)
        case Mark.HERE:
            tally = await ctx.uow.contributions.tally(report.id)
            await confirm_if_seen_by_enough(report, tally, ctx)
            await _offer_to_follow(report, ctx)
        case Mark.FLAG:
            await _flagged(report, ctx)
        case Mark.SEEN | Mark.CALLED:
            pass


async def _unmark(report: Report, mark: Mark, ctx: Context) -> None:
    """Take a mark back wherever it was set: it may have been before the reports were linked."""
    for one in (report.id, *await ctx.uow.reports.family(report.id)):
        await ctx.uow.contributions.unmark(one, ctx.sender.id, mark)
    await _show_counts(report, ctx)


async def _show_counts(report: Report, ctx: Context) -> None:
    await show_anew(report, ctx.uow, urgency=Urgency.LATER, after=COUNTS_SETTLE)


async def _offer_to_follow(report: Report, ctx: Context) -> None:
    """Ask once whoever sees what others see whether to hear of more there."""
    follow = await follow_choice(report.area, ctx)
    note_id = NoteId(f"follow-offer-{ctx.sender.id}")
    if follow is None or Purpose.REPORTS not in ctx.sender.consents:
        return
    if await ctx.uow.notes.get(note_id) is None:
        said = words("follow-offer", area=ctx.areas.name(report.area))
        note = note_to_sender(ctx, MARKS, said, rows=((follow,),))
        note = replace(note, id=note_id, is_silent=True)
        await ctx.uow.notes.say(note, ctx.private, urgency=Urgency.LATER)


async def _handled(report: Report, ctx: Context) -> None:
    """Resolve it if the sender may; else ask the author, who knows."""
    try:
        await act(report, Action.RESOLVE, ctx)
    except NotPermitted:
        rows = ((choice("report-resolve", f"/resolve {report.id}"),),)
        await _say_once(report.author, "mark-handled-ask-author", report, ctx, rows=rows)


async def _flagged(report: Report, ctx: Context) -> None:
    """Ask those who keep the tone to look; thank the one who told."""
    stewards = [
        holder
        for holder in await ctx.uow.people.holders([role.value for role in _STEWARDS], ctx.now)
        if await _is_steward_of(holder, report, ctx)
    ]
    for steward in stewards:
        rows = ((choice("flag-hide", "hide"), choice("flag-leave", "leave")),)
        await _say_once(steward, "flag-look", report, ctx, rows=rows)
    thanks = "flag-thanks" if stewards else "flag-nobody"
    await _say_once(ctx.sender.id, thanks, report, ctx)


async def _is_steward_of(holder: PersonId, report: Report, ctx: Context) -> bool:
    person = await ctx.uow.people.get(holder, ctx.now)
    return person is not None and not _STEWARDS.isdisjoint(
        person.roles_at(ctx.chain(report.area), ctx.now)
    )


async def _decide_flag(note: Note, action: str, ctx: Context) -> None:
    report = await ctx.uow.reports.get(ReportId(str(note.state.get("report"))))
    if report is None:
        raise UnknownButton("report-is-gone")
    rows: Rows = ()
    match action:
        case "hide":
            await act(report, Action.HIDE, ctx)
            said, rows = "flag-hidden", ((choice("report-reopen", "reopen"),),)
        case "reopen":
            await act(report, Action.REOPEN, ctx)
            said = "flag-left"
        case _:
            said = "flag-left"
    decided = replace(note, words=words(said, id=report.id), choices=as_rows(rows))
    await ctx.uow.notes.change(decided)


async def _say_once(
    person: PersonId, text_id: str, report: Report, ctx: Context, *, rows: Rows = ()
) -> None:
    """Say something of a report in one message, however often a mark comes and goes.

    It can be answered as long as the report is kept.
    """
    note = Note(
        id=NoteId(f"{text_id}-{report.id}-{person}"),
        feature=MARKS,
        person=person,
        words=words(text_id, id=report.id, area=ctx.areas.name(report.area)),
        choices=as_rows(rows),
        about=report.id,
        state={"report": report.id},
        expires_at=ctx.now + ctx.lifetimes.of_report(report.priority),
    )
    before = await ctx.uow.notes.get(note.id)
    if before is None:
        await ctx.uow.notes.say(note, PersonRef(person))
    elif before.words != note.words:
        await ctx.uow.notes.change(note)


def _accepts(_incoming: Incoming, ctx: Context) -> bool:
    on_a_card = (
        ctx.pressed is not None
        and ctx.pressed.note is None
        and ctx.pressed.copy.subject.kind is SubjectKind.REPORT
        and not ctx.pressed.action.startswith("/")  # that is a command, and another's
    )
    return on_a_card or ctx.has_pressed(MARKS)


FEATURE = Feature(name=MARKS, accepts=_accepts, handle=_handle)
