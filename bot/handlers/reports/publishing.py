"""Sending a report: one transaction holds it, all its copies and the author's receipt."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation import BUTTONS_WORK_FOR, as_rows, choice
from bot.domain.areas import AreaId
from bot.domain.bylines import byline_of
from bot.domain.consent import Purpose
from bot.domain.copies import Subject, SubjectKind
from bot.domain.effects import OnDoubt, urgency_of
from bot.domain.groups import Group, Reach
from bot.domain.incoming import Sender
from bot.domain.kinds import RESTRICTED_KINDS, Kind
from bot.domain.messages import Media, MessageRef
from bot.domain.notes import Note, NoteId
from bot.domain.permissions import Action, Actor, Phase, may
from bot.domain.reports import Byline, Priority, Report, ReportId
from bot.domain.richtext import RichText
from bot.domain.routing import RoomRoute, Spread, reaches_subscribers, room_routes
from bot.domain.words import Words, words
from bot.errors import NotPermitted
from bot.handlers.reports.audience import byline_said, reach_said
from bot.ports.features import Context

RECEIPTS = "receipts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A report that is ready to be sent.

    Attributes:
        group: The group it is written in, or None from a private chat.
        origin: The line it was made from, in a group's room.
    """

    priority: Priority
    kind: Kind | None
    text: RichText
    area: AreaId
    reach: Reach
    media: tuple[Media, ...] = ()
    group: Group | None = None
    origin: MessageRef | None = None


def report_subject(report: ReportId) -> Subject:
    """Return what copies of a report show."""
    return Subject(SubjectKind.REPORT, report)


def spread_of(filing: Filing, ctx: Context) -> Spread:
    """Return how far a report shall go."""
    return Spread(
        chain=ctx.chain(filing.area),
        priority=filing.priority,
        reach=filing.reach,
        group=filing.group.id if filing.group else None,
        author=ctx.sender.id,
    )


async def routes_of(spread: Spread, ctx: Context) -> Sequence[RoomRoute]:
    """Return the rooms that a report goes to."""
    return room_routes(
        spread,
        groups=await ctx.uow.groups.looking_after(spread.chain),
        organisations=await ctx.uow.organisations.covering(spread.chain),
    )


async def byline_in(filing: Filing, sender: Sender, ctx: Context) -> Byline:
    """Return under what name the sender is shown with this report."""
    scope = f"group:{filing.group.id}" if filing.group else f"area:{filing.area}"
    return byline_of(
        ctx.sender,
        alias=await ctx.uow.people.alias(ctx.sender.id, scope),
        shown_as=sender.name,
        chain=ctx.chain(filing.area),
        now=ctx.now,
    )


async def publish(filing: Filing, sender: Sender, ctx: Context) -> Report:
    """Store a report, spread it, and tell its author who gets it.

    Raises:
        NotPermitted: The kind is for verified police alone.
    """
    _require_may_file(filing, ctx)
    report = Report(
        id=await ctx.uow.reports.free_id(),
        area=filing.area,
        group=filing.group.id if filing.group else None,
        reach=filing.reach,
        kind=filing.kind,
        priority=filing.priority,
        text=filing.text,
        media=filing.media,
        author=ctx.sender.id,
        byline=await byline_in(filing, sender, ctx),
        origin=filing.origin,
        created_at=ctx.now,
        touched_at=ctx.now,
        is_provisional=Purpose.REPORTS not in ctx.sender.consents,
    )
    await ctx.uow.reports.add(report)
    reached = await _spread(report, filing, ctx)
    await ctx.uow.audit.note("report.filed", report.id, by=ctx.sender.id, now=ctx.now)
    await _give_receipt(report, reached, ctx)
    return report


async def _spread(report: Report, filing: Filing, ctx: Context) -> Words:
    """Queue the copies: rooms first, then those who follow the area."""
    spread = spread_of(filing, ctx)
    routes = await routes_of(spread, ctx)
    reached = await reach_said(spread, routes, ctx)
    await ctx.uow.copies.spread(
        report_subject(report.id),
        routes,
        urgency=urgency_of(report.priority),
        on_doubt=OnDoubt.REPEAT_ONCE,
        answers=None if ctx.capabilities.can_redact_others else filing.origin,
    )
    if reaches_subscribers(spread):
        await ctx.uow.copies.spread_to_followers(
            report_subject(report.id),
            spread.chain,
            priority=int(report.priority),
            but=ctx.sender.id,
            urgency=urgency_of(report.priority),
        )
    return reached


async def _give_receipt(report: Report, reached: Words, ctx: Context) -> None:
    said = words(
        "report-receipt",
        id=report.id,
        priority=report.priority.word,
        reached=reached,
        byline=await byline_said(report.byline, ctx.uow),
    )
    receipt = Note(
        id=receipt_id(report.id),
        feature=RECEIPTS,
        person=ctx.sender.id,
        words=said,
        choices=as_rows(
            (
                (choice("report-undo", "undo"), choice("report-resolve", f"/resolve {report.id}")),
                (choice("report-change-kind", "kind"),),
            )
        ),
        state={"report": report.id},
        expires_at=ctx.now + 2 * BUTTONS_WORK_FOR,
    )
    await ctx.uow.notes.say(receipt, ctx.private)


def receipt_id(report: ReportId) -> NoteId:
    """Return the id of the note that tells an author what became of a report."""
    return NoteId(f"receipt-{report}")


def _require_may_file(filing: Filing, ctx: Context) -> None:
    roles = ctx.sender.roles_at(ctx.chain(filing.area), ctx.now)
    action = Action.FILE_RESTRICTED if filing.kind in RESTRICTED_KINDS else Action.FILE
    if not may(Actor(roles=roles), action, Phase.NEW):
        raise NotPermitted("report-kind-restricted")
