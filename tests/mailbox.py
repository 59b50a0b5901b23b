"""A mail server in memory: what was sent lies there, or is refused as a test wants."""

import re
from dataclasses import dataclass, field

from bot.domain.mails import Mail


@dataclass
class Mailbox:
    """Everybody's mailbox.

    Attributes:
        fails: Raised by the next sends, one after the other.
        takes_before_failing: What fails is delivered all the same, as where an answer is lost.
    """

    mails: list[Mail] = field(default_factory=list)
    fails: list[BaseException] = field(default_factory=list)
    takes_before_failing: bool = False

    async def send(self, mail: Mail) -> None:
        """Take a mail."""
        failure = self.fails.pop(0) if self.fails else None
        if failure is None or self.takes_before_failing:
            self.mails.append(mail)
        if failure is not None:
            raise failure

    def code_to(self, address: str) -> str:
        """The digits that an address was sent last."""
        found = re.search(r"\b(\d{3} \d{3})\b", self.to(address)[-1].text)
        assert found
        return found[1]

    def alarm_to(self, address: str) -> str:
        """What raises the alarm, from the last mail to an address."""
        found = re.search(r"/revoke (\w{4}-\w{4})", self.to(address)[-1].text)
        assert found
        return found[1]

    def to(self, address: str) -> list[Mail]:
        """The mails to an address, oldest first."""
        return [mail for mail in self.mails if str(mail.to) == address]
