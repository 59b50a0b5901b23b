"""Mail that the bot sends."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.mail_addresses import MailAddress
from bot.domain.people import PersonId
from bot.domain.verification import MailCodeId


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One message for one mailbox.

    Attributes:
        key: The same for the same mail, however often it is tried; it becomes its Message-ID.
        person: Whose mailbox it is said to be.
    """

    key: str
    person: PersonId
    to: MailAddress
    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What goes into the mail with a code; made when it is sent, and stored nowhere.

    Attributes:
        code: Six digits.
        alarm: What whoever owns the mailbox writes if they have not asked for it.
        organisation: Its name.
        attempts: How often it was refused for the time being.
        doubts: How many attempts ended without anybody knowing how.
    """

    id: MailCodeId
    person: PersonId
    to: MailAddress
    code: str
    alarm: str
    expires_at: datetime
    organisation: str
    attempts: int = 0
    doubts: int = 0


class MailState(StrEnum):
    """Where a mail is."""

    QUEUED = "queued"
    STARTED = "started"
    SENT = "sent"
    FAILED = "failed"
