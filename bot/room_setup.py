"""The one message in a room that says what the bot still needs there."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.copies import CopyState, Subject, SubjectKind
from bot.domain.messages import RoomRef
from bot.domain.notes import Note, NoteId
from bot.domain.setups import Setup, setup_from_json
from bot.ports.holdings import Chore, Holding, Pace, Upkeep
from bot.ports.store import UnitOfWork

NAME = "room_setup"
STANDS_FOR = timedelta(days=30)
"""What nobody minds for so long is taken away: it would no longer be true."""
DONE_STANDS_FOR = timedelta(days=1)

_STANDING = frozenset({CopyState.WAITING, CopyState.SHOWN})


async def show_setup(setup: Setup, *, language: str, uow: UnitOfWork, now: datetime) -> None:
    """Say in a room what is missing, or correct what was said; a room that lacks nothing is quiet.

    Args:
        setup: How far the room has come.
        language: Of whoever has let the bot in; a message that stands keeps its own.
        uow: The transaction.
        now: Present time.
    """
    note = await _standing(setup.room, uow)
    if note is not None:
        await _correct(note, setup, uow=uow, now=now)
    elif not setup.is_done:
        said = Note(
            id=note_id_of(setup.room),
            feature=NAME,
            person=None,
            words=setup.words,
            state=setup.to_json(),
            expires_at=now + STANDS_FOR,
            language=language,
        )
        await uow.notes.say(said, setup.room)


async def correct_setup(room: RoomRef, *, uow: UnitOfWork, now: datetime) -> None:
    """Let a room's message say whose room it is by now, or that of the chat it is a part of."""
    for standing in await uow.notes.of_feature(NAME):
        note = await uow.notes.get(standing)
        setup = setup_from_json(note.state, serves=None) if note else None
        if note is not None and setup is not None and setup.is_about(room):
            await _correct(note, await _now(note, setup.room, uow), uow=uow, now=now)


async def move_setup(old: RoomRef, new: RoomRef, *, uow: UnitOfWork, now: datetime) -> None:
    """Let a room that goes on under another id say there what is missing; the old one is lost."""
    note = await uow.notes.get(note_id_of(old))
    if note is None:
        return
    moved = replace(await _now(note, new, uow), room=new)
    await uow.copies.forget(Subject(SubjectKind.NOTE, note.id))
    await uow.notes.erase(note.id)
    if note.language is not None:
        await show_setup(moved, language=note.language, uow=uow, now=now)


async def name_of(room: RoomRef, uow: UnitOfWork) -> str | None:
    """Return the name of the group or organisation whose room it is, None if it is nobody's."""
    group = await uow.groups.of_room(room)
    if group is not None:
        return group.name
    desk = await uow.organisations.of_desk(room)
    return desk.name if desk else None


async def name_within(chat: RoomRef, uow: UnitOfWork, *, mark: str) -> str | None:
    """Return whose room a chat is, or else the first room that is a part of it."""
    for room in (chat, *await uow.rooms.within(chat, mark=mark)):
        name = await name_of(room, uow)
        if name is not None:
            return name
    return None


def note_id_of(room: RoomRef) -> NoteId:
    """Return the id of a room's message: there is never more than one."""
    return NoteId(f"{NAME}-{hashlib.blake2b(str(room).encode(), digest_size=12).hexdigest()}")


async def _standing(room: RoomRef, uow: UnitOfWork) -> Note | None:
    """Return the message that stands in a room; one that could not be placed is forgotten."""
    note = await uow.notes.get(note_id_of(room))
    if note is None:
        return None
    subject = Subject(SubjectKind.NOTE, note.id)
    if any(copy.state in _STANDING for copy in await uow.copies.of(subject)):
        return note
    await uow.copies.forget(subject)
    await uow.notes.erase(note.id)
    return None


async def _correct(note: Note, setup: Setup, *, uow: UnitOfWork, now: datetime) -> None:
    changed = replace(note, words=setup.words, state=setup.to_json())
    if (changed.words, changed.state) == (note.words, note.state):
        return
    stands_for = DONE_STANDS_FOR if setup.is_done else STANDS_FOR
    await uow.notes.change(replace(changed, expires_at=now + stands_for))


async def _now(note: Note, room: RoomRef, uow: UnitOfWork) -> Setup:
    stored = setup_from_json(note.state, serves=None)
    return replace(stored, serves=await name_within(room, uow, mark=stored.inner_room_mark))


async def _messages(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.notes.of_feature(NAME)


async def _look_after(piece: str, upkeep: Upkeep) -> int:
    """Take a message away when its time is over; else correct what the configuration changed."""
    note = await upkeep.uow.notes.get(NoteId(piece))
    if note is None:
        return 0
    if note.expires_at <= upkeep.now:
        await upkeep.uow.copies.withdraw(Subject(SubjectKind.NOTE, note.id))
        await upkeep.discard(await upkeep.uow.notes.erase(note.id))
        return 1
    room = RoomRef.parse(str(note.state["room"]))
    await _correct(note, await _now(note, room, upkeep.uow), uow=upkeep.uow, now=upkeep.now)
    return 0


HOLDING = Holding(
    name=NAME,
    chores=(Chore(name="look_after_setups", pace=Pace.SELDOM, find=_messages, do=_look_after),),
)
