"""The question to an organisation what becomes of a notice that was stopped on its way."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation import Rows, as_rows, choice
from bot.coordinators import coordinators
from bot.domain.copies import PersonRef, Place
from bot.domain.notes import Note, NoteId
from bot.domain.notice_reach import NoticeReach
from bot.domain.notices import Notice, NoticeId
from bot.domain.words import Words, words
from bot.handlers.notices.card import speaker_said
from bot.ports.store import UnitOfWork

NAME = "notices"
_WAITS_FOR = timedelta(days=7)
_MOST_PLACES = 20


async def ask_what_becomes(
    notice: Notice, reach: NoticeReach, *, uow: UnitOfWork, now: datetime
) -> None:
    """Tell the organisation's desk how far a notice has come, and let it decide."""
    said = await _words(notice, reach, uow)
    places = await _who_decides(notice, uow, now)
    for number, place in enumerate(places[:_MOST_PLACES]):
        note = Note(
            id=_id(notice.id, number),
            feature=NAME,
            person=place.person if isinstance(place, PersonRef) else None,
            words=said,
            choices=as_rows(held_rows(notice)),
            state={"notice": notice.id},
            expires_at=now + _WAITS_FOR,
        )
        await uow.notes.say(note, place)


async def count_anew(notice: Notice, reach: NoticeReach, uow: UnitOfWork) -> None:
    """Let the question say how far it has come by now: what had begun has arrived since."""
    said = await _words(notice, reach, uow)
    for note in await _questions(notice, uow):
        if note.words != said:
            await uow.notes.change(replace(note, words=said))


async def close_question(notice: Notice, said: Words, uow: UnitOfWork) -> None:
    """Let the question say how it was decided."""
    for note in await _questions(notice, uow):
        await uow.notes.change(replace(note, words=said, choices=(), state={}))


def held_rows(notice: Notice) -> Rows:
    """Return the buttons for a notice that waits to be decided on."""
    return (
        (choice("notice-go-on", f"go-on {notice.id}", id=notice.id),),
        (choice("notice-recall", f"recall {notice.id}", id=notice.id),),
    )


async def _words(notice: Notice, reach: NoticeReach, uow: UnitOfWork) -> Words:
    return words(
        "notice-held",
        id=notice.id,
        organisation=await speaker_said(notice.organisation, uow),
        rooms=reach.rooms.reached,
        all_rooms=reach.rooms.planned,
        people=reach.people.reached,
        all_people=reach.people.planned,
        text=notice.text,
    )


async def _who_decides(notice: Notice, uow: UnitOfWork, now: datetime) -> Sequence[Place]:
    """Return its desk, or its people where it has none, or coordinators where nobody is left."""
    found = await uow.organisations.get(notice.organisation) if notice.organisation else None
    speakers = await uow.verifications.speakers(found.id, now) if found else ()
    if found is not None and found.desk_rooms and speakers:
        return found.desk_rooms
    return [PersonRef(person) for person in speakers or await coordinators(uow, now)]


async def _questions(notice: Notice, uow: UnitOfWork) -> Sequence[Note]:
    found: list[Note] = []
    while (note := await uow.notes.get(_id(notice.id, len(found)))) is not None:
        found.append(note)
    return [note for note in found if note.choices]


def _id(notice: NoticeId, number: int) -> NoteId:
    return NoteId(f"held-{notice}-{number}")
