"""Who asks to speak for an organisation: the question to those who can vouch, and its end."""

from dataclasses import replace
from datetime import datetime

from bot.conversation import BUTTONS_WORK_FOR, Rows, as_rows, new_note_id
from bot.domain.copies import PersonRef, Place
from bot.domain.notes import Note
from bot.domain.organisations import Organisation
from bot.domain.people import PersonId, is_lasting
from bot.domain.verification import Stage, Verification, VerificationId
from bot.domain.words import Words, words
from bot.ports.store import UnitOfWork

APPROVAL = "approval"


def approval_note(said: Words, place: Place, now: datetime, rows: Rows = ()) -> Note:
    """Make a note about a role, for a room or for one person."""
    return Note(
        id=new_note_id(),
        feature=APPROVAL,
        person=place.person if isinstance(place, PersonRef) else None,
        words=said,
        choices=as_rows(rows),
        expires_at=now + BUTTONS_WORK_FOR,
        rings=True,
    )


async def tell_person(
    person: PersonId, said: Words, *, uow: UnitOfWork, now: datetime, rows: Rows = ()
) -> None:
    """Say something to somebody in private."""
    to = PersonRef(person)
    await uow.notes.say(approval_note(said, to, now, rows), to)


async def close_questions(application: VerificationId, said: Words, uow: UnitOfWork) -> None:
    """Let what was asked of those who can vouch say how it ended."""
    for note_id in await uow.notes.of_feature(APPROVAL):
        note = await uow.notes.get(note_id)
        if note is not None and note.state.get("verification") == application:
            await uow.notes.change(replace(note, words=said, choices=(), state={}))


async def take_back(
    found: Verification, organisation: Organisation, *, uow: UnitOfWork, now: datetime
) -> None:
    """End the question about an address that proves nothing any more; its owner is told."""
    ended = words(
        "approval-ended", id=found.id, organisation=organisation.name, how="not_official"
    )
    await close_questions(found.id, ended, uow)
    person = await uow.people.get(found.person, now)
    is_configured = person is not None and is_lasting(person, organisation.id)
    if found.stage is Stage.PROVED and not is_configured:
        about = f"{organisation.id} {found.id}"
        await uow.audit.note("verification.taken_back", about, by=None, now=now)
        said = words("approval-taken-back", organisation=organisation.name)
        await tell_person(found.person, said, uow=uow, now=now)
