"""How somebody comes to speak for an organisation: a code by mail, and a second pair of eyes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.mail_addresses import MailAddress
from bot.domain.organisations import OrganisationId
from bot.domain.people import PersonId

VerificationId = NewType("VerificationId", str)
MailCodeId = NewType("MailCodeId", str)

ID_CHARS = 6
CODE_WORKS_FOR = timedelta(minutes=15)
TRIES = 5
MOST_CODES_AN_HOUR, MOST_CODES_A_DAY = 5, 20
"""To one person, whatever the addresses."""
MOST_MAILS_AN_HOUR, MOST_MAILS_A_DAY = 3, 10
"""To one address, whoever asks: nobody's mailbox is filled, and nobody guesses for long."""
PROOF_HOLDS_FOR = timedelta(hours=12)
"""After this, what matters most asks for the mailbox again: phones are shared and stolen."""
VOTES_FOR_THE_FIRST = 2
REMINDED_BEFORE_DAYS = (30, 7)


class Stage(StrEnum):
    """How far it has come. Only what is GRANTED gives a role."""

    ASKED = "asked"
    PROVED = "proved"
    GRANTED = "granted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Somebody's way to a role, or the role with what was proved for it.

    Attributes:
        id: Six characters that are said and typed: `/approve 7K3MQX`.
        address: None once its lifetime is over.
        mailbox: The same for whoever has the same address: one mailbox is one human.
        proved_at: When a code was last answered.
        expires_at: Of the application; once granted, of the role.
        reminded_days: The last reminder was this long before the end; None if there was none.
    """

    id: VerificationId
    person: PersonId
    organisation: OrganisationId
    address: MailAddress | None
    mailbox: str
    stage: Stage = Stage.ASKED
    proved_at: datetime | None = None
    expires_at: datetime
    reminded_days: int | None = None

    def is_fresh(self, now: datetime) -> bool:
        """Whether the mailbox was shown to be the person's a short while ago."""
        return self.proved_at is not None and now < self.proved_at + PROOF_HOLDS_FOR

    def is_application(self, now: datetime, lifetime: timedelta) -> bool:
        """Whether it waits for somebody's yes.

        What a configured person proves is kept for as long as a role, and asks for none.
        """
        if self.stage is not Stage.PROVED or self.proved_at is None:
            return False
        return now < self.expires_at <= self.proved_at + lifetime

    def reminder_due(self, now: datetime) -> int | None:
        """Return how many days before the end a reminder is due; None if none is."""
        left = self.expires_at - now
        due = [days for days in REMINDED_BEFORE_DAYS if left <= timedelta(days=days)]
        is_news = due and (self.reminded_days is None or min(due) < self.reminded_days)
        return min(due) if is_news else None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRole:
    """What a badge vouches for: somebody speaks for an organisation, as what and where.

    Attributes:
        areas: Slugs with all inside them; empty means everywhere.
    """

    person: PersonId
    organisation: str
    role: str
    areas: frozenset[str]


@dataclass(frozen=True, slots=True, order=True)
class LostBadge:
    """Somebody's badge of an organisation that no longer stands wherever it stood."""

    person: PersonId
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """That somebody has vouched for another's role.

    Attributes:
        organisation: For which; None if that is known no more.
    """

    verification: VerificationId
    organisation: OrganisationId | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeAsked:
    """That somebody has asked for a code; not which.

    Attributes:
        address: Where it went; None once the address is known no more.
    """

    organisation: OrganisationId
    address: MailAddress | None
    asked_at: datetime


class Tried(StrEnum):
    """What became of a code that was typed."""

    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"
    """Too old, used, or tried too often: a new one has to be asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailCode:
    """A code under way to somebody's mailbox; its digits stand nowhere.

    Attributes:
        tries_left: How often it may still be typed.
    """

    id: MailCodeId
    person: PersonId
    verification: VerificationId
    organisation: OrganisationId
    expires_at: datetime
    tries_left: int = TRIES


@dataclass(frozen=True, slots=True, kw_only=True)
class CodesSent:
    """How many codes have gone out of late."""

    to_person_in_hour: int
    to_person_in_day: int
    to_address_in_hour: int
    to_address_in_day: int

    def is_enough(self, *, is_own: bool) -> bool:
        """Whether no more are sent for now.

        Args:
            is_own: The mailbox was shown to be the person's before: then what strangers have
                had sent there does not keep its owner from acting.
        """
        is_guessing = (
            self.to_person_in_hour >= MOST_CODES_AN_HOUR
            or self.to_person_in_day >= MOST_CODES_A_DAY
        )
        if is_guessing or is_own:
            return is_guessing
        return (
            self.to_address_in_hour >= MOST_MAILS_AN_HOUR
            or self.to_address_in_day >= MOST_MAILS_A_DAY
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouching:
    """Who stands before somebody's application.

    Attributes:
        colleagues: Who else speaks for the organisation now, the applicant left out and whoever
            has the same mailbox.
        own_mailboxes: What the voucher has proved, for whichever organisation.
    """

    application: Verification
    voucher: PersonId
    own_mailboxes: Collection[str]
    colleagues: Collection[PersonId]

    @property
    def is_self(self) -> bool:
        """Whether nobody but the applicant would be looking: on another platform, too."""
        same_mailbox = self.application.mailbox in self.own_mailboxes
        return self.voucher == self.application.person or same_mailbox

    @property
    def is_for_the_first(self) -> bool:
        """Whether nobody there could do it, so that two coordinators have to."""
        return not self.colleagues
