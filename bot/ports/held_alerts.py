"""Alerts that come later, and the messages that tell of several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.alerting import Because, Wait
from bot.domain.copies import Received, Subject
from bot.domain.digests import Digest, DigestId
from bot.domain.people import PersonId
from bot.domain.reports import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAlert:
    """Something that somebody hears of later.

    Attributes:
        held_at: When it came.
        because: Why it waits; None as long as nobody has looked for how long.
        due_at: When to look at it again.
    """

    person: PersonId
    subject: Subject
    priority: Priority
    held_at: datetime
    because: Because | None
    due_at: datetime


class HeldAlerts(Protocol):
    """What waits for somebody, and what their digests hold; nobody has the same thing twice."""

    async def people_due(self, now: datetime, *, limit: int) -> Sequence[PersonId]:
        """Return people of whose alerts some are to be looked at, those who wait longest first."""
        ...

    async def of(self, person: PersonId) -> Sequence[HeldAlert]:
        """Return what waits for somebody, the oldest first."""
        ...

    async def of_all(self, people: Sequence[PersonId]) -> Mapping[PersonId, Sequence[HeldAlert]]:
        """Return what waits for those among some people for whom anything does."""
        ...

    async def wait(self, waits: Sequence[tuple[HeldAlert, Wait]]) -> None:
        """Note why alerts wait, and how long."""
        ...

    async def drop(self, alerts: Sequence[HeldAlert]) -> None:
        """Let go of alerts: they were given, or there is nothing to give any more."""
        ...

    async def tell(self, digests: Mapping[Digest, Sequence[HeldAlert]]) -> None:
        """Put alerts into new digests."""
        ...

    async def digest(self, digest: DigestId) -> Digest | None:
        """Return a digest, None if there is none such."""
        ...

    async def in_digest(self, digest: DigestId) -> Sequence[Subject]:
        """Return what a digest tells of, the oldest first."""
        ...

    async def digests_of(self, person: PersonId) -> Sequence[Digest]:
        """Return a person's digests."""
        ...

    async def empty_digests(self, *, limit: int) -> Sequence[DigestId]:
        """Return digests of which all that they told of is gone."""
        ...

    async def erase_digest(self, digest: DigestId) -> None:
        """Delete a digest and what it held."""
        ...

    async def given_since(self, person: PersonId, since: datetime) -> int:
        """Return how many came by themselves to somebody who has said how much may."""
        ...

    async def note_given(self, alerts: Sequence[HeldAlert], now: datetime) -> None:
        """Count what came by itself, for people who have said how much may in an hour."""
        ...

    async def given_to(self, person: PersonId) -> Sequence[Received]:
        """Return what of late came by itself, the oldest first."""
        ...

    async def forget_recent(self, before: datetime) -> int:
        """Forget what came by itself before a time; return how much that was."""
        ...

    async def erase(self, person: PersonId) -> int:
        """Forget all that waits for somebody and what their digests held; return how many wait."""
        ...
