"""Joining a report instead of writing a second one: "yes, I see it too"."""

from bot.conversation import new_note_id
from bot.domain.copies import Subject, SubjectKind
from bot.domain.drafts import Draft
from bot.domain.effects import Urgency, urgency_of
from bot.domain.likeness import says_more
from bot.domain.messages import Media
from bot.domain.notes import Note
from bot.domain.permissions import Action
from bot.domain.reports import Mark, Report
from bot.domain.senders import Sender
from bot.domain.words import words
from bot.handlers.reports.announcing import show_anew
from bot.handlers.reports.changing import confirm_if_seen_by_enough
from bot.handlers.reports.publishing import report_subject
from bot.handlers.reports.standing import require
from bot.handlers.reports.updates import add_update
from bot.ports.features import Context

JOINING = "joining"


async def join(report: Report, draft: Draft, sender: Sender, ctx: Context) -> bool:
    """Count the sender on a report and add what a draft says of it; return whether it said more.

    Raises:
        NotPermitted: The report is over.
    """
    await require(report, Action.MARK, ctx, was_shown=True)
    await ctx.uow.contributions.mark(report.id, ctx.sender.id, Mark.HERE, ctx.now)
    await ctx.uow.reports.touch(report.id, ctx.now)
    tally = await ctx.uow.contributions.tally(report.id)
    report = await confirm_if_seen_by_enough(report, tally, ctx)
    await show_anew(report, ctx.uow, urgency=Urgency.YELLOW)
    await _show_card(report, ctx)
    if draft.media:
        await _add_pictures(report, draft.media, ctx)
    adds = not draft.kind_says_it and says_more(draft.text.plain, report.text.plain)
    if adds:
        await add_update(report, draft.text, sender, ctx, was_shown=True)
    return adds


async def _show_card(report: Report, ctx: Context) -> None:
    """Let whoever joins follow how it goes."""
    subject = report_subject(report.id)
    if not await ctx.uow.copies.reached(subject, ctx.sender.id):
        await ctx.uow.copies.show_to(subject, ctx.private, urgency=urgency_of(report.priority))


async def _add_pictures(report: Report, media: tuple[Media, ...], ctx: Context) -> None:
    """Show pictures as an answer to each card, in silence; they go with whoever took them."""
    note = Note(
        id=new_note_id(),
        feature=JOINING,
        person=ctx.sender.id,
        words=words("duplicate-picture", id=report.id),
        media=media,
        about=report.id,
        expires_at=ctx.now + ctx.lifetimes.of_report(report.priority),
        is_silent=True,
    )
    await ctx.uow.notes.keep(note)
    for got in (report.id, *await ctx.uow.reports.family(report.id)):
        await ctx.uow.copies.follow_up(
            Subject(SubjectKind.NOTE, note.id),
            report_subject(got),
            urgency=urgency_of(report.priority),
            but=ctx.sender.id,
        )
