"""Telling whoever is concerned: the desk, the one whose role it is, those who can vouch."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.conversation import BUTTONS_WORK_FOR, Rows, as_rows, choice, new_note_id
from bot.domain.copies import PersonRef, Place
from bot.domain.notes import Note
from bot.domain.organisations import Organisation
from bot.domain.people import PersonId, Role
from bot.domain.permissions import Action, Phase, may
from bot.domain.verification import Verification, VerificationId
from bot.domain.words import Words
from bot.ports.features import Context
from bot.ports.store import UnitOfWork
from bot.standings import actor_before

APPROVAL = "approval"


async def tell_person(
    person: PersonId, said: Words, *, uow: UnitOfWork, now: datetime, rows: Rows = ()
) -> None:
    """Say something to somebody in private."""
    to = PersonRef(person)
    await uow.notes.say(_note(said, to, now, rows), to)


async def tell_desk(
    organisation: Organisation, said: Words, *, uow: UnitOfWork, now: datetime
) -> None:
    """Say something at an organisation's desk, or to its people where it has none."""
    for place in await _desk(organisation, uow, now):
        await uow.notes.say(_note(said, place, now), place)


async def ask_for_approval(
    application: Verification, organisation: Organisation, said: Words, ctx: Context
) -> bool:
    """Ask those who can vouch for somebody; False if there is nobody."""
    places = await _who_vouches(application, organisation, ctx)
    rows = [[choice("approval-yes", "approve"), choice("approval-no", "refuse")]]
    for place in places:
        note = replace(
            _note(said, place, ctx.now, rows),
            state={"verification": application.id},
            expires_at=application.expires_at,
        )
        await ctx.uow.notes.say(note, place)
    return bool(places)


async def close_questions(application: VerificationId, said: Words, uow: UnitOfWork) -> None:
    """Let what was asked of those who can vouch say how it ended."""
    for note_id in await uow.notes.of_feature(APPROVAL):
        note = await uow.notes.get(note_id)
        if note is not None and note.state.get("verification") == application:
            await uow.notes.change(replace(note, words=said, choices=(), state={}))


async def _who_vouches(
    application: Verification, organisation: Organisation, ctx: Context
) -> Sequence[Place]:
    if await ctx.uow.verifications.colleagues(application, ctx.now):
        places = await _desk(organisation, ctx.uow, ctx.now)
        return [place for place in places if place != PersonRef(application.person)]
    found = []
    for holder in await ctx.uow.people.holders([Role.COORDINATOR.value], ctx.now):
        person = await ctx.uow.people.get(holder, ctx.now)
        if person is not None and holder != application.person:
            actor = actor_before(organisation, ctx, person=person)
            if may(actor, Action.APPROVE_FIRST_ROLE, Phase.NEW):
                found.append(PersonRef(holder))
    return found


async def _desk(organisation: Organisation, uow: UnitOfWork, now: datetime) -> Sequence[Place]:
    if organisation.desk_rooms:
        return organisation.desk_rooms
    return [PersonRef(one) for one in await uow.verifications.speakers(organisation.id, now)]


def _note(said: Words, place: Place, now: datetime, rows: Rows = ()) -> Note:
    return Note(
        id=new_note_id(),
        feature=APPROVAL,
        person=place.person if isinstance(place, PersonRef) else None,
        words=said,
        choices=as_rows(rows),
        expires_at=now + BUTTONS_WORK_FOR,
        rings=True,
    )
