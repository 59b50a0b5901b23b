"""What a tipster does after a tip was sent: answer, add, take back, decide where it goes."""

from dataclasses import replace

from bot.conversation import choice, note_to_sender
from bot.domain.consent import Need, Purpose
from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.notes import Note
from bot.domain.report_lines import read_report_line
from bot.domain.richtext import NOTHING
from bot.domain.tip_lines import require_tip_text
from bot.domain.tips import Tip
from bot.domain.words import words
from bot.errors import Unacceptable, UnknownButton
from bot.handlers.tips.erasing import erase_tip
from bot.handlers.tips.form import take_photos
from bot.handlers.tips.handing import decide
from bot.handlers.tips.naming import TALK, name_of, tip_in
from bot.handlers.tips.questions import WAITS_FOR
from bot.handlers.tips.standing import require_tip, require_tipster
from bot.handlers.tips.telling import say_to_desk
from bot.ports.features import Context, Feature

_LINE = "line"


async def _handle(incoming: Incoming, ctx: Context) -> None:
    note = _meant(ctx)
    if note is None:
        return
    tip = await require_tip(tip_in(note), ctx)
    await require_tipster(tip, ctx)
    if ctx.pressed is not None:
        await _pressed(tip, note, ctx.pressed.action, ctx)
    elif isinstance(incoming, IncomingMessage):
        await _say(tip, incoming, ctx)


def _meant(ctx: Context) -> Note | None:
    """Return the note that is pressed, answered, or that waits for these words."""
    if ctx.pressed is not None:
        return ctx.pressed.note
    note = ctx.answered_note
    return note if note is not None and note.feature == TALK else ctx.awaited


async def _say(tip: Tip, incoming: IncomingMessage, ctx: Context) -> None:
    if not incoming.text and not incoming.attachments:
        raise Unacceptable("tip-needs-words")
    take_photos(0, ctx)
    text = require_tip_text(incoming.text) if incoming.text else NOTHING
    await say_to_desk(tip, text, ctx, origin=incoming.ref)
    if ctx.is_awaited(TALK) and ctx.awaited is not None:
        await ctx.uow.notes.change(replace(ctx.awaited, awaits=None, expires_at=ctx.now))


async def _pressed(tip: Tip, note: Note, action: str, ctx: Context) -> None:
    verb, _, value = action.partition(" ")
    match verb:
        case "add":
            await _ask_for_line(tip, ctx)
        case "back":
            rows = [[choice("tip-back-yes", "erase"), choice("tip-back-no", "stay")]]
            asked = note_to_sender(ctx, TALK, words("tip-back-sure", id=tip.label), rows=rows)
            await ctx.uow.notes.say(replace(asked, state={"tip": tip.number}), ctx.private)
        case "erase":
            await _take_back(tip, note, ctx)
        case "stay":
            said = words("tip-back-kept", id=tip.label)
            await ctx.uow.notes.change(replace(note, words=said, choices=()))
        case "hand" | "keep":
            await decide(tip, value, note, ctx, is_yes=verb == "hand")
        case _:
            raise UnknownButton


async def _ask_for_line(tip: Tip, ctx: Context) -> None:
    organisation = await ctx.uow.organisations.get(tip.organisation)
    said = words("tip-ask-line", id=tip.label, organisation=name_of(organisation, tip))
    asked = note_to_sender(ctx, TALK, said)
    await ctx.uow.notes.say(
        replace(asked, awaits=_LINE, state={"tip": tip.number}, expires_at=ctx.now + WAITS_FOR),
        ctx.private,
    )


async def _take_back(tip: Tip, note: Note, ctx: Context) -> None:
    await erase_tip(tip, ctx.upkeep)
    await ctx.uow.audit.note("tip.taken_back", tip.label, by=None, now=ctx.now)
    await ctx.uow.notes.change(
        replace(note, words=words("tip-back-done", id=tip.label), choices=(), state={})
    )


def _accepts(incoming: Incoming, ctx: Context) -> bool:
    if ctx.has_pressed(TALK):
        return True
    if not isinstance(incoming, IncomingMessage) or incoming.command is not None:
        return False
    if not incoming.is_direct or read_report_line(incoming.text, None):
        return False
    note = ctx.answered_note
    answers = note is not None and note.feature == TALK and "tip" in note.state
    return answers or ctx.is_awaited(TALK)


def _needs(incoming: Incoming, _ctx: Context) -> Need | None:
    """Ask before words are kept; who takes a tip back is asked nothing."""
    return Need(Purpose.REPORTS) if isinstance(incoming, IncomingMessage) else None


FEATURE = Feature(
    name=TALK,
    accepts=_accepts,
    handle=_handle,
    needs=_needs,
)
