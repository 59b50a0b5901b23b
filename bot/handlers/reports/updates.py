"""What comes to a report after it was sent: replies to its card, edits of its line, `/update`."""

from dataclasses import replace
from datetime import timedelta

from bot.conversation import answer
from bot.domain.bylines import byline_of
from bot.domain.commands import parse_command
from bot.domain.consent import Need, Purpose
from bot.domain.copies import SubjectKind
from bot.domain.effects import Urgency
from bot.domain.incoming import (
    Incoming,
    IncomingDeletion,
    IncomingEdit,
    IncomingMessage,
    Sender,
)
from bot.domain.permissions import Action
from bot.domain.report_lines import read_report_line, require_report_text
from bot.domain.reports import Priority, Report, ReportId, Update
from bot.domain.richtext import RichText, rich
from bot.domain.words import words
from bot.handlers.reports.changing import act, announce, find, require
from bot.handlers.reports.publishing import report_subject
from bot.ports.features import Context, Feature, is_command

UPDATES = "updates"


async def _handle_reply(incoming: Incoming, ctx: Context) -> None:
    """Add a reply to the card it answers."""
    if not isinstance(incoming, IncomingMessage) or ctx.answered is None:
        return
    report = await ctx.uow.reports.get(ReportId(ctx.answered.subject.id))
    if report is not None:
        await _add(report, incoming.text, incoming.sender, ctx)


async def _handle_command(incoming: Incoming, ctx: Context) -> None:
    """Add what stands after `/update <id>`; said again to the author that it is there."""
    if not isinstance(incoming, IncomingMessage):
        return
    report, text = await find(incoming, ctx)
    await _add(report, rich(text), incoming.sender, ctx)
    await answer(ctx, UPDATES, words("update-added", id=report.id))


async def _add(report: Report, text: RichText, sender: Sender, ctx: Context) -> None:
    require(report, Action.UPDATE, ctx)
    require_report_text(text)
    scope = f"group:{report.group}" if report.group else f"area:{report.area}"
    byline = byline_of(
        ctx.sender,
        alias=await ctx.uow.people.alias(ctx.sender.id, scope),
        shown_as=sender.name,
        chain=ctx.chain(report.area),
        now=ctx.now,
    )
    added = Update(byline=byline, text=text, at=ctx.now)
    await ctx.uow.reports.add_update(report.id, ctx.sender.id, added)
    await ctx.uow.reports.touch(report.id, ctx.now)
    await ctx.uow.copies.refresh(
        report_subject(report.id), urgency=Urgency.YELLOW, after=timedelta(0)
    )


async def _handle_origin(incoming: Incoming, ctx: Context) -> None:
    """Follow what the author does to the line that the report was made from."""
    if not isinstance(incoming, IncomingEdit | IncomingDeletion):
        return
    report = await ctx.uow.reports.by_origin(incoming.ref)
    if report is None:
        return
    if isinstance(incoming, IncomingDeletion):
        if report.is_active:
            await act(report, Action.WITHDRAW, ctx)
        return
    await _edit(report, incoming, ctx)


async def _edit(report: Report, edit: IncomingEdit, ctx: Context) -> None:
    require(report, Action.EDIT, ctx)
    command = parse_command(edit.text, prefixes=ctx.capabilities.command_prefixes)
    line = read_report_line(edit.text, command)
    text = require_report_text(line.text if line else edit.text)
    priority = line.priority if line else report.priority
    after = replace(report, text=text, priority=Priority(priority), touched_at=ctx.now)
    await ctx.uow.reports.save(after)
    await announce(report, after, uow=ctx.uow, now=ctx.now, by=ctx.sender.id)


def _needs_reports(_incoming: Incoming, _ctx: Context) -> Need:
    return Need(Purpose.REPORTS)


def _is_reply(incoming: Incoming, ctx: Context) -> bool:
    return (
        isinstance(incoming, IncomingMessage)
        and incoming.command is None
        and bool(incoming.text)
        and ctx.answered is not None
        and ctx.answered.subject.kind is SubjectKind.REPORT
    )


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
)
ORIGINS = Feature(
    name="origins",
    accepts=lambda incoming, _ctx: isinstance(incoming, IncomingEdit | IncomingDeletion),
    handle=_handle_origin,
    continues=True,
)
