"""What people feel about carried lines."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.messages import RoomRef
from bot.domain.people import PersonId
from bot.domain.reactions import Reaction


class Reactions(Protocol):
    """Emoji on carried lines, by person and room."""

    async def add(self, reaction: Reaction) -> bool:
        """Set one; False if it was set."""
        ...

    async def drop(
        self, relay: str, person: PersonId, emoji: str, *, room: RoomRef | None = None
    ) -> bool:
        """Take one back, in one room or in all; False if it was not set."""
        ...

    async def keep_only(
        self, relay: str, person: PersonId, room: RoomRef, emoji: Collection[str]
    ) -> bool:
        """Take back all but these that a person has set in a room; False if there were none."""
        ...

    async def of_relay(self, relay: str) -> Sequence[Reaction]:
        """Return all that is set on a line, oldest first."""
        ...

    async def of_person(self, person: PersonId) -> Sequence[Reaction]:
        """Return all that a person has set, oldest first."""
        ...

    async def erase_of_person(self, person: PersonId) -> Sequence[str]:
        """Delete a person's reactions; return the ids of the lines they stood on."""
        ...

    async def erase_of_relay(self, relay: str) -> int:
        """Delete all that is set on a line; return how many."""
        ...

    async def forget_old(self, before: datetime) -> int:
        """Forget who reacted to lines that were sent before a time; return how many did."""
        ...
