"""What people add to reports: marks and updates."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.people import PersonId
from bot.domain.reports import Contribution, Mark, ReportId, Tally, Update


class Contributions(Protocol):
    """Stored marks and updates."""

    async def mark(self, report: ReportId, person: PersonId, mark: Mark, now: datetime) -> bool:
        """Set a mark; False if this person had set it."""
        ...

    async def unmark(self, report: ReportId, person: PersonId, mark: Mark) -> bool:
        """Take a mark back; False if it was not set."""
        ...

    async def tally(self, report: ReportId) -> Tally:
        """Count the people who set each mark, here or on reports that are linked to this one.

        The authors of those see it, too; whoever wrote this one is no witness of it.
        """
        ...

    async def add(self, report: ReportId, person: PersonId, update: Update) -> None:
        """Add what somebody has told by replying."""
        ...

    async def updates(self, report: ReportId, *, last: int) -> Sequence[Update]:
        """Return the latest updates, oldest first."""
        ...

    async def of(self, person: PersonId) -> Sequence[Contribution]:
        """Return a person's marks and updates."""
        ...

    async def erase_of(self, person: PersonId) -> Sequence[ReportId]:
        """Delete a person's marks and updates; return the reports that had any."""
        ...
