"""A tip typed in a group: out of the room at once, and on only if its author says so."""

from dataclasses import replace
from datetime import datetime

from bot.conversation import BUTTONS_WORK_FOR, answer, new_note_id, note_to_sender, tell
from bot.domain.commands import parse_command
from bot.domain.copies import PersonRef
from bot.domain.incoming import Incoming, IncomingEdit, IncomingMessage
from bot.domain.messages import MessageRef
from bot.domain.notes import Note, NoteId
from bot.domain.people import Role
from bot.domain.richtext import NOTHING, RichText
from bot.domain.set_apart import set_apart
from bot.domain.tip_drafts import TipDraft, tip_draft_from_json
from bot.domain.tip_lines import read_tip_line, require_tip_text, tip_typed
from bot.domain.words import words
from bot.errors import Unacceptable, UserError
from bot.handlers.tips.form import begin, take_photos
from bot.handlers.tips.naming import FORM
from bot.handlers.tips.questions import WAITS_FOR, those_there_are
from bot.ports.features import Context, Feature
from bot.ports.store import UnitOfWork

NAME = "tip_in_group"
_STEWARDS = frozenset({Role.MODERATOR, Role.COORDINATOR})


async def _handle(incoming: Incoming, ctx: Context) -> None:
    message = _as_message(incoming, ctx)
    if message is None:
        return
    if ctx.capabilities.can_redact_others:
        await _remove(incoming, message, ctx)
    else:
        await tell_stewards(ctx.group.name if ctx.group else "", ctx.uow, ctx.now)
    if incoming.sender.is_chat:
        # Who writes in a room's name can't be asked whether to send it, so nothing is kept.
        error = Unacceptable("error-write-as-yourself")
        await tell(error, ctx.sender.id, uow=ctx.uow, now=ctx.now, where=ctx.here)
        return
    try:
        draft = await _draft(message, ctx)
    except UserError as error:
        # What is refused must be gone from the room all the same.
        await tell(error, ctx.sender.id, uow=ctx.uow, now=ctx.now)
        await _give_back(message, ctx)
        return
    if draft.organisation is None:
        removed = "yes" if draft.was_removed else "no"
        await answer(ctx, NAME, words("tip-group-nobody", group=draft.group, removed=removed))
        await _give_back(message, ctx)
        return
    await begin(draft, message, ctx)


def _as_message(incoming: Incoming, ctx: Context) -> IncomingMessage | None:
    """Return what was typed; a line that was edited into a tip is one from now on."""
    if isinstance(incoming, IncomingMessage):
        return incoming
    if not isinstance(incoming, IncomingEdit):
        return None
    return IncomingMessage(
        ref=incoming.ref,
        sender=incoming.sender,
        sent_at=ctx.now,
        text=incoming.text,
        is_direct=False,
        command=parse_command(incoming.text, prefixes=ctx.capabilities.command_prefixes),
    )


async def _remove(incoming: Incoming, message: IncomingMessage, ctx: Context) -> None:
    """Take the line out of the room, wherever that is not done with every command."""
    is_desk = await ctx.uow.organisations.of_desk(ctx.here) is not None
    is_ours = ctx.group is not None or is_desk
    is_command = is_ours and not ctx.is_closed and _is_command(message)
    is_tidied = isinstance(incoming, IncomingMessage) and is_command
    for part in () if is_tidied else message.refs:
        await ctx.uow.copies.redact(part)


async def _give_back(message: IncomingMessage, ctx: Context) -> None:
    """Show somebody their own words, which stand nowhere else any more."""
    said = _said(message)
    if not said:
        return
    note = note_to_sender(ctx, NAME, words("tip-group-words", text=set_apart(said)))
    await ctx.uow.notes.say(replace(note, expires_at=ctx.now + WAITS_FOR), ctx.private)


async def _draft(message: IncomingMessage, ctx: Context) -> TipDraft:
    """Return what the line tells, for whom it names or else for who looks after the place."""
    takers = [o for o in await those_there_are(ctx) if o.desk_rooms]
    # Whom somebody turns to without saying so is the police, where they take tips.
    takers.sort(key=lambda o: o.role is not Role.POLICE)
    read = read_tip_line(_said(message), takers)
    chosen = read.organisation or next(iter(takers), None)
    return TipDraft(
        organisation=chosen.id if chosen else None,
        text=require_tip_text(read.text) if read.text else read.text,
        media=take_photos(0, ctx) if chosen else (),
        area=ctx.group.area if ctx.group else None,
        place_known=True,
        who_known=True,
        group=ctx.group.name if ctx.group else "…",
        was_removed=ctx.capabilities.can_redact_others,
        origin=message.ref,
    )


async def tell_stewards(group: str, uow: UnitOfWork, now: datetime) -> None:
    """Say to those who can, that something has to be removed by hand, and not what it says."""
    for person in await uow.people.holders(sorted(_STEWARDS), now):
        note = Note(
            id=new_note_id(),
            feature=NAME,
            person=person,
            words=words("tip-group-stays", group=group or "…"),
            expires_at=now + BUTTONS_WORK_FOR,
        )
        await uow.notes.say(note, PersonRef(person))


async def say_that_it_stays(line: MessageRef, uow: UnitOfWork, now: datetime) -> None:
    """Take back the word that a tip was removed from a room: its platform has refused."""
    for named in await uow.notes.of_feature(FORM):
        note = await uow.notes.get(NoteId(named))
        draft = tip_draft_from_json(note.state) if note and note.state else None
        if note is None or draft is None or draft.origin != line or note.person is None:
            continue
        await uow.notes.change(replace(note, state=replace(draft, was_removed=False).to_json()))
        said = Note(
            id=new_note_id(),
            feature=NAME,
            person=note.person,
            words=words("tip-group-kept", group=draft.group),
            expires_at=now + BUTTONS_WORK_FOR,
        )
        await uow.notes.say(said, PersonRef(note.person))
        await tell_stewards(draft.group, uow, now)


def _is_typed_here(incoming: Incoming, ctx: Context) -> bool:
    """Whether somebody begins a tip, or edits a line into one, where others read.

    A button that stands for the command says nothing yet: that begins the form.
    """
    if incoming.is_direct or ctx.pressed is not None:
        return False
    match incoming:
        case IncomingMessage(text=text) | IncomingEdit(text=text):
            return tip_typed(text) is not None
        case _:
            return False


def _is_command(message: IncomingMessage) -> bool:
    """Whether it is written as its platform writes a command."""
    return message.command is not None and message.command.name == "tip"


def _said(message: IncomingMessage) -> RichText:
    return tip_typed(message.text) or NOTHING


FEATURE = Feature(name=NAME, commands=("tip",), accepts=_is_typed_here, handle=_handle)
