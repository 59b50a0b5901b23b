"""The way into a private chat, where the platform lets people begin it and not the bot."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.conversation import BUTTONS_WORK_FOR, as_rows, new_note_id
from bot.domain.copies import Subject, SubjectKind
from bot.domain.incoming import Incoming
from bot.domain.notes import Choice, Note, NoteId
from bot.domain.people import PersonId
from bot.domain.words import words
from bot.ports.holdings import Chore, Holding, Pace, Upkeep
from bot.ports.store import UnitOfWork

NAME = "doorway"
KNOCKS_EVERY = timedelta(hours=1)
"""Who does not come in is not asked again at every line."""
STANDS_FOR = BUTTONS_WORK_FOR
"""As long as the answers that wait: then there is nothing left to come in for."""


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
    asked = await uow.notes.latest(sender, NAME, now)
    if asked is not None and asked.expires_at - STANDS_FOR + KNOCKS_EVERY > now:
        return False
    await _take_down(asked, uow)
    note = Note(
        id=new_note_id(),
        feature=NAME,
        person=sender,
        words=words("doorway-knock"),
        choices=as_rows([[Choice(words("doorway-open"), "", url=link)]]),
        expires_at=now + STANDS_FOR,
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
    await _take_down(await uow.notes.latest(person, NAME, now), uow)
    await uow.notes.show_unshown(person, now, but=("consent",) if asks_anew else ())


async def _take_down(asked: Note | None, uow: UnitOfWork) -> None:
    if asked is not None:
        await uow.copies.withdraw(Subject(SubjectKind.NOTE, asked.id))
        await uow.notes.erase(asked.id)


async def _questions(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.notes.of_feature(NAME)


async def _end(question: str, upkeep: Upkeep) -> int:
    """Take a question out of its room once nothing waits behind the door any more."""
    asked = await upkeep.uow.notes.get(NoteId(question))
    if asked is None or asked.expires_at > upkeep.now:
        return 0
    await _take_down(asked, upkeep.uow)
    return 1


HOLDING = Holding(
    name=NAME,
    chores=(
        Chore(name="take_questions_out_of_rooms", pace=Pace.SELDOM, find=_questions, do=_end),
    ),
)
