"""Who speaks for an organisation, and the codes by which mailboxes are proved."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.mails import Letter
from bot.domain.messages import UserRef
from bot.domain.organisations import Organisation, OrganisationId
from bot.domain.people import PersonId
from bot.domain.verification import (
    CodeAsked,
    CodesSent,
    HeldRole,
    LostBadge,
    MailCode,
    MailCodeId,
    Tried,
    Verification,
    VerificationId,
    Vote,
)


class Verifications(Protocol):
    """Applications, and the roles that came of them."""

    async def ask(self, verification: Verification, user: UserRef) -> None:
        """Store an application from an account; an earlier open one of the person there ends."""
        ...

    async def save(self, verification: Verification) -> None:
        """Store how far it has come."""
        ...

    async def get(self, verification: str) -> Verification | None:
        """Return one by its id, None if there is none such."""
        ...

    async def of_person(self, person: PersonId) -> Sequence[Verification]:
        """Return all of a person's, what is granted first."""
        ...

    async def of_organisation(self, organisation: str) -> Sequence[Verification]:
        """Return all of an organisation's, the oldest first."""
        ...

    async def mailbox(self, address: str) -> str:
        """Return what an address is recognised by."""
        ...

    async def colleagues(self, verification: Verification, now: datetime) -> Sequence[PersonId]:
        """Return who else speaks for the organisation now, with another mailbox."""
        ...

    async def speakers(self, organisation: str, now: datetime) -> Sequence[PersonId]:
        """Return all who speak for an organisation now."""
        ...

    async def vote(
        self, verification: VerificationId, person: PersonId, now: datetime
    ) -> Sequence[PersonId]:
        """Note that somebody vouches; return all who do."""
        ...

    async def approve(self, verification: VerificationId, person: PersonId, now: datetime) -> None:
        """Note that a colleague's word was enough: what others have said counts no more."""
        ...

    async def votes_of(self, person: PersonId) -> Sequence[Vote]:
        """Return for whom a person has vouched, the oldest first."""
        ...

    async def grant(
        self, verification: Verification, organisation: Organisation, now: datetime
    ) -> None:
        """Make it a role, bound to the account that asked; an earlier one of it ends."""
        ...

    async def end(self, verification: VerificationId) -> None:
        """Delete one, with the role if it gave one."""
        ...

    async def revoke(self, person: PersonId, organisation: str, now: datetime) -> bool:
        """End all that a person has there; False if there was nothing.

        A role from the configuration stays ended over restarts.
        """
        ...

    async def is_barred(self, user: UserRef, organisation: str) -> bool:
        """Whether an account's role from the configuration was revoked by chat."""
        ...

    async def barred_from(self, person: PersonId) -> Sequence[OrganisationId]:
        """Return the organisations whose configured role was revoked by chat."""
        ...

    async def follow(self, organisation: Organisation) -> None:
        """Let the roles of an organisation's people be what it is by now, and where it is."""
        ...

    async def held(self) -> Collection[HeldRole]:
        """Return all roles that give a badge."""
        ...

    async def end_orphans(self) -> int:
        """End roles of organisations that are no more; return how many."""
        ...

    async def due(self, before: datetime) -> Sequence[VerificationId]:
        """Return those that end before a time."""
        ...

    async def erase(self, person: PersonId) -> int:
        """Delete all of a person's; return how many roles and applications.

        That roles of others were approved stays known, but no longer by whom.
        """
        ...


class MailCodes(Protocol):
    """Codes, from the moment they are asked for; each is one mail."""

    async def issue(
        self, verification: Verification, now: datetime, *, to_official: bool
    ) -> MailCode:
        """Make a code and queue its mail; those before it are void.

        Args:
            verification: Whose mailbox, and for which organisation.
            now: Present time.
            to_official: Whoever asked speaks for the organisation already.
        """
        ...

    async def sent(self, person: PersonId, mailbox: str, now: datetime) -> CodesSent:
        """Count what has gone to a person and to an address of late."""
        ...

    async def nth_latest(
        self, nth: int, *, since: datetime, to_officials: bool, organisation: str | None
    ) -> datetime | None:
        """Return when the nth latest code was asked for, None if there were fewer since a time.

        Args:
            nth: 1 for the latest.
            since: Those before count no more.
            to_officials: Whether those count that officials asked for, or the others.
            organisation: Of one organisation; of all together if None.
        """
        ...

    async def get(self, code: MailCodeId) -> MailCode | None:
        """Return a code, None if there is none such."""
        ...

    async def latest(self, person: PersonId, now: datetime) -> MailCode | None:
        """Return the code that a person may still type, None if there is none."""
        ...

    async def of_person(self, person: PersonId) -> Sequence[CodeAsked]:
        """Return which codes a person has asked for, the oldest first."""
        ...

    async def try_code(self, code: MailCode, typed: str, now: datetime) -> Tried:
        """Compare what was typed, and count it; the right one works once."""
        ...

    async def raised_by(self, alarm: str) -> MailCode | None:
        """Return the code whose mail holds this alarm, None if none does."""
        ...

    async def void(self, person: PersonId, organisation: str) -> None:
        """Let no code of a person for an organisation work any more."""
        ...

    async def waiting(self, now: datetime, *, limit: int) -> Sequence[MailCodeId]:
        """Return the codes whose mail is due, oldest first."""
        ...

    async def letter(self, code: MailCodeId) -> Letter | None:
        """Return what to write, None if nobody waits for it any more."""
        ...

    async def begin(self, code: MailCodeId) -> None:
        """Note that a mail is being handed over: a crash from here on leaves doubt."""
        ...

    async def put_off(self, code: MailCodeId, until: datetime, *, doubts: int = 0) -> None:
        """Let a mail be tried again later, with so much more doubt."""
        ...

    async def settle(self, code: MailCodeId, *, is_sent: bool) -> None:
        """Note that a mail was handed over, or never will be; then its code is void."""
        ...

    async def recover(self) -> int:
        """Put back what a crash has left begun, in doubt; return how many."""
        ...

    async def forget_old(self, before: datetime) -> int:
        """Delete codes made before a time; return how many."""
        ...

    async def unlink(self, person: PersonId) -> None:
        """Keep that mail went to an address, but no longer for whom."""
        ...


class LostBadges(Protocol):
    """Badges that are still to be taken off what bears them: of many there is much."""

    async def note(self, lost: Iterable[LostBadge], now: datetime) -> None:
        """Remember that badges are to be looked at, wherever they stand."""
        ...

    async def all(self) -> Sequence[LostBadge]:
        """Return those that were not looked at yet."""
        ...

    async def settle(self, lost: LostBadge) -> None:
        """Note that nothing bears a badge any more that should not."""
        ...

    async def erase(self, person: PersonId) -> None:
        """Forget somebody's."""
        ...
