"""Under what names people are shown on their reports and updates, once these stand."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import select, update

from bot.domain.people import PersonId
from bot.domain.reports import Byline, ReportId
from bot.storage.reports import ReportRows
from bot.storage.reports_content import update_from_row, update_to_sealed
from bot.storage.reports_tables import UPDATES
from bot.storage.session import Session


class ReportBylineRows:
    """Bylines inside the sealed fields of reports and updates."""

    def __init__(self, session: Session, reports: ReportRows) -> None:
        self._session = session
        self._reports = reports

    async def hide_name(self, person: PersonId) -> Sequence[ReportId]:
        """Take a person's name off reports and updates; return the reports that bore it."""
        return await self._change(person, lambda byline: replace(byline, name=None))

    async def unbadge(self, person: PersonId, organisation: str) -> Sequence[ReportId]:
        """Let a person's badge of an organisation be a former one; return where it stood."""
        return await self._change(person, lambda byline: byline.after_revocation(organisation))

    async def _change(
        self, person: PersonId, changed: Callable[[Byline], Byline]
    ) -> Sequence[ReportId]:
        """Change a person's bylines; return the reports where that made a difference."""
        touched = {
            *await self._change_on_reports(person, changed),
            *await self._change_on_updates(person, changed),
        }
        return sorted(touched)

    async def _change_on_reports(
        self, person: PersonId, changed: Callable[[Byline], Byline]
    ) -> Sequence[ReportId]:
        bearing = [
            r for r in await self._reports.of_author(person) if changed(r.byline) != r.byline
        ]
        for report in bearing:
            await self._reports.save(replace(report, byline=changed(report.byline)))
        return [report.id for report in bearing]

    async def _change_on_updates(
        self, person: PersonId, changed: Callable[[Byline], Byline]
    ) -> Sequence[ReportId]:
        vault, touched = self._session.vault, []
        for row in await self._session.all(select(UPDATES).where(UPDATES.c.person_id == person)):
            told = await update_from_row(row, vault)
            if told is None or changed(told.byline) == told.byline:
                continue
            after = replace(told, byline=changed(told.byline))
            sealed = await update_to_sealed(after, person, vault)
            mine = UPDATES.c.id == row.id
            await self._session.run(update(UPDATES).where(mine).values(content=sealed))
            touched.append(ReportId(row.report_id))
        return touched
