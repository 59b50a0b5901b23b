"""What a platform's bridge keeps of accounts by itself, beside the database."""

from collections.abc import Collection
from typing import Protocol

from bot.domain.messages import UserRef


class AddressBook(Protocol):
    """Accounts that a bridge knows without the database."""

    def accounts(self) -> Collection[UserRef]:
        """Return those that are kept for being known to the bot, and for nothing else."""
        ...

    def forget(self, user: UserRef) -> None:
        """Let go of all that is kept of an account; of one that is not known it is nothing.

        What can be erased here is erased when it returns, the rest as soon as the platform
        answers. Repeating it does no harm.
        """
        ...
