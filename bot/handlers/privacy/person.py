"""What is kept of the person as such: account, language, consents, roles, aliases."""

from collections.abc import Sequence

from bot.domain.consent import ConsentGiven, Purpose
from bot.domain.people import Grant, Person, PersonId
from bot.domain.richtext_json import Json
from bot.domain.words import Words, words
from bot.ports.holdings import Chore, Erased, Exported, Holding, Pace, Upkeep
from bot.ports.store import Fact


async def _told(person: Person, upkeep: Upkeep) -> Sequence[Words]:
    decided = await upkeep.uow.audit.of_person(person.id)
    kept, accounts = upkeep.lifetimes, await upkeep.uow.people.accounts(person.id)
    return (
        words(
            "privacy-language",
            accounts=", ".join(map(str, accounts)),
            any_role="yes" if person.grants else "no",
        ),
        words("privacy-name", is_shown="yes" if Purpose.NAME in person.consents else "no"),
        words(
            "privacy-place",
            area=upkeep.areas.name(person.shared_area or ""),
            is_known="yes" if person.shared_area else "no",
        ),
        *(
            [words("privacy-decided", number=len(decided), days=kept.audit.days)]
            if decided
            else []
        ),
        *([] if person.consents else [words("privacy-passer-by", days=kept.passer_by.days)]),
    )


async def _export(person: Person, upkeep: Upkeep) -> Exported:
    uow = upkeep.uow
    written_in = await uow.groups.written_in_by(person.id)
    return Exported(
        fields={
            "accounts": [str(account) for account in await uow.people.accounts(person.id)],
            "language": person.language,
            "shared_area": person.shared_area,
            "shared_cell": person.shared_cell,
            "consents": [_consent(given) for given in await uow.consents.of(person.id)],
            "roles": [_role(grant) for grant in person.grants],
            "groups": [group.id for group in written_in],
            "aliases": dict[str, Json](await uow.aliases.of(person.id)),
            "decisions": [_fact(fact) for fact in await uow.audit.of_person(person.id)],
        }
    )


def _consent(given: ConsentGiven) -> Json:
    return {
        "purpose": given.purpose.value,
        "version": given.version,
        "given_at": given.given_at.isoformat(),
        "withdrawn_at": given.withdrawn_at.isoformat() if given.withdrawn_at else None,
    }


def _fact(fact: Fact) -> Json:
    return {"what": fact.verb, "about": fact.about, "at": fact.at.isoformat()}


def _role(grant: Grant) -> Json:
    return {
        "role": grant.role.value,
        "organisation": grant.organisation,
        "expires_at": grant.expires_at.isoformat() if grant.expires_at else None,
    }


async def _erase(person: PersonId, upkeep: Upkeep) -> Erased:
    await upkeep.uow.audit.unlink(person)
    await upkeep.uow.people.erase(person, upkeep.now)
    return {}


async def _leave(person: PersonId, upkeep: Upkeep) -> None:
    await upkeep.uow.copies.forget_person(person)
    await upkeep.uow.people.erase_reachability(person)


async def _passers_by(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.people.passers_by(upkeep.now - upkeep.lifetimes.passer_by)


async def _forget_passer_by(piece: str, upkeep: Upkeep) -> int:
    """Forget somebody who has agreed to nothing and left nothing here."""
    await _erase(PersonId(piece), upkeep)
    await _leave(PersonId(piece), upkeep)
    return 1


async def _forget_old_facts(_piece: str, upkeep: Upkeep) -> int:
    return await upkeep.uow.audit.forget_old(upkeep.now - upkeep.lifetimes.audit)


HOLDING = Holding(
    name="person",
    told=_told,
    export=_export,
    erase=_erase,
    leave=_leave,
    chores=(
        Chore(name="forget_passers_by", pace=Pace.SELDOM, find=_passers_by, do=_forget_passer_by),
        Chore(name="forget_old_facts", pace=Pace.SELDOM, do=_forget_old_facts),
    ),
)
