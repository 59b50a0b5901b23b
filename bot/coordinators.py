"""What is told to those who look after the bot: at once, or for as long as something is wrong."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.conversation import BUTTONS_WORK_FOR, new_note_id
from bot.domain.copies import CopyState, PersonRef, Subject, SubjectKind
from bot.domain.notes import Note, NoteId
from bot.domain.people import PersonId, Role
from bot.domain.words import Words
from bot.ports.store import UnitOfWork

NAME = "coordinators"
REMEMBERED_FOR = timedelta(days=30)
"""What lasts longer is told again."""


async def tell_coordinators(said: Words, *, uow: UnitOfWork, now: datetime) -> None:
    """Say something to each of them in private."""
    for person in await coordinators(uow, now):
        await _say(person, said, uow=uow, now=now)


async def begin_trouble(
    key: str,
    said: Words,
    *,
    uow: UnitOfWork,
    now: datetime,
    readers: Sequence[PersonId] | None = None,
) -> None:
    """Say to each of them what is wrong, unless they know.

    Args:
        key: Names the trouble; the same until it has ended.
        said: What is wrong and what to do about it.
        uow: The transaction.
        now: Present time.
        readers: Others who are told in the coordinators' place.
    """
    for person in await coordinators(uow, now) if readers is None else readers:
        known = await uow.notes.get(_note_id(key, person))
        if known is None:
            note = Note(
                id=_note_id(key, person),
                feature=NAME,
                person=person,
                words=said,
                expires_at=now + REMEMBERED_FOR,
            )
            await uow.notes.say(note, PersonRef(person))


async def end_trouble(
    key: str,
    said: Words | None,
    *,
    uow: UnitOfWork,
    now: datetime,
    readers: Sequence[PersonId] | None = None,
) -> None:
    """Say to each of them who was told that something was wrong that it is over.

    Args:
        key: As it was begun; one that never was is nothing.
        said: That it is over; None if something else has taken its place.
        uow: The transaction.
        now: Present time.
        readers: Others who may have been told in the coordinators' place.
    """
    for person in await coordinators(uow, now) if readers is None else readers:
        note = await uow.notes.get(_note_id(key, person))
        if note is None:
            continue
        if await _forget(note.id, uow) and said is not None:
            await _say(person, said, uow=uow, now=now)


async def _forget(note: NoteId, uow: UnitOfWork) -> bool:
    """Forget that a trouble was told; whether it has been read. What still waits is not sent."""
    subject = Subject(SubjectKind.NOTE, note)
    was_shown = any(copy.state is CopyState.SHOWN for copy in await uow.copies.of(subject))
    if was_shown:
        await uow.copies.forget(subject)
    else:
        await uow.copies.withdraw(subject)
    await uow.notes.erase(note)
    return was_shown


async def _say(person: PersonId, said: Words, *, uow: UnitOfWork, now: datetime) -> None:
    note = Note(
        id=new_note_id(),
        feature=NAME,
        person=person,
        words=said,
        expires_at=now + BUTTONS_WORK_FOR,
    )
    await uow.notes.say(note, PersonRef(person))


async def coordinators(uow: UnitOfWork, now: datetime) -> list[PersonId]:
    """Return who looks after the bot."""
    return list(await uow.people.holders([Role.COORDINATOR.value], now))


def _note_id(key: str, person: PersonId) -> NoteId:
    digest = hashlib.blake2b(f"{key} {person}".encode(), digest_size=12).hexdigest()
    return NoteId(f"trouble-{digest}")
