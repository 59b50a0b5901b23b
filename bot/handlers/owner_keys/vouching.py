"""Whether somebody's role has force for what came, and telling them if it has not."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.domain.copies import PersonRef
from bot.domain.incoming import Incoming
from bot.domain.messages import UserRef
from bot.domain.notes import Note, NoteId
from bot.domain.owner_keys import Force, OwnerKey, force_of
from bot.domain.people import Person
from bot.domain.proofs import Proof
from bot.domain.words import Words, words
from bot.handlers.owner_keys.asking import ask_no_more, ask_whoever_knows
from bot.ports.store import UnitOfWork

NAME = "owner_keys"
TOLD_FOR = timedelta(days=365)
"""Once for each device; who has not looked after it within a year is told again."""

log = structlog.get_logger("people")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """Somebody as they may act in this.

    Attributes:
        is_proven: Nobody else can have said it in their role.
    """

    person: Person
    is_proven: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """Somebody with a verified role, on a device."""

    person: Person
    user: UserRef
    proof: Proof | None
    known: OwnerKey | None

    @property
    def owner(self) -> str | None:
        """Who vouches for the device."""
        return self.proof.owner if self.proof else None


async def vouch_for(
    person: Person, incoming: Incoming, *, uow: UnitOfWork, now: datetime
) -> Vouched:
    """Return somebody with their roles, or without if those have no force for what came.

    The first key is kept to from here on. Whatever is to be told is told once, however often
    this is asked.
    """
    if not person.has_verified_role(now):
        return Vouched(person=person)
    user, proof = incoming.sender.user, incoming.sender.proof
    seen = _Seen(person=person, user=user, proof=proof, known=await uow.owner_keys.of(user))
    match force_of(proof, seen.known):
        case Force.IN_FORCE:
            await _keep_to(seen, uow=uow, now=now)
            return Vouched(person=person)
        case Force.UNSIGNED:
            device = proof.device if proof else ""
            await _tell_once(person, device, words("device-unsigned"), uow=uow, now=now)
        case Force.CHANGED:
            await _begin_waiting(seen, uow=uow, now=now)
    return Vouched(person=replace(person, grants=()), is_proven=False)


async def _keep_to(seen: _Seen, *, uow: UnitOfWork, now: datetime) -> None:
    if seen.owner is None:
        return
    if seen.known is None:
        await uow.owner_keys.pin(seen.user, seen.person.id, seen.owner, now)
    elif seen.known.awaited:
        # The account has its first identity again, so there is nothing to confirm.
        await ask_no_more(seen.known, uow=uow, now=now)
        await uow.owner_keys.expect(seen.user, None)


async def _begin_waiting(seen: _Seen, *, uow: UnitOfWork, now: datetime) -> None:
    """Have another key confirmed, unless that is asked already; no other is awaited then."""
    person, user, known, owner = seen.person, seen.user, seen.known, seen.owner
    if known is None or owner is None or owner == known.awaited:
        return
    await ask_no_more(known, uow=uow, now=now)
    await uow.owner_keys.expect(user, owner)
    waiting = replace(known, awaited=owner)
    await ask_whoever_knows(waiting, person, user, uow=uow, now=now)
    await _tell_once(person, owner, words("owner-key-changed"), uow=uow, now=now)
    fix = "nothing here: a coordinator or colleague who knows them writes the code they were sent"
    log.warning("role.rests", platform=user.platform.value, fix=fix)


async def _tell_once(
    person: Person, about: str, said: Words, *, uow: UnitOfWork, now: datetime
) -> None:
    digest = hashlib.blake2b(f"{about} {person.id}".encode(), digest_size=12).hexdigest()
    told = NoteId(f"owner-key-{digest}")
    if await uow.notes.get(told) is None:
        note = Note(id=told, feature=NAME, person=person.id, words=said, expires_at=now + TOLD_FOR)
        await uow.notes.say(note, PersonRef(person.id))
