"""What is kept of who speaks for whom: told, handed out, reminded of, and ended."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.applications import close_questions, tell_person
from bot.conversation import choice
from bot.domain.people import PersonId, is_lasting
from bot.domain.verification import (
    REMINDED_BEFORE_DAYS,
    Stage,
    Verification,
    VerificationId,
)
from bot.domain.words import Moment, words
from bot.handlers.verification.held import export, name_of, told
from bot.handlers.verification.telling import tell_desk
from bot.ports.holdings import Chore, Erased, Holding, Pace, Upkeep


async def _erase(person: PersonId, upkeep: Upkeep) -> Erased:
    for found in await upkeep.uow.verifications.of_person(person):
        said = words(
            "approval-ended", id=found.id, organisation=await name_of(found, upkeep), how="left"
        )
        await close_questions(found.id, said, upkeep.uow)
        if found.stage is Stage.GRANTED:
            await _tell_desk(found, "left", upkeep)
    await upkeep.uow.verifications.erase(person)
    await upkeep.uow.lost_badges.erase(person)
    await upkeep.uow.mail_codes.unlink(person)
    return {}


async def _due(upkeep: Upkeep) -> Sequence[str]:
    """Return what ends within the time of the first reminder."""
    first = timedelta(days=max(REMINDED_BEFORE_DAYS))
    return await upkeep.uow.verifications.due(upkeep.now + first)


async def _look_at(piece: str, upkeep: Upkeep) -> int:
    found = await upkeep.uow.verifications.get(piece)
    if found is None:
        return 0
    if found.expires_at <= upkeep.now:
        await _end(found, upkeep)
        return 1
    days = found.reminder_due(upkeep.now)
    if found.stage is not Stage.GRANTED or days is None:
        return 0
    await upkeep.uow.verifications.save(replace(found, reminded_days=days))
    said = words(
        "role-ends-soon",
        organisation=await name_of(found, upkeep),
        until=Moment(found.expires_at, with_day=True),
    )
    rows = [[choice("role-renew", f"/verify {found.organisation}")]]
    await tell_person(found.person, said, uow=upkeep.uow, now=upkeep.now, rows=rows)
    return 1


async def _end(found: Verification, upkeep: Upkeep) -> None:
    """End what has run out, with its address; who waited for an answer is told."""
    await upkeep.uow.verifications.end(VerificationId(found.id))
    name = await name_of(found, upkeep)
    about = f"{found.organisation} {found.id}"
    person = await upkeep.uow.people.get(found.person, upkeep.now)
    is_configured = person is not None and is_lasting(person, found.organisation)
    if found.stage is not Stage.GRANTED:
        ended = words("approval-ended", id=found.id, organisation=name, how="lapsed")
        await close_questions(found.id, ended, upkeep.uow)
    if found.stage is Stage.ASKED or is_configured:
        return
    rows = [[choice("role-renew", f"/verify {found.organisation}")]]
    if found.stage is Stage.GRANTED:
        await upkeep.uow.audit.note("role.expired", about, by=None, now=upkeep.now)
        said = words("role-expired", organisation=name)
        await _tell_desk(found, "expired", upkeep)
    else:
        await upkeep.uow.audit.note("verification.lapsed", about, by=None, now=upkeep.now)
        said = words("approval-lapsed", organisation=name)
    await tell_person(found.person, said, uow=upkeep.uow, now=upkeep.now, rows=rows)


async def _tell_desk(found: Verification, how: str, upkeep: Upkeep) -> None:
    organisation = await upkeep.uow.organisations.get(found.organisation)
    if organisation is not None:
        said = words(
            "role-desk-revoked", organisation=organisation.name, how=how, id=found.id, has_id="yes"
        )
        await tell_desk(organisation, said, uow=upkeep.uow, now=upkeep.now)


async def _forget_codes(_piece: str, upkeep: Upkeep) -> int:
    return await upkeep.uow.mail_codes.forget_old(upkeep.now - upkeep.lifetimes.mail_code)


HOLDING = Holding(
    name="verification",
    told=told,
    export=export,
    erase=_erase,
    chores=(
        Chore(name="end_roles", pace=Pace.SELDOM, find=_due, do=_look_at),
        Chore(name="forget_mail_codes", pace=Pace.SELDOM, do=_forget_codes),
    ),
)
