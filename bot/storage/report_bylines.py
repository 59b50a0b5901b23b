"""Under what names people are shown on their reports and updates, once these stand."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import bindparam, select, update

from bot.domain.areas import AreaId
from bot.domain.people import PersonId
from bot.domain.reports import Byline, ReportId
from bot.storage.reports import ReportRows
from bot.storage.reports_content import update_from_row, update_to_sealed
from bot.storage.reports_tables import REPORTS, UPDATES
from bot.storage.session import Session

_Changed = Callable[[Byline, AreaId], Byline]

_UPDATES_WITH_AREAS = (
    select(UPDATES, REPORTS.c.area)
    .join(REPORTS, REPORTS.c.id == UPDATES.c.report_id)
    .where(UPDATES.c.person_id == bindparam("person"))
)


class ReportBylineRows:
    """Bylines inside the sealed fields of reports and updates."""

    def __init__(self, session: Session, reports: ReportRows) -> None:
        self._session = session
        self._reports = reports

    async def hide_name(self, person: PersonId) -> Sequence[ReportId]:
        """Take a person's name off reports and updates; return the reports that bore it."""
        return await self._change(person, lambda byline, _area: replace(byline, name=None))

    async def unbadge(
        self, person: PersonId, organisation: str, *, keeps: Callable[[Byline, AreaId], bool]
    ) -> Sequence[ReportId]:
        """Let a person's badge of an organisation be a former one; return where it stood."""

        def changed(byline: Byline, area: AreaId) -> Byline:
            return byline if keeps(byline, area) else byline.after_revocation(organisation)

        return await self._change(person, changed)

    async def _change(self, person: PersonId, changed: _Changed) -> Sequence[ReportId]:
        """Change a person's bylines; return the reports where that made a difference."""
        touched = {
            *await self._change_on_reports(person, changed),
            *await self._change_on_updates(person, changed),
        }
        return sorted(touched)

    async def _change_on_reports(self, person: PersonId, changed: _Changed) -> Sequence[ReportId]:
        touched = []
        for report in await self._reports.of_author(person):
            after = changed(report.byline, report.area)
            if after != report.byline:
                await self._reports.save(replace(report, byline=after))
                touched.append(report.id)
        return touched

    async def _change_on_updates(self, person: PersonId, changed: _Changed) -> Sequence[ReportId]:
        vault, touched = self._session.vault, []
        for row in await self._session.all(_UPDATES_WITH_AREAS, person=person):
            told = await update_from_row(row, vault)
            after = changed(told.byline, AreaId(row.area)) if told else None
            if told is None or after is None or after == told.byline:
                continue
            sealed = await update_to_sealed(replace(told, byline=after), person, vault)
            mine = UPDATES.c.id == row.id
            await self._session.run(update(UPDATES).where(mine).values(content=sealed))
            touched.append(ReportId(row.report_id))
        return touched
