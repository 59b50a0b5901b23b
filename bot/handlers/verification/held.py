"""What is kept of who speaks for whom, as `/privacy` tells it and `/export` hands it out."""

from collections.abc import Sequence

from bot.domain.people import Person
from bot.domain.richtext_json import Json
from bot.domain.verification import CodeAsked, Verification, Vote
from bot.domain.words import Moment, Words, words
from bot.ports.holdings import Exported, Upkeep


async def told(person: Person, upkeep: Upkeep) -> Sequence[Words]:
    """Say which roles, codes and approvals are known, and why."""
    roles = [
        words(
            "privacy-verification",
            organisation=await name_of(found, upkeep),
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


async def export(person: Person, upkeep: Upkeep) -> Exported:
    """Hand them out; the digits of codes stand nowhere."""
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


async def name_of(found: Verification, upkeep: Upkeep) -> str:
    """Return what the organisation is called that a role is for; its slug once it is no more."""
    organisation = await upkeep.uow.organisations.get(found.organisation)
    return organisation.name if organisation else found.organisation
