"""What comes encrypted and can't be opened, and who asks the bot to prove that it is itself."""

import hashlib
from datetime import timedelta

from bot.conversation import answer
from bot.domain.copies import Subject, SubjectKind
from bot.domain.incoming import Extra, Incoming, IncomingMessage
from bot.domain.messages import RoomRef
from bot.domain.notes import Note, NoteId
from bot.domain.words import words
from bot.ports.features import Context, Feature

NAME = "unreadable"
TOLD_EVERY = timedelta(days=1)
"""However many lines it is, and whoever wrote them: what to do about it is the same."""


async def _tell(incoming: Incoming, ctx: Context) -> None:
    """Say in the room that something there can't be read, once."""
    told = NoteId(f"{NAME}-{_digest(incoming.room)}")
    known = await ctx.uow.notes.get(told)
    if known is not None and known.expires_at > ctx.now:
        return
    if known is not None:
        await ctx.uow.copies.forget(Subject(SubjectKind.NOTE, told))
        await ctx.uow.notes.erase(told)
    note = Note(
        id=told,
        feature=NAME,
        person=None,
        words=words("unreadable"),
        expires_at=ctx.now + TOLD_EVERY,
        language=ctx.sender.language,
    )
    await ctx.uow.notes.say(note, incoming.room, answers=incoming.ref)


async def _explain(_incoming: Incoming, ctx: Context) -> None:
    await answer(ctx, NAME, words("verification"))


def _digest(room: RoomRef) -> str:
    return hashlib.blake2b(str(room).encode(), digest_size=12).hexdigest()


UNREADABLE = Feature(
    name=NAME,
    accepts=lambda incoming, _ctx: (
        isinstance(incoming, IncomingMessage) and incoming.is_unreadable
    ),
    handle=_tell,
    continues=True,
)
VERIFICATION = Feature(
    name="verification",
    accepts=lambda incoming, _ctx: (
        isinstance(incoming, IncomingMessage) and incoming.extra is Extra.VERIFICATION
    ),
    handle=_explain,
)
FEATURES = (VERIFICATION, UNREADABLE)
