"""What comes encrypted and can't be opened, or not by who sent it; and who doubts the bot itself.

A line whose key comes after all is handled like any other then, once.
"""

import hashlib
from datetime import datetime, timedelta

from bot.conversation import answer
from bot.coordinators import begin_trouble
from bot.domain.copies import Subject, SubjectKind
from bot.domain.incoming import Extra, Incoming, IncomingMessage
from bot.domain.messages import MessageRef, RoomRef
from bot.domain.notes import Note, NoteId
from bot.domain.report_lines import read_report_line
from bot.domain.words import words
from bot.errors import UserError
from bot.ports.features import Context, Feature
from bot.ports.store import UnitOfWork

NAME = "unreadable"
TOLD_EVERY = timedelta(days=1)
"""However many lines it is, and whoever wrote them: what to do about it is the same."""


KEPT_FOR = timedelta(days=7)
"""A line that can be read only after that is left."""


async def take_up_again(incoming: Incoming, uow: UnitOfWork, now: datetime) -> bool:
    """Whether something is still to be handled: what came late was perhaps read in time.

    What was set aside before anything told of it has not been; it is not to be replayed then.
    """
    if not isinstance(incoming, IncomingMessage) or not incoming.is_late:
        return True
    unread = await uow.notes.get(_unread(incoming.ref))
    if unread is None:
        return await uow.inbox.drop_buried(incoming.ref)
    await uow.notes.erase(unread.id)
    return unread.expires_at > now


async def _handle(incoming: Incoming, ctx: Context) -> None:
    unread = Note(
        id=_unread(incoming.ref),
        feature=NAME,
        person=None,
        words=words("unreadable"),
        expires_at=ctx.now + KEPT_FOR,
    )
    await ctx.uow.notes.keep(unread)
    await _tell(incoming, ctx)


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


async def _warn(incoming: Incoming, ctx: Context) -> None:
    """Tell coordinators, once a day for each room, that somebody speaks in another's name."""
    where = "group" if ctx.group else "unknown"
    said = words("forged-sender", where=where, group=ctx.group.name if ctx.group else "")
    # By day: the next one may be another's doing, and worse.
    await begin_trouble(f"forged {incoming.room} {ctx.now:%F}", said, uow=ctx.uow, now=ctx.now)


async def _refuse(_incoming: Incoming, _ctx: Context) -> None:
    raise UserError("unsealed-line")


def _wants_something(incoming: Incoming, ctx: Context) -> bool:
    """Whether what came in the clear is more than words to a room: it would act for its sender."""
    if not isinstance(incoming, IncomingMessage) or not incoming.is_unproven:
        return False
    is_report = read_report_line(incoming.text, incoming.command) is not None
    return is_report or incoming.command is not None or ctx.awaited is not None


async def _explain(_incoming: Incoming, ctx: Context) -> None:
    await answer(ctx, NAME, words("verification"))


def _unread(message: MessageRef) -> NoteId:
    return NoteId(f"unread-{_digest(message)}")


def _digest(of: RoomRef | MessageRef) -> str:
    return hashlib.blake2b(str(of).encode(), digest_size=12).hexdigest()


UNREADABLE = Feature(
    name=NAME,
    accepts=lambda incoming, _ctx: (
        isinstance(incoming, IncomingMessage) and incoming.is_unreadable
    ),
    handle=_handle,
    continues=True,
)
VERIFICATION = Feature(
    name="verification",
    accepts=lambda incoming, _ctx: (
        isinstance(incoming, IncomingMessage) and incoming.extra is Extra.VERIFICATION
    ),
    handle=_explain,
)
FORGED = Feature(
    name="forged",
    accepts=lambda incoming, _ctx: isinstance(incoming, IncomingMessage) and incoming.is_forged,
    handle=_warn,
)
UNPROVEN = Feature(name="unproven", accepts=_wants_something, handle=_refuse)
FEATURES = (FORGED, UNPROVEN, VERIFICATION, UNREADABLE)
