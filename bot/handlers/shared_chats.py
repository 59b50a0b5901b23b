"""Private chats into which others have come: nothing said there is for the bot alone any more."""

import hashlib
from datetime import timedelta

from bot.domain.incoming import Incoming, IncomingMessage
from bot.domain.notes import Note, NoteId
from bot.domain.words import words
from bot.ports.features import Context, Feature

NAME = "shared_chats"
TOLD_FOR = timedelta(days=365)
"""Once for each chat: it is not private again by itself."""


async def _tell(incoming: Incoming, ctx: Context) -> None:
    """Say once, where nobody else reads, why the bot answers there."""
    named = f"{incoming.room} {ctx.sender.id}"
    told = NoteId(f"shared-{hashlib.blake2b(named.encode(), digest_size=12).hexdigest()}")
    if await ctx.uow.notes.get(told) is None:
        note = Note(
            id=told,
            feature=NAME,
            person=ctx.sender.id,
            words=words("shared-chat"),
            expires_at=ctx.now + TOLD_FOR,
        )
        await ctx.uow.notes.say(note, ctx.private)


FEATURE = Feature(
    name=NAME,
    accepts=lambda incoming, _ctx: isinstance(incoming, IncomingMessage) and incoming.was_private,
    handle=_tell,
    continues=True,
)
