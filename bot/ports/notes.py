"""What the bot says in its own words."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.copies import Place
from bot.domain.effects import Urgency
from bot.domain.messages import MediaId, MessageRef
from bot.domain.notes import Note, NoteId
from bot.domain.people import PersonId
from bot.domain.reports import ReportId


class Notes(Protocol):
    """What the bot has said in its own words."""

    async def keep(self, note: Note) -> None:
        """Store a note without showing it yet; `Copies` can then spread it."""
        ...

    async def say(
        self,
        note: Note,
        to: Place,
        *,
        urgency: Urgency = Urgency.ANSWER,
        answers: MessageRef | None = None,
        after: timedelta = timedelta(0),
    ) -> None:
        """Store a note and show it."""
        ...

    async def change(self, note: Note) -> None:
        """Store another content of a note and show it in the same message."""
        ...

    async def get(self, note: NoteId) -> Note | None:
        """Return a note, None if there is none such."""
        ...

    async def latest(self, person: PersonId, feature: str, now: datetime) -> Note | None:
        """Return a feature's latest note to a person whose buttons still work."""
        ...

    async def awaiting(self, person: PersonId, now: datetime) -> Note | None:
        """Return the latest note that waits for a free answer from a person."""
        ...

    async def show_unshown(
        self, person: PersonId, now: datetime, *, but: Collection[str] = ()
    ) -> None:
        """Show what was said to a person while they could not be written to and still holds.

        Args:
            person: Who can be written to again.
            now: What has expired by now is let go.
            but: Features whose notes are left out.
        """
        ...

    async def unanswered(self, now: datetime, *, awaits: Collection[str]) -> Sequence[NoteId]:
        """Return the notes that have waited for one of these until they expired."""
        ...

    async def past_lifetime(self, before: datetime) -> Sequence[NoteId]:
        """Return the notes that expired before a time."""
        ...

    async def of_feature(self, feature: str) -> Sequence[NoteId]:
        """Return all that a feature has said and that is not forgotten."""
        ...

    async def of_person(self, person: PersonId) -> Sequence[NoteId]:
        """Return what was said to a person."""
        ...

    async def about(self, report: ReportId) -> Sequence[NoteId]:
        """Return what was said with a report's words."""
        ...

    async def erase(self, note: NoteId) -> Sequence[MediaId]:
        """Delete a note; return the files it held."""
        ...
