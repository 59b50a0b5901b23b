"""The way into a private chat, where the platform lets people begin it and not the bot."""

from datetime import datetime, timedelta

from bot.conversation import as_rows, new_note_id
from bot.domain.copies import Subject, SubjectKind
from bot.domain.incoming import Incoming
from bot.domain.notes import Choice, Note
from bot.domain.people import PersonId
from bot.domain.words import words
from bot.ports.store import UnitOfWork

NAME = "doorway"
KNOCKS_EVERY = timedelta(hours=1)
"""Who does not come in is not asked again at every line."""


async def knock(
    incoming: Incoming, sender: PersonId, link: str | None, *, uow: UnitOfWork, now: datetime
) -> bool:
    """Ask in the room whoever could not be answered in private to begin a chat there.

    Args:
        incoming: What was answered.
        sender: Whom.
        link: Where a private chat begins; None where nobody has to begin it.
        uow: The transaction in which it was answered.
        now: When.

    Returns:
        Whether the room shows a question now.
    """
    if link is None or incoming.is_direct or sender not in uow.copies.unreached:
        return False
    if await uow.notes.latest(sender, NAME, now) is not None:
        return False
    note = Note(
        id=new_note_id(),
        feature=NAME,
        person=sender,
        words=words("doorway-knock"),
        choices=as_rows([[Choice(words("doorway-open"), "", url=link)]]),
        expires_at=now + KNOCKS_EVERY,
    )
    await uow.notes.say(note, incoming.room, answers=incoming.ref)
    return True


async def come_in(person: PersonId, *, asks_anew: bool, uow: UnitOfWork, now: datetime) -> None:
    """Say what could not be said to somebody until now, and take the question out of the room.

    Args:
        person: Who has begun a chat, or lets the bot in again.
        asks_anew: What comes now asks for consent by itself; once is enough.
        uow: The transaction.
        now: When.
    """
    asked = await uow.notes.latest(person, NAME, now)
    if asked is not None:
        await uow.copies.withdraw(Subject(SubjectKind.NOTE, asked.id))
    await uow.notes.show_unshown(person, now, but=("consent",) if asks_anew else ())
