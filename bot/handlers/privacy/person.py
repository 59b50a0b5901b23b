"""What is kept of the person as such: account, language, consents, roles, aliases."""

from collections.abc import Sequence

from bot.domain.bylines import alias_scope
from bot.domain.consent import CONSENT_VERSION, Purpose
from bot.domain.people import Grant, Person, PersonId
from bot.domain.richtext_json import Json
from bot.domain.words import Words, words
from bot.ports.holdings import Chore, Erased, Exported, Holding, Pace, Upkeep


async def _told(person: Person, upkeep: Upkeep) -> Sequence[Words]:
    return (
        words("privacy-language"),
        words("privacy-name", is_shown="yes" if Purpose.NAME in person.consents else "no"),
        words(
            "privacy-place",
            area=upkeep.areas.name(person.shared_area or ""),
            is_known="yes" if person.shared_area else "no",
        ),
    )


async def _export(person: Person, upkeep: Upkeep) -> Exported:
    people, groups = upkeep.uow.people, upkeep.uow.groups
    written_in = await groups.written_in_by(person.id)
    aliases = {
        g.name: await people.alias(person.id, alias_scope(g.id, g.area)) for g in written_in
    }
    consents: list[Json] = [purpose.value for purpose in sorted(person.consents)]
    return Exported(
        fields={
            "accounts": [str(account) for account in await people.accounts(person.id)],
            "language": person.language,
            "shared_area": person.shared_area,
            "consents": {"version": CONSENT_VERSION, "given": consents},
            "roles": [_role(grant) for grant in person.grants],
            "aliases": dict[str, Json](aliases),
        }
    )


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


async def _forget_old_facts(_piece: str, upkeep: Upkeep) -> int:
    return await upkeep.uow.audit.forget_old(upkeep.now)


HOLDING = Holding(
    name="person",
    told=_told,
    export=_export,
    erase=_erase,
    leave=_leave,
    chores=(Chore(name="forget_old_facts", pace=Pace.SELDOM, do=_forget_old_facts),),
)
