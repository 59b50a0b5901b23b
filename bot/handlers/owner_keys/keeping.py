"""What is kept of the keys that vouch for somebody's devices, and when it ends."""

from collections.abc import Sequence

from bot.domain.people import VERIFIED_ROLES, Person, PersonId
from bot.domain.words import Words, words
from bot.handlers.owner_keys.asking import ask_no_more
from bot.ports.holdings import Chore, Erased, Exported, Holding, Pace, Upkeep


async def _told(person: Person, upkeep: Upkeep) -> Sequence[Words]:
    known = await upkeep.uow.owner_keys.of_person(person.id)
    return [words("privacy-owner-keys", number=len(known))] if known else []


async def _export(person: Person, upkeep: Upkeep) -> Exported:
    return Exported(
        fields={
            "signing_keys": [
                {
                    "digest": known.pinned,
                    "since": known.pinned_at.isoformat(),
                    "awaited_digest": known.awaited,
                }
                for known in await upkeep.uow.owner_keys.of_person(person.id)
            ]
        }
    )


async def _erase(person: PersonId, upkeep: Upkeep) -> Erased:
    await _forget(person, upkeep)
    return {}


async def _roles_ended(upkeep: Upkeep) -> Sequence[str]:
    held = set(await upkeep.uow.people.holders(sorted(VERIFIED_ROLES), upkeep.now))
    return [person for person in await upkeep.uow.owner_keys.people() if person not in held]


async def _forget(piece: str, upkeep: Upkeep) -> int:
    for known in await upkeep.uow.owner_keys.of_person(PersonId(piece)):
        await ask_no_more(known, uow=upkeep.uow, now=upkeep.now)
    await upkeep.uow.owner_keys.erase_of(PersonId(piece))
    return 1


HOLDING = Holding(
    name="owner_keys",
    told=_told,
    export=_export,
    erase=_erase,
    chores=(Chore(name="forget_owner_keys", pace=Pace.SELDOM, find=_roles_ended, do=_forget),),
)
