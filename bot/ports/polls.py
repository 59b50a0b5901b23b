"""Polls and the votes in them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.messages import MessageRef
from bot.domain.people import PersonId
from bot.domain.polls import Poll, PollId


class Polls(Protocol):
    """Stored polls."""

    async def add(self, poll: Poll) -> None:
        """Store a new poll."""
        ...

    async def save(self, poll: Poll) -> None:
        """Store what a poll asks by now, and whether it was changed."""
        ...

    async def close(self, poll: PollId, now: datetime) -> bool:
        """Let no more votes count; False if it was closed."""
        ...

    async def get(self, poll: PollId) -> Poll | None:
        """Return a poll, None if there is none such."""
        ...

    async def by_origin(self, origin: MessageRef) -> Poll | None:
        """Return the poll that was made of a platform's own."""
        ...

    async def vote(self, poll: PollId, person: PersonId, choice: int, now: datetime) -> bool:
        """Choose, instead of an earlier choice; False if it is the same."""
        ...

    async def take_back(self, poll: PollId, person: PersonId) -> bool:
        """Take a person's vote back; False if there was none."""
        ...

    async def votes(self, poll: PollId) -> Mapping[PersonId, int]:
        """Return what everybody has chosen."""
        ...

    async def of_author(self, person: PersonId) -> Sequence[Poll]:
        """Return what a person has asked, oldest first."""
        ...

    async def votes_of(self, person: PersonId) -> Mapping[PollId, int]:
        """Return what a person has chosen."""
        ...

    async def due(self, now: datetime) -> Sequence[PollId]:
        """Return the open polls whose time is up."""
        ...

    async def wipe_old(self, before: datetime) -> int:
        """Forget words and votes of polls closed before a time, but not where they stand."""
        ...

    async def of_ended_groups(self) -> Sequence[PollId]:
        """Return the polls of groups that are no more."""
        ...

    async def erase(self, poll: PollId) -> None:
        """Delete a poll with its votes."""
        ...
