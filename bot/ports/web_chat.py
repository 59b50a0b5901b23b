"""Where the web chat keeps its rooms and messages, as another platform's server would."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.messages import MediaId
from bot.domain.web_chat import Told, WebMessage, WebRoom


class WebChat(Protocol):
    """The stored web chat."""

    async def put_room(self, room: WebRoom) -> None:
        """Open a room, or give it another title."""
        ...

    async def room(self, room: str) -> WebRoom | None:
        """Return a room, None if there is none such."""
        ...

    async def post(self, message: WebMessage, *, key: str | None = None) -> int:
        """Store a message and return its id; the same key stores it once."""
        ...

    async def by_key(self, key: str) -> WebMessage | None:
        """Return the message that was posted with a key, None if none was."""
        ...

    async def change(self, message: WebMessage) -> None:
        """Store another content of a message."""
        ...

    async def message(self, message: int) -> WebMessage | None:
        """Return a message, None if it was removed."""
        ...

    async def messages(self, room: str, *, last: int) -> Sequence[WebMessage]:
        """Return the latest messages of a room, oldest first."""
        ...

    async def remove(self, message: int) -> Sequence[MediaId]:
        """Delete a message and its key; return the files it held."""
        ...

    async def react(self, message: int, account: str, emoji: str, *, on: bool) -> bool:
        """Set or take back a reaction; False if nothing changed."""
        ...

    async def written_by(self, account: str) -> Sequence[WebMessage]:
        """Return what an account has written, oldest first."""
        ...

    async def reactions_of(self, account: str) -> Sequence[tuple[int, str]]:
        """Return the messages on which an account has set an emoji, and which."""
        ...

    async def take_back_reactions(self, account: str) -> int:
        """Delete all emoji that an account has set; return how many."""
        ...

    async def past_lifetime(self, before: datetime) -> Sequence[int]:
        """Return the messages sent before a time."""
        ...

    async def tell(self, payload: bytes, now: datetime) -> None:
        """Queue something that happened, for the bot to hear of."""
        ...

    async def untold(self, *, limit: int) -> Sequence[Told]:
        """Return what the bot has not heard of yet, in order."""
        ...

    async def told(self, number: int) -> None:
        """Drop what the bot has heard of."""
        ...
