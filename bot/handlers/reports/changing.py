"""Changing a report's state, and telling everybody who got it."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation import Rows, note_to_sender
from bot.domain.appeals import emptied
from bot.domain.copies import Subject, SubjectKind
from bot.domain.duplicates import counted, heir_of, passed_on, unlinked
from bot.domain.effects import Urgency
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.lifecycle import (
    REMOVED,
    confirmed_by,
    outcome_of,
    phase_of,
    with_state,
)
from bot.domain.people import PersonId
from bot.domain.permissions import Action, may
from bot.domain.reports import Report, ReportId, State, Tally, read_report_id
from bot.domain.words import words
from bot.errors import Unacceptable
from bot.handlers.reports.announcing import CHANGES, REOPEN, announce, show_anew
from bot.handlers.reports.answer_lines import withdraw_answers
from bot.handlers.reports.publishing import (
    RECEIPTS,
    report_subject,
    spread_wider,
)
from bot.handlers.reports.standing import actor_before, known, require
from bot.handlers.reports.telling_once import tell_once
from bot.ports.features import Context, Feature, is_command
from bot.ports.media import MediaStore
from bot.ports.store import UnitOfWork

COMMANDS = {
    "resolve": Action.RESOLVE,
    "withdraw": Action.WITHDRAW,
    "confirm": Action.CONFIRM,
    "false": Action.DECLARE_FALSE,
}


async def act(report: Report, action: Action, ctx: Context) -> Report:
    """Do something to a report if the sender may.

    Raises:
        NotPermitted: The sender's standing does not allow it now.
    """
    await require(report, action, ctx)
    state = outcome_of(action, report)
    after = await move(report, state, uow=ctx.uow, now=ctx.now, by=ctx.sender.id)
    await discard_pictures(report, after, ctx.media)
    return after


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
    if after.is_appeal and not after.is_active:
        after = await _emptied(after, uow)
    await settle(report, after, uow=uow, now=now, by=by)
    return after


async def _emptied(report: Report, uow: UnitOfWork) -> Report:
    """Erase what an appeal told, and all that was said of it; its cards say that it is over."""
    await uow.reports.empty(report.id)
    await withdraw_answers(report, uow)
    for note in await uow.notes.about(report.id):
        await uow.copies.withdraw(Subject(SubjectKind.NOTE, note))
        await uow.notes.erase(note)
    return emptied(report)


async def discard_pictures(before: Report, after: Report, media: MediaStore) -> None:
    """Destroy the files that an appeal has let go of."""
    for file in before.media:
        if file not in after.media:
            await media.discard(file.id)


async def settle(
    before: Report, after: Report, *, uow: UnitOfWork, now: datetime, by: PersonId | None
) -> None:
    """Store a report in another state, with all that this means for those linked to it."""
    await uow.reports.save(after)
    await uow.audit.note(f"report.{after.state.value}", after.id, by=by, now=now)
    if after.state in REMOVED:
        await release(before, uow, now)
    await _spread_while_active(before, after, uow)
    await tell_once(before, after, uow)
    await announce(before, after, uow=uow, now=now, by=by)
    link = before.link or after.link
    if link is not None and before.link != after.link:
        await count_anew(link.to, uow, now)


async def _spread_while_active(before: Report, after: Report, uow: UnitOfWork) -> None:
    """Alert nobody else to what is over; a duplicate still is what others have not heard of."""
    if after.is_active and not before.is_active:
        await uow.copies.spread_on(report_subject(after.id))
    elif not after.is_active and after.state is not State.DUPLICATE:
        await uow.copies.stop_spreading(report_subject(after.id))


async def release(report: Report, uow: UnitOfWork, now: datetime) -> None:
    """Let the duplicates of a report that goes stand without it.

    Those of one that was a duplicate itself are the same as what that was; else the oldest of them
    is a report of its own again, and the others are the same as that.
    """
    duplicates = await uow.reports.linked_to(report.id)
    heir = None if report.link else heir_of(duplicates, now)
    for other in duplicates:
        if other is not heir:
            passed = passed_on(other, report.link or heir)
            await uow.reports.save(passed)
            await tell_once(other, passed, uow)
            await uow.copies.refresh(
                report_subject(other.id), urgency=Urgency.YELLOW, after=timedelta(0)
            )
    if heir is not None:
        after = unlinked(heir, now)
        await uow.reports.save(after)
        await tell_once(heir, after, uow)
        await uow.audit.note("report.unlinked", heir.id, by=None, now=now)
        await announce(heir, after, uow=uow, now=now, by=None)
        await count_anew(heir.id, uow, now)


async def count_anew(report: ReportId, uow: UnitOfWork, now: datetime) -> None:
    """Show at the root how many have seen it, now that its links have changed."""
    found = await uow.reports.get(report)
    if found is None:
        return
    root = await uow.reports.root_of(found)
    after = counted(root, await uow.contributions.tally(root.id), now)
    if after == root:
        await show_anew(root, uow, urgency=Urgency.YELLOW)
        return
    await uow.reports.save(after)
    await uow.audit.note(f"report.{after.state.value}", after.id, by=None, now=now)
    await announce(root, after, uow=uow, now=now, by=None)


async def rewrite(before: Report, after: Report, ctx: Context) -> None:
    """Store what was changed; what is more urgent, elsewhere or other now reaches more people."""
    await ctx.uow.reports.save(after)
    has_turned = (after.area, after.cell, after.kind) != (before.area, before.cell, before.kind)
    if after.priority > before.priority or has_turned:
        await spread_wider(after, ctx)
    await announce(before, after, uow=ctx.uow, now=ctx.now, by=ctx.sender.id)


async def confirm_if_seen_by_enough(report: Report, tally: Tally, ctx: Context) -> Report:
    """Confirm a report that two independent others have seen."""
    if not confirmed_by(report, tally):
        return report
    after = with_state(report, State.CONFIRMED, ctx.now)
    leans = bool(await ctx.uow.reports.family(report.id))
    after = replace(after, confirmed_by_links=leans)
    await settle(report, after, uow=ctx.uow, now=ctx.now, by=ctx.sender.id)
    return after


async def find(incoming: IncomingMessage, ctx: Context) -> tuple[Report, str]:
    """Return the report that a command is about, and the words after its id.

    It is named by its id or by replying to its card; without either it is the sender's only
    active one.

    Raises:
        Unacceptable: No report is named, or there is none with that id for the sender.
    """
    rest = incoming.command.rest.plain if incoming.command else ""
    first, _, after = rest.partition(" ")
    named = read_report_id(first) if first else None
    if named is not None and (report := await known(named, ctx)) is not None:
        return report, after.strip()
    if ctx.answered is not None and ctx.answered.subject.kind is SubjectKind.REPORT:
        report = await ctx.uow.reports.get(ReportId(ctx.answered.subject.id))
        if report is not None:
            return report, rest.strip()
    if named is not None and not after:
        raise Unacceptable("report-unknown", id=named)
    own = [r for r in await ctx.uow.reports.of_author(ctx.sender.id) if r.is_active]
    if len(own) != 1:
        raise Unacceptable("report-unknown", id=named) if named else Unacceptable("report-which")
    return own[0], rest.strip()


async def _handle(incoming: Incoming, ctx: Context) -> None:
    if not isinstance(incoming, IncomingMessage) or incoming.command is None:
        return
    report, _ = await find(incoming, ctx)
    after = await act(report, COMMANDS[incoming.command.name], ctx)
    await say_state(after, incoming, ctx)


async def say_state(after: Report, incoming: IncomingMessage, ctx: Context) -> None:
    """Say to whoever wrote a command in private what has become of a report."""
    if incoming.is_direct and ctx.pressed is None:
        said = words("report-is-now", id=after.id, state=after.state.value)
        note = note_to_sender(ctx, RECEIPTS, said, rows=await _undo_rows(after, ctx))
        await ctx.uow.notes.say(replace(note, state={"report": after.id}), ctx.private)


async def _undo_rows(report: Report, ctx: Context) -> Rows:
    """Let whoever ended another's report open it again; the author's receipt offers it already."""
    actor = await actor_before(report, ctx)
    mistaken = not actor.is_author and may(actor, Action.REOPEN, phase_of(report, ctx.now))
    return REOPEN if mistaken else ()


FEATURE = Feature(
    name=CHANGES,
    commands=tuple(COMMANDS),
    accepts=lambda incoming, _ctx: is_command(incoming, *COMMANDS),
    handle=_handle,
)
