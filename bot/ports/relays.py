"""Lines carried from one room to its mirrors."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.messages import Attachment, MediaId, MessageRef, RoomRef
from bot.domain.people import PersonId
from bot.domain.relays import Relay


class Relays(Protocol):
    """Lines carried from one room to its mirrors."""

    async def add(
        self,
        relay: Relay,
        *,
        said: str = "",
        others: Sequence[MessageRef] = (),
        files: Sequence[Attachment] | None = None,
    ) -> None:
        """Store a line until it is delivered.

        Args:
            relay: The line.
            said: What is recognised if it comes again soon.
            others: The other messages that it came in.
            files: What was attached to it, carried or not; None if nobody shall ask.
        """
        ...

    async def save(self, relay: Relay) -> None:
        """Store a line's new text."""
        ...

    async def get(self, relay: str) -> Relay | None:
        """Return a line, None if it was delivered and forgotten."""
        ...

    async def by_origin(self, origin: MessageRef) -> Relay | None:
        """Return the line that was carried from a message, without its text if delivered.

        A message that it came in beside others finds it, too, unless it has become a line itself.
        """
        ...

    async def album_of(self, part: MessageRef) -> Relay | None:
        """Return the line that a message came in beside others, though it be a line itself."""
        ...

    async def parts(self, relay: str) -> Sequence[MessageRef]:
        """Return the messages that a line came in, except the one it is known by."""
        ...

    async def came_with_others(self, origin: MessageRef, files: Sequence[Attachment]) -> bool:
        """Whether a line was carried with other files than its message has now.

        Of a message that it came in beside others, too, though that be a line itself. False if
        there is no such line, or if it can't be told.
        """
        ...

    async def of_person(self, person: PersonId) -> Sequence[str]:
        """Return the ids of a person's lines."""
        ...

    async def wipe_delivered(self, now: datetime) -> Sequence[MediaId]:
        """Forget the words of lines that have arrived everywhere; return their files.

        Those that stand among others are kept as long as all of them can be asked for.
        """
        ...

    async def named_by(self, person: PersonId) -> Sequence[str]:
        """Return the ids of a person's lines that bear their name."""
        ...

    async def wipe_old(self, before: datetime) -> Sequence[MediaId]:
        """Keep of lines sent before a time only where they stand; return their files."""
        ...

    async def times_said(self, said: str, person: PersonId, room: RoomRef) -> int:
        """Return how often somebody has said the same in a room, as far as that is known."""
        ...

    async def forget_said(self, before: datetime) -> int:
        """Forget what lines said that were sent before a time; return how many they were."""
        ...

    async def forget_voices(self, before: datetime) -> int:
        """Forget for whom lines spoke that were sent before a time; return how many they were."""
        ...

    async def of_ended_groups(self) -> Sequence[str]:
        """Return the ids of the lines of groups that are no more."""
        ...

    async def erase(self, relay: str) -> Sequence[MediaId]:
        """Delete a line; return the files it held."""
        ...
