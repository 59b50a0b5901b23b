"""What comes to a report after it was sent: replies to its card, edits of its line, `/update`."""

from dataclasses import replace

from bot.conversation import answer, tell
from bot.domain.cleaning import has_words
from bot.domain.commands import parse_command
from bot.domain.consent import Need, Purpose
from bot.domain.copies import SubjectKind
from bot.domain.effects import Urgency
from bot.domain.incoming import Incoming, IncomingDeletion, IncomingEdit, IncomingMessage
from bot.domain.official_posts import PostCode, PostKind
from bot.domain.permissions import Action
from bot.domain.report_lines import read_report_line, require_report_text
from bot.domain.reports import Report, ReportId, Update
from bot.domain.richtext import RichText, rich
from bot.domain.senders import Sender
from bot.domain.words import words
from bot.errors import Unacceptable, UserError
from bot.handlers.reports.announcing import show_anew
from bot.handlers.reports.changing import act, find, rewrite
from bot.handlers.reports.placing import move_if_said
from bot.handlers.reports.raising import must_prove_to_raise, raised
from bot.handlers.reports.standing import require
from bot.official_posts import enter_post
from bot.ports.features import Context, Feature, is_command
from bot.standings import byline_by_now

UPDATES = "updates"


async def _handle_reply(incoming: Incoming, ctx: Context) -> None:
    """Add a reply to the card it answers; in a room it is talk as well, which goes on."""
    if not isinstance(incoming, IncomingMessage) or ctx.answered is None:
        return
    try:
        await _add_reply(ReportId(ctx.answered.subject.id), incoming, ctx)
    except UserError as error:
        if incoming.is_direct:
            raise
        await tell(error, ctx.sender.id, uow=ctx.uow, now=ctx.now)


async def _add_reply(named: ReportId, reply: IncomingMessage, ctx: Context) -> None:
    report = await ctx.uow.reports.get(named)
    if report is None:
        raise Unacceptable("report-unknown", id=named)
    if reply.attachments and not reply.text:
        raise Unacceptable("update-picture-alone")
    report = await add_update(report, reply.text, reply.sender, ctx)
    if reply.attachments and reply.is_direct:
        await answer(ctx, UPDATES, words("update-picture-left", id=report.id))


async def _handle_command(incoming: Incoming, ctx: Context) -> None:
    """Add what stands after `/update <id>`, or move it there; said again to the author."""
    if not isinstance(incoming, IncomingMessage):
        return
    report, text = await find(incoming, ctx)
    if await move_if_said(await ctx.uow.reports.root_of(report), text, ctx):
        return
    report = await add_update(report, rich(text), incoming.sender, ctx)
    await answer(ctx, UPDATES, words("update-added", id=report.id))


async def add_update(
    report: Report, text: RichText, sender: Sender, ctx: Context, *, was_shown: bool = False
) -> Report:
    """Put on a card what somebody knows of a report, of a duplicate on its root's; return it."""
    report = await ctx.uow.reports.root_of(report)
    await require(report, Action.UPDATE, ctx, was_shown=was_shown)
    require_report_text(text)
    byline = await ctx.byline(sender, group=report.group, area=report.area)
    code = await enter_post(PostKind.UPDATE, report.id, byline, area=report.area, ctx=ctx)
    added = Update(byline=byline, text=text, at=ctx.now, code=code)
    await ctx.uow.contributions.add(report.id, ctx.sender.id, added)
    await ctx.uow.reports.touch(report.id, ctx.now)
    await show_anew(report, ctx.uow, urgency=Urgency.YELLOW)
    return report


async def _handle_origin(incoming: Incoming, ctx: Context) -> None:
    """Follow what the author does to the line that the report was made from."""
    if not isinstance(incoming, IncomingEdit | IncomingDeletion):
        return
    report = await ctx.uow.reports.by_origin(incoming.ref)
    if report is None:
        return
    if isinstance(incoming, IncomingDeletion):
        if report.is_active or report.link:
            await act(report, Action.WITHDRAW, ctx)
        return
    await _edit(report, incoming, ctx)


async def _edit(report: Report, edit: IncomingEdit, ctx: Context) -> None:
    await require(report, Action.EDIT, ctx)
    command = parse_command(edit.text, prefixes=ctx.capabilities.command_prefixes)
    line = read_report_line(edit.text, command)
    said = command.rest if command else edit.text
    text = require_report_text(line.text if line else said)
    priority = line.priority if line else report.priority
    if await must_prove_to_raise(report, priority, ctx):
        # Its words change all the same: those of yellow wait for nothing.
        priority = report.priority
    byline = byline_by_now(report.byline, report.area, ctx)
    after = replace(report, text=text, byline=byline, priority=priority, touched_at=ctx.now)
    await rewrite(report, await raised(report, after, ctx), ctx)
    if report.code is not None:
        await ctx.uow.official_posts.correct(PostCode(report.code), ctx.now)
    if edit.is_direct:
        # In a room the author sees the card change; in private there is none.
        await answer(ctx, UPDATES, words("report-edited", id=report.id))


def _needs_reports(_incoming: Incoming, _ctx: Context) -> Need:
    return Need(Purpose.REPORTS)


def _is_reply(incoming: Incoming, ctx: Context) -> bool:
    """Whether this answers a card; in a room a thumb or a picture is talk and no update."""
    if not isinstance(incoming, IncomingMessage) or incoming.command is not None:
        return False
    on_a_card = ctx.answered is not None and ctx.answered.subject.kind is SubjectKind.REPORT
    says_something = has_words(incoming.text.plain) or incoming.is_direct
    return on_a_card and says_something and incoming.position is None


def _is_about_an_origin(incoming: Incoming, _ctx: Context) -> bool:
    if isinstance(incoming, IncomingEdit):
        return incoming.position is None  # who goes on walking has written nothing
    return isinstance(incoming, IncomingDeletion)


REPLIES = Feature(
    name="replies",
    accepts=_is_reply,
    handle=_handle_reply,
    needs=_needs_reports,
    continues=True,
)


COMMAND = Feature(
    name=UPDATES,
    commands=("update",),
    accepts=lambda incoming, _ctx: is_command(incoming, "update"),
    handle=_handle_command,
    needs=_needs_reports,
    words_are_for_others=True,
)
ORIGINS = Feature(
    name="origins",
    accepts=_is_about_an_origin,
    handle=_handle_origin,
    continues=True,
)
