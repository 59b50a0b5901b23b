"""Putting a report in another place: whom it concerns there gets its card, and nobody twice."""

from collections.abc import Collection
from dataclasses import replace

from bot.conversation import BUTTONS_WORK_FOR, new_note_id
from bot.domain.areas import Area
from bot.domain.copies import PersonRef, Subject, SubjectKind
from bot.domain.effects import urgency_of
from bot.domain.notes import Note
from bot.domain.people import PersonId
from bot.domain.permissions import Action
from bot.domain.positions import Cell
from bot.domain.reports import Byline, Priority, Report
from bot.domain.words import words
from bot.errors import Unacceptable
from bot.handlers.reports.changing import rewrite
from bot.handlers.reports.filing_rights import require_may_file
from bot.handlers.reports.publishing import report_subject, spread_again
from bot.handlers.reports.standing import require
from bot.ports.features import Context

MOVES = "moves"


async def move(report: Report, area: Area, cell: Cell | None, ctx: Context) -> None:
    """Put a report in another place.

    Raises:
        NotPermitted: The sender may not say where it is, or not publish such there.
        Unacceptable: It is there already.
    """
    await require(report, Action.MOVE, ctx)
    if (area.id, cell) == (report.area, report.cell):
        raise Unacceptable("move-same", id=report.id, area=area.name)
    require_may_file(report.kind, area.id, ctx)
    byline = await _byline_there(report.byline, area, ctx)
    after = replace(report, area=area.id, cell=cell, byline=byline, touched_at=ctx.now)
    # Asked first: those who get their first card now have no need of being told.
    have_it = await ctx.uow.subscriptions.newly_hit(
        report_subject(report.id), before=spread_again(report, ctx), after=spread_again(after, ctx)
    )
    await rewrite(report, after, ctx)
    await ctx.uow.audit.note("report.moved", report.id, by=ctx.sender.id, now=ctx.now)
    await _tell(after, [one for one in have_it if one != ctx.sender.id], ctx)


async def _byline_there(byline: Byline, area: Area, ctx: Context) -> Byline:
    """Leave out the badge where its organisation has no say."""
    covering = await ctx.uow.organisations.covering(ctx.chain(area.id))
    has_say = byline.organisation in {one.id for one in covering}
    return byline if has_say else byline.without_badge()


async def _tell(report: Report, people: Collection[PersonId], ctx: Context) -> None:
    """Tell those who have the card and follow the new place: an edit alone makes no sound."""
    if not people:
        return
    note = Note(
        id=new_note_id(),
        feature=MOVES,
        person=None,
        words=words(
            "news-moved",
            emoji=report.priority.emoji,
            id=report.id,
            area=ctx.areas.name(report.area),
        ),
        expires_at=ctx.now + BUTTONS_WORK_FOR,
        is_silent=report.priority is Priority.GREEN,
    )
    await ctx.uow.notes.keep(note)
    for person in people:
        await ctx.uow.copies.show_to(
            Subject(SubjectKind.NOTE, note.id),
            PersonRef(person),
            urgency=urgency_of(report.priority),
        )
