"""Tips and what is said about them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.messages import MediaId, MessageRef
from bot.domain.people import PersonId
from bot.domain.tips import Tip, TipLine, TipLineId, TipNumber, TipPlaces


class Tips(Protocol):
    """Stored tips.

    What a tip and its lines say lies under one key, which ends with the tip: for the desk and for
    the tipster at once. Whose they are is found by a keyed hash alone.
    """

    async def add(self, tip: Tip) -> Tip:
        """Store a new tip; return it with its number, which no other ever gets."""
        ...

    async def save(self, tip: Tip) -> None:
        """Store what has become of a tip."""
        ...

    async def get(self, number: TipNumber) -> Tip | None:
        """Return a tip, None if there is none such."""
        ...

    async def of_tipster(self, person: PersonId) -> Sequence[Tip]:
        """Return what somebody has sent, oldest first."""
        ...

    async def sent_since(self, person: PersonId, since: datetime) -> int:
        """Return how many tips somebody has sent since a time."""
        ...

    async def said_since(self, person: PersonId, since: datetime) -> int:
        """Return how many lines somebody has added to tips since a time."""
        ...

    async def on_their_way(self) -> Sequence[TipNumber]:
        """Return the tips that no desk has yet."""
        ...

    async def places(self) -> Sequence[TipPlaces]:
        """Return in which rooms each tip is, as it was shown last."""
        ...

    async def refused_lines(self) -> Sequence[TipLineId]:
        """Return the lines that a room could not be shown."""
        ...

    async def untouched_since(self, before: datetime) -> Sequence[TipNumber]:
        """Return the open tips to which nobody has added since a time."""
        ...

    async def closed_before(self, before: datetime) -> Sequence[TipNumber]:
        """Return the tips that were closed before a time."""
        ...

    async def erase(self, number: TipNumber) -> Sequence[MediaId]:
        """Delete a tip with its lines and destroy its key; return the files they held."""
        ...

    async def add_line(self, line: TipLine) -> TipLine:
        """Store a new line; return it with its id."""
        ...

    async def save_line(self, line: TipLine) -> None:
        """Store what a line says by now."""
        ...

    async def line(self, line: TipLineId) -> TipLine | None:
        """Return a line, None if there is none such."""
        ...

    async def line_from(self, origin: MessageRef) -> TipLine | None:
        """Return the line that was written in a message, None if that is none."""
        ...

    async def lines(self, number: TipNumber) -> Sequence[TipLine]:
        """Return what was said about a tip, oldest first."""
        ...

    async def lines_by(self, person: PersonId) -> Sequence[TipLine]:
        """Return what somebody has said about tips, oldest first."""
        ...

    async def erase_line(self, line: TipLineId) -> Sequence[MediaId]:
        """Delete a line; return the files it held."""
        ...
