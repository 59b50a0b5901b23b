"""Sending a report: one transaction holds it, all its copies and the author's receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.alert_wishes import follow_choice
from bot.bylines import byline_said
from bot.conversation import Rows, as_rows, choice
from bot.domain.appeals import end_for
from bot.domain.areas import AreaId
from bot.domain.consent import Purpose
from bot.domain.copies import Subject, SubjectKind
from bot.domain.drafts import Draft
from bot.domain.effects import OnDoubt, urgency_of
from bot.domain.groups import Group, Reach
from bot.domain.kinds import RESTRICTED_KINDS, Kind
from bot.domain.lifecycle import REOPEN_WITHIN
from bot.domain.messages import Media, MessageRef
from bot.domain.notes import Note, NoteId
from bot.domain.official_posts import PostKind
from bot.domain.positions import Cell
from bot.domain.reports import Byline, Priority, Report, ReportId
from bot.domain.richtext import RichText
from bot.domain.routing import RoomRoute, Spread, room_routes, seen_in
from bot.domain.senders import Sender
from bot.domain.words import Words, words
from bot.errors import UnknownButton
from bot.handlers.reports.audience import reach_said
from bot.handlers.reports.filing_rights import require_may_appeal, require_may_file
from bot.handlers.reports.likening import alike, link_rows
from bot.handlers.reports.proving import ask_for_badge, until_proved
from bot.official_posts import enter_post
from bot.ports.features import Context

RECEIPTS = "receipts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A report that is ready to be sent.

    Attributes:
        group: The group it is written in, or None from a private chat.
        origin: The line whose words it holds; None if a button said them.
        written_at: When it was written, if it could be read only later; else None.
        cell: Where it is; None if no more than its area is known.
        is_another: Its author was asked about those like it.
        is_appeal: It asks people for what they know: for verified police alone.
        ends_at: When an appeal ends; None if it is none, or for the usual time.
    """

    priority: Priority
    kind: Kind | None
    text: RichText
    area: AreaId
    reach: Reach
    media: tuple[Media, ...] = ()
    group: Group | None = None
    origin: MessageRef | None = None
    written_at: datetime | None = None
    cell: Cell | None = None
    is_another: bool = False
    is_appeal: bool = False
    ends_at: datetime | None = None


async def filing_of(draft: Draft, ctx: Context) -> Filing:
    """Make a report of a draft that lacks nothing.

    Raises:
        UnknownButton: It lacks something: the button stood under an older question.
    """
    if draft.priority is None or draft.area is None or not draft.text:
        raise UnknownButton
    group = await ctx.uow.groups.get(draft.group) if draft.group else None
    return Filing(
        priority=draft.priority,
        kind=draft.kind,
        text=draft.text,
        area=draft.area,
        reach=group.reports_reach if group else Reach.AREA,
        media=draft.media,
        group=group,
        origin=draft.origin,
        cell=draft.cell,
        is_another=draft.is_another,
        is_appeal=draft.is_appeal,
        ends_at=_end_of(draft, ctx),
    )


def _end_of(draft: Draft, ctx: Context) -> datetime | None:
    if not draft.needs_end or draft.ends_after_h is None:
        return None
    return ctx.now + timedelta(hours=draft.ends_after_h)


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
        kind=filing.kind,
        cell=filing.cell,
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
    group = filing.group.id if filing.group else None
    return await ctx.byline(sender, group=group, area=filing.area)


async def publish(filing: Filing, sender: Sender, ctx: Context) -> Report:
    """Store a report, spread it, and tell its author who gets it; a line makes one report.

    Raises:
        NotPermitted: The kind is for verified police alone.
    """
    filed = await ctx.uow.reports.by_origin(filing.origin) if filing.origin else None
    if filed is not None:
        # A platform may tell of a line again under another number.
        for media in filing.media:
            await ctx.media.discard(media.id)
        return filed
    require_may_file(filing.kind, filing.area, ctx)
    byline = await byline_in(filing, sender, ctx)
    if filing.is_appeal:
        require_may_appeal(filing.area, ctx)
    elif filing.kind not in RESTRICTED_KINDS:
        # An appeal is nobody's but the police's: its form asks before it sends.
        byline = await until_proved(byline, filing.priority, filing.reach, ctx)
    report_id = await ctx.uow.reports.free_id()
    report = Report(
        id=report_id,
        area=filing.area,
        cell=filing.cell,
        group=filing.group.id if filing.group else None,
        reach=filing.reach,
        kind=filing.kind,
        priority=filing.priority,
        text=filing.text,
        media=filing.media,
        author=ctx.sender.id,
        byline=byline,
        origin=filing.origin,
        created_at=filing.written_at or ctx.now,
        touched_at=ctx.now,
        is_provisional=Purpose.REPORTS not in ctx.sender.consents,
        code=await enter_post(PostKind.REPORT, report_id, byline, area=filing.area, ctx=ctx),
        ends_at=end_for(filing.kind, filing.ends_at, ctx.now),
    )
    await ctx.uow.reports.add(report)
    reached = await _spread(report, filing, ctx)
    await ctx.uow.audit.note("report.filed", report.id, by=ctx.sender.id, now=ctx.now)
    likely = () if filing.is_another else await alike(report, ctx)
    await _give_receipt(report, reached, likely, ctx)
    await ask_for_badge(report.byline, ctx)
    return report


async def _spread(report: Report, filing: Filing, ctx: Context) -> Words:
    """Queue the copies: rooms first, then those who follow the area."""
    spread = spread_of(filing, ctx)
    routes = await routes_of(spread, ctx)
    reached = await reach_said(spread, routes, ctx)
    answers = None if ctx.capabilities.can_redact_others else filing.origin
    await _queue_copies(report, spread, routes, ctx, answers=answers)
    return reached


def spread_again(report: Report, ctx: Context) -> Spread:
    """Return how far a report goes as it is now."""
    return Spread(
        chain=ctx.chain(report.area),
        priority=report.priority,
        reach=report.reach,
        group=report.group,
        author=report.author,
        kind=report.kind,
        cell=report.cell,
    )


async def spread_wider(report: Report, ctx: Context) -> None:
    """Show a report that became more urgent to those whom it did not concern before."""
    spread = spread_again(report, ctx)
    await _queue_copies(report, spread, await routes_of(spread, ctx), ctx, answers=None)


async def _queue_copies(
    report: Report,
    spread: Spread,
    routes: Sequence[RoomRoute],
    ctx: Context,
    *,
    answers: MessageRef | None,
) -> None:
    subject, urgency = report_subject(report.id), urgency_of(report.priority)
    await ctx.uow.copies.spread(
        subject, routes, urgency=urgency, on_doubt=OnDoubt.REPEAT_ONCE, answers=answers
    )
    await ctx.uow.copies.spread_to_followers(
        subject, spread, urgency=urgency, seen_in=seen_in(routes)
    )


async def _give_receipt(
    report: Report, reached: Words, likely: Sequence[Report], ctx: Context
) -> None:
    said = words(
        "report-receipt",
        id=report.id,
        priority=report.priority.word,
        reached=reached,
        byline=await byline_said(report.byline, ctx.uow),
    )
    rows = (
        (choice("report-undo", "undo"), choice("report-resolve", f"/resolve {report.id}")),
        (choice("report-change-kind", "kind"), choice("report-change-place", "place")),
        *link_rows(report, likely),
        *await _offer_to_follow(report, ctx),
    )
    await ctx.uow.notes.say(receipt_of(report, said, rows), ctx.private)


async def _offer_to_follow(report: Report, ctx: Context) -> Rows:
    """Offer it where somebody has just seen what it is good for: with the first report alone."""
    follow = await follow_choice(report.area, ctx)
    is_first = len(await ctx.uow.reports.of_author(ctx.sender.id)) == 1
    return ((follow,),) if follow is not None and is_first else ()


def receipt_of(report: Report, said: Words, rows: Rows) -> Note:
    """Make the note that tells an author what became of a report, and offers what can be done."""
    return Note(
        id=receipt_id(report.id),
        feature=RECEIPTS,
        person=report.author,
        words=said,
        choices=as_rows(rows),
        state={"report": report.id},
        expires_at=(report.ended_at or report.expires_at) + REOPEN_WITHIN,
    )


def receipt_id(report: ReportId) -> NoteId:
    """Return the id of an author's receipt."""
    return NoteId(f"receipt-{report}")
