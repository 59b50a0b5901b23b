"""Who is in the web chat, and in which of its rooms."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.web_chat import WebAccount, WebRoom


class WebAccounts(Protocol):
    """Stored accounts and their memberships."""

    async def put(self, account: WebAccount, *, login: str) -> None:
        """Add an account, or change it.

        Args:
            account: The account.
            login: The secret of its personal link; only a digest of it is kept.
        """
        ...

    async def get(self, account: str) -> WebAccount | None:
        """Return an account, None if there is none such."""
        ...

    async def by_login(self, login: str) -> WebAccount | None:
        """Return whose personal link carries a secret."""
        ...

    async def all(self) -> Sequence[WebAccount]:
        """Return all accounts."""
        ...

    async def join(self, room: str, account: str) -> None:
        """Let an account into a room."""
        ...

    async def rooms_of(self, account: str) -> Sequence[WebRoom]:
        """Return the rooms that an account is in, in the order it came into them."""
        ...

    async def is_member(self, room: str, account: str) -> bool:
        """Whether an account is in a room."""
        ...

    async def member_count(self, room: str) -> int:
        """Count the accounts in a room."""
        ...

    async def remove(self, account: str) -> None:
        """Delete an account: its link ends, it is in no room, and nobody can read its name."""
        ...
