"""What is kept of who speaks for whom: told, handed out, reminded of, and ended."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.conversation import choice
from bot.domain.people import Person, PersonId, is_lasting
from bot.domain.richtext_json import Json
from bot.domain.verification import (
    REMINDED_BEFORE_DAYS,
    CodeAsked,
    Stage,
    Verification,
    VerificationId,
    Vote,
)
from bot.domain.words import Moment, Words, words
from bot.handlers.verification.telling import close_questions, tell_desk, tell_person
from bot.ports.holdings import Chore, Erased, Exported, Holding, Pace, Upkeep


async def _told(person: Person, upkeep: Upkeep) -> Sequence[Words]:
    roles = [
        words(
            "privacy-verification",
            organisation=await _name(found, upkeep),
            address=str(found.address) if found.address else "",
            until=Moment(found.expires_at, with_day=True),
        )
        for found in await upkeep.uow.verifications.of_person(person.id)
    ]
    codes = len(await upkeep.uow.mail_codes.of_person(person.id))
    approved = len(await upkeep.uow.verifications.votes_of(person.id))
    days = upkeep.lifetimes.mail_code.days
    return [
        *roles,
        *([words("privacy-mail-codes", number=codes, days=days)] if codes else []),
        *([words("privacy-approvals", number=approved)] if approved else []),
    ]


async def _export(person: Person, upkeep: Upkeep) -> Exported:
    verifications, codes = upkeep.uow.verifications, upkeep.uow.mail_codes
    found = await verifications.of_person(person.id)
    return Exported(
        fields={
            "verifications": [_exported(one) for one in found],
            "approvals": [_vote(vote) for vote in await verifications.votes_of(person.id)],
            "barred_from": list(await verifications.barred_from(person.id)),
            "mail_codes": [_code(asked) for asked in await codes.of_person(person.id)],
        }
    )


def _vote(vote: Vote) -> Json:
    return {
        "id": vote.verification,
        "organisation": vote.organisation,
        "approved_at": vote.at.isoformat(),
    }


def _code(asked: CodeAsked) -> Json:
    return {
        "organisation": asked.organisation,
        "address": asked.address.masked if asked.address else None,
        "asked_at": asked.asked_at.isoformat(),
    }


def _exported(found: Verification) -> Json:
    return {
        "id": found.id,
        "organisation": found.organisation,
        "address": str(found.address) if found.address else None,
        "stage": found.stage.value,
        "proved_at": found.proved_at.isoformat() if found.proved_at else None,
        "expires_at": found.expires_at.isoformat(),
    }


async def _erase(person: PersonId, upkeep: Upkeep) -> Erased:
    for found in await upkeep.uow.verifications.of_person(person):
        said = words(
            "approval-ended", id=found.id, organisation=await _name(found, upkeep), how="left"
        )
        await close_questions(found.id, said, upkeep.uow)
        if found.stage is Stage.GRANTED:
            await _tell_desk(found, "left", upkeep)
    await upkeep.uow.verifications.erase(person)
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
        organisation=await _name(found, upkeep),
        until=Moment(found.expires_at, with_day=True),
    )
    rows = [[choice("role-renew", f"/verify {found.organisation}")]]
    await tell_person(found.person, said, uow=upkeep.uow, now=upkeep.now, rows=rows)
    return 1


async def _end(found: Verification, upkeep: Upkeep) -> None:
    """End what has run out, with its address; who waited for an answer is told."""
    await upkeep.uow.verifications.end(VerificationId(found.id))
    name = await _name(found, upkeep)
    about = f"{found.organisation} {found.id}"
    person = await upkeep.uow.people.get(found.person, upkeep.now)
    is_configured = person is not None and is_lasting(person, found.organisation)
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
        ended = words("approval-ended", id=found.id, organisation=name, how="lapsed")
        await close_questions(found.id, ended, upkeep.uow)
    await tell_person(found.person, said, uow=upkeep.uow, now=upkeep.now, rows=rows)


async def _tell_desk(found: Verification, how: str, upkeep: Upkeep) -> None:
    organisation = await upkeep.uow.organisations.get(found.organisation)
    if organisation is not None:
        said = words(
            "role-desk-revoked", organisation=organisation.name, how=how, id=found.id, has_id="yes"
        )
        await tell_desk(organisation, said, uow=upkeep.uow, now=upkeep.now)


async def _name(found: Verification, upkeep: Upkeep) -> str:
    organisation = await upkeep.uow.organisations.get(found.organisation)
    return organisation.name if organisation else found.organisation


async def _forget_codes(_piece: str, upkeep: Upkeep) -> int:
    return await upkeep.uow.mail_codes.forget_old(upkeep.now - upkeep.lifetimes.mail_code)


HOLDING = Holding(
    name="verification",
    told=_told,
    export=_export,
    erase=_erase,
    chores=(
        Chore(name="end_roles", pace=Pace.SELDOM, find=_due, do=_look_at),
        Chore(name="forget_mail_codes", pace=Pace.SELDOM, do=_forget_codes),
    ),
)
