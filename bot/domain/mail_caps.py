"""How many mails with codes go out in an hour, all together.

Each person and each mailbox has limits of its own; somebody with many accounts and a list of
addresses passes below them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

COUNTED_FOR = timedelta(hours=1)


class Cap(StrEnum):
    """What is full when no more mails go."""

    ORGANISATION = "organisation"
    INSTALLATION = "installation"
    OFFICIALS = "officials"
    """Whoever speaks for an organisation already does not wait behind strangers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailCaps:
    """The most mails in any hour.

    Attributes:
        each: For one organisation, asked for by people who do not speak for it.
        all: Of those, for all organisations together.
        officials: Asked for by people who speak for the organisation; counted apart.
    """

    each: int = 30
    all: int = 100
    officials: int = 200

    def over(self, *, is_official: bool) -> Sequence[tuple[Cap, int]]:
        """Return the caps that a mail counts for, the narrowest first, with the most of each."""
        if is_official:
            return [(Cap.OFFICIALS, self.officials)]
        return [(Cap.ORGANISATION, self.each), (Cap.INSTALLATION, self.all)]


@dataclass(frozen=True, slots=True, kw_only=True)
class FullCap:
    """A cap that is reached.

    Attributes:
        most: How many mails it lets through in an hour.
        until: When the next one may go.
    """

    cap: Cap
    most: int
    until: datetime

    @property
    def until_minute(self) -> datetime:
        """The first whole minute by which the next one may go: so it is told."""
        whole = self.until.replace(second=0, microsecond=0)
        return whole if whole == self.until else whole + timedelta(minutes=1)
