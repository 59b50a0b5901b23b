"""Updates on their way in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NewType, Protocol

from bot.domain.incoming import RawUpdate
from bot.domain.people import PersonId

InboxId = NewType("InboxId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxEntry:
    """A kept update; `attempts` is how often handling it has failed."""

    id: InboxId
    update: RawUpdate
    attempts: int


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
    """Updates that were taken and are not yet handled."""

    async def put(self, update: RawUpdate, now: datetime) -> bool:
        """Keep an update; False if it was seen in the last 48 hours."""
        ...

    async def waiting(
        self, now: datetime, *, limit: int, busy: Collection[str]
    ) -> Sequence[InboxEntry]:
        """Return the head of each lane that is neither busy nor resting, oldest first."""
        ...

    async def next_due(self) -> datetime | None:
        """Return when the next update comes due, None if all that waits is due already."""
        ...

    async def done(self, entry: InboxId) -> None:
        """Forget what an update held; remember that it was seen."""
        ...

    async def hold(self, entry: InboxId, person: PersonId, until: datetime) -> None:
        """Keep an update aside until its sender has answered a question."""
        ...

    async def release(self, person: PersonId) -> int:
        """Put what was held for a person back in its lane; return how many."""
        ...

    async def drop(self, person: PersonId) -> int:
        """Forget what was held for a person; return how many."""
        ...

    async def postpone(self, entry: InboxId, until: datetime) -> None:
        """Try again later; the lane waits."""
        ...

    async def bury(self, entry: InboxId, reason: str) -> None:
        """Make a dead letter of it; the lane goes on."""
        ...

    async def forget_old(self, now: datetime) -> int:
        """Drop seen marks past their lifetime and held updates past their time."""
        ...

    async def depth(self) -> int:
        """Count the updates that wait."""
        ...

    async def keys_in_use(self) -> frozenset[str]:
        """Return the owners of the keys that updates are still sealed with."""
        ...
