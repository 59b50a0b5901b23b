"""Updates on their way in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NewType, Protocol

from bot.domain.incoming import RawUpdate
from bot.domain.messages import MessageRef
from bot.domain.people import PersonId
from bot.domain.retention import Lifetimes

InboxId = NewType("InboxId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxEntry:
    """A kept update.

    Attributes:
        attempts: How often handling it has failed.
        amendment: The update that tells what its author has made of it while it was held.
        received_at: When it was taken.
        parts: Later updates that are parts of the same message; what is done with this one is
            done with each of them.
    """

    id: InboxId
    update: RawUpdate
    attempts: int
    received_at: datetime
    amendment: bytes | None = None
    parts: tuple["InboxEntry", ...] = ()

    @property
    def whole(self) -> tuple["InboxEntry", ...]:
        """This update and those that are parts of the same message."""
        return (self, *self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """Something that could not be done and waits for an operator.

    Attributes:
        id: `in-7` for an update, `out-7` for an effect.
        reason: Why; holds no text of anybody's.
    """

    id: str
    platform: str
    lane: str
    since: datetime
    attempts: int
    reason: str


class Inbox(Protocol):
    """Updates that were taken and are not yet handled.

    What is done with an entry is done with its update alone: if the keeping failed after it was
    handed on, another may have come under its number.
    """

    async def put(self, update: RawUpdate, now: datetime) -> bool:
        """Keep an update, a part of a message for its others; False if seen in 48 hours."""
        ...

    async def waiting(
        self, now: datetime, *, limit: int, busy: Collection[str]
    ) -> Sequence[InboxEntry]:
        """Return the head of each lane that is neither busy nor resting, oldest first.

        With it come the waiting parts of the same message.
        """
        ...

    async def next_due(self) -> datetime | None:
        """Return when the next update comes due, None if all that waits is due already."""
        ...

    async def unhandled_after(self, last: InboxId, *, limit: int) -> Sequence[InboxEntry]:
        """Return the next updates that wait to be handled, oldest first."""
        ...

    async def due_since(self) -> datetime | None:
        """Return since when the oldest update could have been handled; None if none waits."""
        ...

    async def done(self, entry: InboxEntry) -> bool:
        """Forget what an update held, not that it was seen; False if it waits no more."""
        ...

    async def of_person(self, person: PersonId) -> Sequence[InboxEntry]:
        """Return what is held for a person, or could not be handled."""
        ...

    async def erase(self, person: PersonId) -> int:
        """Forget all that is known to be a person's; return how many."""
        ...

    async def postpone(self, entry: InboxEntry, until: datetime) -> None:
        """Try again later; the lane waits."""
        ...

    async def put_off(self, entry: InboxEntry, until: datetime) -> None:
        """Try later, as `postpone` does, what has not been tried: it counts as no attempt."""
        ...

    async def bury(self, entry: InboxEntry, reason: str) -> None:
        """Make a dead letter of it; the lane goes on."""
        ...

    async def drop_buried(self, about: MessageRef) -> bool:
        """Forget a dead letter that is numbered as its message; False if there is none."""
        ...

    async def attribute(self, entry: InboxEntry, person: PersonId) -> None:
        """Note whose a dead letter is, so that it is erased with its sender."""
        ...

    async def forget_old(self, kept: Lifetimes, now: datetime) -> int:
        """Drop seen marks and dead letters past their lifetimes, held updates past their time."""
        ...

    async def depth(self) -> int:
        """Count the updates that wait."""
        ...

    async def keys_in_use(self, among: Collection[str]) -> frozenset[str]:
        """Return those of some keys' owners that updates are still sealed with."""
        ...


class Positions(Protocol):
    """From where platforms go on that tell by a position and not update by update."""

    async def get(self, source: str) -> str | None:
        """Return from where a source goes on, None if it has never told anything."""
        ...

    async def put(self, source: str, position: str) -> None:
        """Note from where it goes on."""
        ...
