"""Handing mail to a mail server."""

from typing import Protocol

from bot.domain.mails import Mail


class Mailer(Protocol):
    """Sends mail."""

    async def send(self, mail: Mail) -> None:
        """Hand over one mail; that the server took it says nothing of the mailbox behind it.

        Raises:
            TemporaryFailure: It was not taken; try again later.
            PermanentFailure: The server refuses the address, or the mail, for good.
            UnknownOutcome: The connection broke after it was sent; it may have been taken.
        """
        ...
