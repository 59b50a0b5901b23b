"""Changing a report's state, and telling everybody who got it."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation import BUTTONS_WORK_FOR, Rows, as_rows, choice, new_note_id
from bot.domain.copies import Subject, SubjectKind
from bot.domain.effects import urgency_of
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.lifecycle import (
    OUTCOMES,
    can_reopen,
    confirmed_by,
    sounds_again,
    with_state,
)
from bot.domain.notes import Note
from bot.domain.people import PersonId
from bot.domain.permissions import Action, Actor, Phase, may
from bot.domain.reports import Report, ReportId, State, Tally, read_report_id
from bot.domain.words import Words, words
from bot.errors import NotPermitted, Unacceptable
from bot.handlers.reports.publishing import receipt_id, report_subject
from bot.ports.features import Context, Feature, is_command
from bot.ports.store import UnitOfWork

COMMANDS = {
    "resolve": Action.RESOLVE,
    "withdraw": Action.WITHDRAW,
    "confirm": Action.CONFIRM,
    "false": Action.DECLARE_FALSE,
}
CHANGES = "changes"


async def act(report: Report, action: Action, ctx: Context) -> Report:
    """Do something to a report if the sender may.

    Raises:
        NotPermitted: The sender's standing does not allow it now.
    """
    require(report, action, ctx)
    return await move(report, OUTCOMES[action], uow=ctx.uow, now=ctx.now, by=ctx.sender.id)


def require(report: Report, action: Action, ctx: Context) -> None:
    """Let pass only who may do something to a report now.

    Raises:
        NotPermitted: The sender may not, or the report's time is over.
    """
    phase = phase_of(report, ctx)
    actor = Actor(
        roles=ctx.sender.roles_at(ctx.chain(report.area), ctx.now),
        is_author=report.author == ctx.sender.id,
        got_it=True,
    )
    if may(actor, action, phase):
        return
    over = phase is not Phase.ACTIVE and may(actor, action, Phase.ACTIVE)
    text_id = "report-is-over" if over else f"report-may-not-{action.value.replace('_', '-')}"
    raise NotPermitted(text_id, id=report.id)


def phase_of(report: Report, ctx: Context) -> Phase:
    """Return what can still be done to a report."""
    if report.is_active:
        return Phase.ACTIVE
    return Phase.REOPENABLE if can_reopen(report, ctx.now) else Phase.CLOSED


async def move(
    report: Report, state: State, *, uow: UnitOfWork, now: datetime, by: PersonId | None
) -> Report:
    """Put a report into another state; every copy changes, and news are told where they matter.

    Args:
        report: As it is.
        state: What it becomes.
        uow: The transaction.
        now: Present time.
        by: Who did it and need not be told; None if nobody did.
    """
    after = with_state(report, state, now)
    await uow.reports.save(after)
    await uow.audit.note(f"report.{state.value}", report.id, by=by, now=now)
    await announce(report, after, uow=uow, now=now, by=by)
    return after


async def announce(
    before: Report, after: Report, *, uow: UnitOfWork, now: datetime, by: PersonId | None
) -> None:
    """Bring all copies up to date, and tell with sound what deserves it."""
    subject = report_subject(after.id)
    await uow.copies.refresh(subject, urgency=urgency_of(after.priority), after=timedelta(0))
    if sounds_again(before, after):
        await _tell_news(_news(before, after), after, uow=uow, now=now, by=by)
    await _renew_receipt(after, uow)


async def confirm_if_seen_by_enough(report: Report, tally: Tally, ctx: Context) -> Report:
    """Confirm a report that two independent others have seen."""
    if not confirmed_by(report, tally):
        return report
    return await move(report, State.CONFIRMED, uow=ctx.uow, now=ctx.now, by=ctx.sender.id)


async def find(incoming: IncomingMessage, ctx: Context) -> tuple[Report, str]:
    """Return the report that a command is about, and the words after its id.

    It is named by its id or by replying to its card; without either it is the sender's only
    active one.

    Raises:
        Unacceptable: No report is named, or there is none with that id.
    """
    rest = incoming.command.rest.plain if incoming.command else ""
    first, _, after = rest.partition(" ")
    named = read_report_id(first) if first else None
    if named is not None and (report := await ctx.uow.reports.get(named)) is not None:
        return report, after.strip()
    if ctx.answered is not None and ctx.answered.subject.kind is SubjectKind.REPORT:
        report = await ctx.uow.reports.get(ReportId(ctx.answered.subject.id))
        if report is not None:
            return report, rest.strip()
    if named is not None and not after:
        raise Unacceptable("report-unknown", id=named)
    own = [r for r in await ctx.uow.reports.of_author(ctx.sender.id) if r.is_active]
    if len(own) != 1:
        raise Unacceptable("report-which")
    return own[0], rest.strip()


def ending_rows(report: Report) -> Rows:
    """Offer an author the ways to end a report."""
    return (
        (
            choice("report-resolve", f"/resolve {report.id}"),
            choice("report-withdraw", f"/withdraw {report.id}"),
        ),
    )


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if not isinstance(incoming, IncomingMessage) or incoming.command is None:
        return
    report, _ = await find(incoming, ctx)
    await act(report, COMMANDS[incoming.command.name], ctx)


async def _tell_news(
    news: Words, report: Report, *, uow: UnitOfWork, now: datetime, by: PersonId | None
) -> None:
    note = Note(
        id=new_note_id(),
        feature=CHANGES,
        person=None,
        words=news,
        expires_at=now + BUTTONS_WORK_FOR,
    )
    await uow.notes.keep(note)
    await uow.copies.follow_up(
        Subject(SubjectKind.NOTE, note.id),
        report_subject(report.id),
        urgency=urgency_of(report.priority),
        but=by,
    )


def _news(before: Report, after: Report) -> Words:
    if after.priority > before.priority:
        return words("news-raised", id=after.id, emoji=after.priority.emoji)
    return words(f"news-{after.state.value}", id=after.id)


async def _renew_receipt(report: Report, uow: UnitOfWork) -> None:
    """Let the author's receipt offer what can be done now."""
    receipt = await uow.notes.get(receipt_id(report.id))
    if receipt is None:
        return
    said = words("report-receipt-state", id=report.id, state=report.state.value)
    rows = ending_rows(report) if report.is_active else ((choice("report-reopen", "reopen"),),)
    await uow.notes.change(replace(receipt, words=said, choices=as_rows(rows)))


FEATURE = Feature(
    name=CHANGES,
    commands=tuple(COMMANDS),
    accepts=lambda incoming, _ctx: is_command(incoming, *COMMANDS),
    handle=_handle,
)
