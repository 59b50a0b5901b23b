"""`/red` alone in a shops' group: the kinds at the till, and the next tap sends one."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation import Rows, answer, choice, note_to_sender
from bot.domain.consent import Need, Purpose
from bot.domain.copies import Subject, SubjectKind
from bot.domain.drafts import begun_in
from bot.domain.groups import Group, GroupId, GroupKind
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.kinds import Kind
from bot.domain.notes import Note
from bot.domain.report_lines import ReportLine
from bot.domain.reports import Priority
from bot.domain.words import words
from bot.errors import Unacceptable, UnknownButton
from bot.handlers.reports.form import begin
from bot.handlers.reports.publishing import Filing, publish
from bot.handlers.reports.questions import AT_THE_TILL, in_pairs
from bot.ports.features import Context, Feature

TILL = "till"
SENDS_WITHIN = timedelta(minutes=15)
"""A button that still stands there tomorrow must not call the whole centre."""
_LAST_ROW: Rows = ((choice("till-words", "words"), choice("form-cancel", "cancel")),)


def is_at_the_till(line: ReportLine | None, incoming: Incoming, group: Group | None) -> bool:
    """Whether somebody in a shops' group warns of something and has no time to write."""
    return (
        line is not None
        and line.priority is Priority.RED
        and not line.text
        and isinstance(incoming, IncomingMessage)
        and not incoming.attachments
        and group is not None
        and group.kind is GroupKind.RETAIL_CENTRE
    )


async def offer_kinds(incoming: IncomingMessage, group: Group, ctx: Context) -> None:
    """Show the kinds where it was asked: in the room, for whoever has no hand free to leave it."""
    if incoming.sender.is_chat:
        raise Unacceptable("error-write-as-yourself")
    earlier = await ctx.uow.notes.latest(ctx.sender.id, TILL, ctx.now)
    if earlier is not None:
        await _take_away(earlier, ctx)
    kinds = [choice(f"kind-{kind.value}", f"kind {kind.value}") for kind in AT_THE_TILL]
    said = words("till-kind", group=group.name)
    note = note_to_sender(ctx, TILL, said, rows=(*in_pairs(kinds), *_LAST_ROW))
    until = ctx.now + SENDS_WITHIN
    await ctx.uow.notes.say(
        replace(note, state={"group": group.id, "until": until.isoformat()}),
        ctx.private if incoming.is_direct else incoming.room,
        answers=None if ctx.capabilities.can_redact_others else incoming.ref,
    )


async def _handle(incoming: Incoming, ctx: Context) -> None:
    note = ctx.pressed.note if ctx.pressed else None
    if ctx.pressed is None or note is None:
        return
    if note.person != ctx.sender.id:
        raise UnknownButton("error-button-not-yours")
    verb, _, value = ctx.pressed.action.partition(" ")
    group = await ctx.uow.groups.get(GroupId(str(note.state["group"])))
    await _take_away(note, ctx)
    if verb == "cancel":
        return
    if group is None or _is_late(note, ctx):
        await answer(ctx, TILL, words("error-button-expired"))
    elif verb == "words":
        await begin(begun_in(group, Priority.RED), incoming.sender, ctx)
    else:
        await publish(_filing_for(group, Kind(value), ctx), incoming.sender, ctx)


def _filing_for(group: Group, kind: Kind, ctx: Context) -> Filing:
    """Let the kind say what, and the group's area where."""
    return Filing(
        priority=Priority.RED,
        kind=kind,
        text=ctx.texts.say(words(f"kind-{kind.value}"), ctx.sender.language),
        area=group.area,
        reach=group.reports_reach,
        group=group,
    )


async def _take_away(note: Note, ctx: Context) -> None:
    """Take the buttons out of the room: a second tap finds nothing to send."""
    await ctx.uow.copies.withdraw(Subject(SubjectKind.NOTE, note.id))
    await ctx.uow.notes.erase(note.id)


def _is_late(note: Note, ctx: Context) -> bool:
    return ctx.now > datetime.fromisoformat(str(note.state["until"]))


def _needs(_incoming: Incoming, ctx: Context) -> Need | None:
    """Ask only whoever has sent something, or is about to."""
    note, action = (ctx.pressed.note, ctx.pressed.action) if ctx.pressed else (None, "")
    is_own = note is not None and note.person == ctx.sender.id and not _is_late(note, ctx)
    if not is_own or action == "cancel":
        return None
    return Need(Purpose.REPORTS, is_urgent=action != "words")


FEATURE = Feature(
    name=TILL,
    accepts=lambda _incoming, ctx: ctx.has_pressed(TILL),
    handle=_handle,
    needs=_needs,
)
