"""Notices, how far they have come, and what must happen once."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.copies import Subject
from bot.domain.groups import GroupId
from bot.domain.messages import MediaId
from bot.domain.notice_reach import NoticeReach
from bot.domain.notices import Notice, NoticeId
from bot.domain.people import PersonId
from bot.domain.routing import Spread


class Notices(Protocol):
    """Stored notices."""

    async def free_id(self, now: datetime) -> NoticeId:
        """Return an id that no notice has or has had."""
        ...

    async def put(self, notice: Notice, now: datetime) -> bool | None:
        """Store a notice: True if new, False if it has changed, None if it is the same."""
        ...

    async def get(self, notice: str) -> Notice | None:
        """Return a notice, None if there is none such."""
        ...

    async def of_author(self, person: PersonId) -> Sequence[Notice]:
        """Return what a person has written, newest first."""
        ...

    async def recent(
        self, person: PersonId, organisations: Collection[str], *, limit: int
    ) -> Sequence[Notice]:
        """Return what a person, or one of these organisations, has written here, newest first."""
        ...

    async def due(self, now: datetime) -> Sequence[NoticeId]:
        """Return the notices whose time to go out has come."""
        ...

    async def run_out(self, now: datetime) -> Sequence[NoticeId]:
        """Return the notices that are out and hold no longer."""
        ...

    async def to_count(self, now: datetime) -> Sequence[NoticeId]:
        """Return the notices of which it is time to say how far they have come."""
        ...

    async def count_at(self, notice: NoticeId, when: datetime | None) -> None:
        """Note when to say next how far a notice has come; None for never."""
        ...

    async def plan(self, notice: NoticeId, *, rooms: int, people: int) -> None:
        """Note to how many a notice goes."""
        ...

    async def past_lifetime(self, before: datetime) -> Sequence[NoticeId]:
        """Return the notices that went out, or were stored, before a time."""
        ...

    async def unlink(self, person: PersonId) -> None:
        """Keep what a person has written for others to read, but no longer who wrote it."""
        ...

    async def erase(self, notice: str) -> Sequence[MediaId]:
        """Delete a notice; return the files it held."""
        ...


class NoticeReaches(Protocol):
    """Where notices stand."""

    async def of(self, notice: NoticeId) -> NoticeReach:
        """Count how far a notice has come."""
        ...

    async def followers(
        self, spreads: Sequence[Spread], *, seen_in: Collection[GroupId] = ()
    ) -> int:
        """Count those whom any of these concerns, each once, but for those who see it in a room.

        Args:
            spreads: All of one priority.
            seen_in: Groups in whose rooms it stands.
        """
        ...

    async def drop_unsent(self, subject: Subject) -> None:
        """Let those never hear of something who have not got it yet."""
        ...

    async def is_unsent(self, subject: Subject) -> bool:
        """Whether somebody whom something concerns has not got it yet, and will."""
        ...

    async def is_on_its_way(self, subject: Subject) -> bool:
        """Whether a copy of something is still to be shown as it is now."""
        ...

    async def moved_away(self, subject: Subject) -> Sequence[PersonId]:
        """Return who got something in an account that can't be written to, and has another."""
        ...


class Occurrences(Protocol):
    """What happens once, however many workers and starts find it due."""

    async def take(self, what: str, due_at: datetime, now: datetime) -> bool:
        """Note that what was due happens with this transaction; False if it has happened."""
        ...

    async def forget_old(self, before: datetime) -> int:
        """Forget what has happened before a time."""
        ...
