"""Reports."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.areas import AreaId
from bot.domain.messages import MediaId, MessageRef
from bot.domain.people import PersonId
from bot.domain.reports import Byline, Report, ReportId
from bot.domain.retention import Lifetimes


class Reports(Protocol):
    """Stored reports."""

    async def free_id(self) -> ReportId:
        """Return a random id that no report has."""
        ...

    async def add(self, report: Report) -> None:
        """Store a new report."""
        ...

    async def save(self, report: Report) -> None:
        """Store what has changed in a report."""
        ...

    async def touch(self, report: ReportId, now: datetime) -> None:
        """Note that somebody did something with a report; it lives on from now."""
        ...

    async def get(self, report: ReportId) -> Report | None:
        """Return a report, None if there is none such."""
        ...

    async def by_origin(self, origin: MessageRef) -> Report | None:
        """Return the report that was made from a line in a room."""
        ...

    async def active(self, *, limit: int) -> Sequence[Report]:
        """Return what calls for attention, newest first."""
        ...

    async def active_in(self, areas: Collection[str], *, limit: int) -> Sequence[Report]:
        """Return what calls for attention in some areas, newest first."""
        ...

    async def of_author(self, person: PersonId) -> Sequence[Report]:
        """Return a person's reports, newest first."""
        ...

    async def root_of(self, report: Report) -> Report:
        """Return the report to which the links lead; itself if it is linked to none."""
        ...

    async def linked_to(self, report: ReportId) -> Sequence[Report]:
        """Return the reports that are linked to this very one, oldest first."""
        ...

    async def family(self, report: ReportId) -> Sequence[ReportId]:
        """Return all reports whose links lead to this one, over however many others."""
        ...

    async def due_to_expire(self, now: datetime) -> Sequence[ReportId]:
        """Return active reports that nobody has touched for their lifetime."""
        ...

    async def provisional_since(self, before: datetime) -> Sequence[ReportId]:
        """Return reports that went out before consent and have waited for it since."""
        ...

    async def settle_provisional(self, person: PersonId) -> int:
        """Make a person's provisional reports lasting; return how many."""
        ...

    async def past_lifetime(self, kept: Lifetimes, now: datetime) -> Sequence[ReportId]:
        """Return reports that were kept as long as their class allows."""
        ...

    async def erase(self, report: ReportId) -> Sequence[MediaId]:
        """Delete a report with its marks and updates; return the files it held."""
        ...

    async def empty(self, report: ReportId) -> None:
        """Delete what people have added to a report, and let go of its files."""
        ...


class ReportBylines(Protocol):
    """Under what names people are shown on their reports and updates, once these stand."""

    async def hide_name(self, person: PersonId) -> Sequence[ReportId]:
        """Take a person's name off reports and updates; return the reports that bore it."""
        ...

    async def unbadge(
        self, person: PersonId, organisation: str, *, keeps: Callable[[Byline, AreaId], bool]
    ) -> Sequence[ReportId]:
        """Let a person's badge of an organisation be a former one; return where it stood.

        Args:
            person: Whose words it stands under.
            organisation: Whose badge.
            keeps: Whether a badge in an area is still true, and stays.
        """
        ...
