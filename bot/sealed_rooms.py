"""The question in an encrypted room whether what is said there may leave it."""

from dataclasses import replace
from datetime import timedelta

from bot.conversation import Rows, as_rows, choice, new_note_id
from bot.domain.copies import Subject, SubjectKind
from bot.domain.groups import Group
from bot.domain.messages import RoomRef
from bot.domain.notes import Note, NoteId
from bot.domain.words import words
from bot.ports.features import Context
from bot.ports.store import UnitOfWork

NAME = "sealed_rooms"
STANDS_FOR = timedelta(days=30)
"""Who has not answered by then is asked anew at the next line."""
_ROWS: Rows = ((choice("sealed-yes", "open"), choice("sealed-no", "keep")),)


async def ask_to_open(group: Group, room: RoomRef, ctx: Context) -> None:
    """Ask in a closed room whether its words may leave it, unless that was asked lately."""
    known = await _standing(room, ctx.uow)
    if known is None or known.expires_at <= ctx.now:
        await ask_again(group, room, ctx)


async def ask_again(group: Group, room: RoomRef, ctx: Context) -> None:
    """Ask in a new message, whatever was answered before."""
    await forget_question(room, ctx.uow)
    question = Note(
        id=new_note_id(),
        feature=NAME,
        person=None,
        words=words("sealed-question", group=group.name, others=len(group.others(room))),
        choices=as_rows(_ROWS),
        state={"room": str(room)},
        expires_at=ctx.now + STANDS_FOR,
    )
    await ctx.uow.notes.say(question, room)


async def close_question(text_id: str, group: Group, room: RoomRef, ctx: Context) -> None:
    """Let the question say what was answered."""
    note = await _standing(room, ctx.uow)
    if note is not None:
        said = words(text_id, group=group.name)
        await ctx.uow.notes.change(replace(note, words=said, choices=()))


async def close_room(room: RoomRef, ctx: Context) -> None:
    """Let what is said in an encrypted room stay there from now on."""
    await ctx.uow.rooms.note_closed(room)
    await forget_question(room, ctx.uow)
    await ctx.uow.audit.note("room.closed", str(room), by=ctx.sender.id, now=ctx.now)


async def forget_question(room: RoomRef, uow: UnitOfWork) -> None:
    """Take the question out of a room."""
    note = await _standing(room, uow)
    if note is not None:
        await uow.copies.withdraw(Subject(SubjectKind.NOTE, note.id))
        await uow.notes.erase(note.id)


async def _standing(room: RoomRef, uow: UnitOfWork) -> Note | None:
    """Return the question that stands in a room, answered or not; there is never more than one."""
    for known in await uow.notes.of_feature(NAME):
        note = await uow.notes.get(NoteId(known))
        if note is not None and note.state.get("room") == str(room):
            return note
    return None
