"""Asking those who know somebody whether another identity of their account is their own doing."""

from collections.abc import Sequence
from datetime import datetime

from bot.coordinators import begin_trouble, coordinators, end_trouble
from bot.domain.messages import UserRef
from bot.domain.owner_keys import OwnerKey, confirming_code
from bot.domain.people import VERIFIED_ROLES, Person, PersonId
from bot.domain.words import words
from bot.ports.store import UnitOfWork


async def ask_whoever_knows(
    waiting: OwnerKey, person: Person, user: UserRef, *, uow: UnitOfWork, now: datetime
) -> None:
    """Give colleagues and coordinators the code by which the role gets its force again."""
    organisation = await _organisation_of(person, uow, now)
    said = words(
        "owner-key-ask",
        account=user.user_id,
        organisation=organisation,
        any_organisation="yes" if organisation else "no",
        code=confirming_code(waiting.awaited or ""),
    )
    readers = await _who_knows(person, uow, now)
    await begin_trouble(_key(waiting), said, uow=uow, now=now, readers=readers)


async def ask_no_more(waiting: OwnerKey, *, uow: UnitOfWork, now: datetime) -> None:
    """Take the question back from all who may have it."""
    if waiting.awaited is not None:
        roles = sorted(VERIFIED_ROLES)
        readers = [*await uow.people.holders(roles, now), *await coordinators(uow, now)]
        await end_trouble(_key(waiting), None, uow=uow, now=now, readers=readers)


async def _who_knows(person: Person, uow: UnitOfWork, now: datetime) -> Sequence[PersonId]:
    """Return coordinators and those verified for the same organisation, but never oneself."""
    own = person.organisations(now)
    found = set(await coordinators(uow, now))
    for one in await uow.people.holders(sorted(VERIFIED_ROLES), now):
        other = await uow.people.get(one, now)
        if other is not None and not own.isdisjoint(other.organisations(now)):
            found.add(one)
    return sorted(found - {person.id})


async def _organisation_of(person: Person, uow: UnitOfWork, now: datetime) -> str:
    found = [await uow.organisations.get(slug) for slug in sorted(person.organisations(now))]
    return ", ".join(organisation.name for organisation in found if organisation)


def _key(waiting: OwnerKey) -> str:
    return f"owner key {waiting.awaited}"
