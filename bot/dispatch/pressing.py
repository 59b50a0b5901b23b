"""What a press of a button, or an emoji on a card, stands for."""

from dataclasses import replace
from datetime import datetime

from bot.domain.commands import parse_command
from bot.domain.copies import Copy, CopyState, SubjectKind
from bot.domain.incoming import Incoming, IncomingMessage, IncomingPress, IncomingReaction
from bot.domain.notes import NoteId, read_press_on
from bot.domain.people import Person
from bot.domain.reports import mark_of
from bot.domain.richtext import rich
from bot.errors import UnknownButton
from bot.ports.features import Context, Pressed
from bot.ports.store import UnitOfWork

COMMAND = "/"
"""An action that begins so is a command, as if whoever presses had written it."""


def as_command(incoming: Incoming, ctx: Context) -> Incoming:
    """Turn the press of a button that stands for a command into that command."""
    if ctx.pressed is None or not ctx.pressed.action.startswith(COMMAND):
        return incoming
    text = rich(ctx.pressed.action)
    return IncomingMessage(
        ref=incoming.ref,
        sender=incoming.sender,
        sent_at=ctx.now,
        text=text,
        is_direct=incoming.is_direct,
        command=parse_command(text, prefixes=(COMMAND,)),
    )


async def pressed_by(
    incoming: Incoming, sender: Person, uow: UnitOfWork, now: datetime
) -> Pressed | None:
    """Return what somebody pressed, None if nothing.

    Raises:
        UnknownButton: It is too old, or somebody else's.
    """
    match incoming:
        case IncomingPress():
            return await _button(incoming, sender, uow, now)
        case IncomingReaction():
            return await _reaction(incoming, sender, uow)
        case _:
            return None


async def _button(press: IncomingPress, sender: Person, uow: UnitOfWork, now: datetime) -> Pressed:
    token, _, action = press.data.partition(".")
    copy = await uow.copies.by_token(token)
    if copy is None or not _stands_there(copy, press):
        raise UnknownButton
    _require_reader(copy, sender)
    if copy.subject.kind is not SubjectKind.NOTE:
        return Pressed(copy=copy, action=action)
    note = await uow.notes.get(NoteId(copy.subject.id))
    if note is None or note.expires_at <= now:
        raise UnknownButton
    number, _, stamp = action.partition(".")
    choice = note.choice(int(number)) if number.isdecimal() and len(number) < 3 else None
    if choice is None or stamp != note.stamp:
        # Somebody pressed twice: the message asks something else by now.
        raise UnknownButton("error-button-used")
    is_command = choice.action.startswith(COMMAND)
    pressed = Pressed(copy=copy, action=choice.action, note=None if is_command else note)
    return await _where_it_counts(pressed, sender, uow, now)


def _stands_there(copy: Copy, press: IncomingPress) -> bool:
    """Whether a copy can be what was pressed.

    People can be quicker than the answer to its sending, and that may be lost: until it is known
    where it stands, it is known by what its buttons carry, and where it goes.
    """
    if copy.parts or copy.state is not CopyState.WAITING:
        return press.ref in copy.parts
    return press.is_direct if copy.person is not None else copy.room == press.ref.room


async def _where_it_counts(
    pressed: Pressed, sender: Person, uow: UnitOfWork, now: datetime
) -> Pressed:
    """Take a button that stands for one on another note as if it was pressed there."""
    meant = read_press_on(pressed.action)
    if meant is None:
        return pressed
    other, action = meant
    note = await uow.notes.get(other)
    if note is None or note.person not in {None, sender.id} or note.expires_at <= now:
        raise UnknownButton
    return replace(pressed, action=action, note=note)


async def _reaction(reaction: IncomingReaction, sender: Person, uow: UnitOfWork) -> Pressed | None:
    # In whose name a room nods nobody knows, and others' nods are counted as people.
    mark = None if reaction.sender.is_chat else mark_of(reaction.emoji)
    copy = await uow.copies.by_message(reaction.ref) if mark else None
    if mark is None or copy is None or copy.subject.kind is not SubjectKind.REPORT:
        return None
    _require_reader(copy, sender)
    return Pressed(copy=copy, action=mark.value if reaction.added else f"un{mark.value}")


def _require_reader(copy: Copy, sender: Person) -> None:
    if copy.person not in {None, sender.id}:
        raise UnknownButton("error-button-not-yours")
