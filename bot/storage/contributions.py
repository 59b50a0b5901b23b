"""What people add to reports in the database: marks and updates."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, literal, or_, select, union_all

from bot.domain.people import PersonId
from bot.domain.reports import Contribution, Mark, ReportId, Tally, Update
from bot.storage.dialect import insert_into
from bot.storage.report_families import FAMILY, LINKED
from bot.storage.reports_content import update_from_row, update_to_sealed
from bot.storage.reports_tables import MARKS, REPORTS, UPDATES
from bot.storage.session import Session

_VOICES = union_all(
    select(MARKS.c.mark, MARKS.c.person_id, MARKS.c.at).where(
        MARKS.c.report_id.in_(select(FAMILY.c.id))
    ),
    select(literal(Mark.HERE.value), REPORTS.c.author_id, REPORTS.c.created_at).where(
        REPORTS.c.id.in_(LINKED)
    ),
).subquery()
_AUTHOR = select(REPORTS.c.author_id).where(REPORTS.c.id == bindparam("report"))
_TALLY = (
    select(
        _VOICES.c.mark,
        func.count(_VOICES.c.person_id.distinct()).label("people"),
        func.min(_VOICES.c.at).label("first"),
    )
    .where(
        or_(_VOICES.c.mark != Mark.HERE.value, _VOICES.c.person_id != _AUTHOR.scalar_subquery())
    )
    .group_by(_VOICES.c.mark)
)
_LAST_UPDATES = (
    select(UPDATES)
    .where(UPDATES.c.report_id == bindparam("report"))
    .order_by(UPDATES.c.id.desc())
    .limit(bindparam("last"))
)


class ContributionRows:
    """Marks and updates."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def mark(self, report: ReportId, person: PersonId, mark: Mark, now: datetime) -> bool:
        """Set a mark; False if this person had set it."""
        added = await self._session.run(
            insert_into(MARKS, self._session.dialect)
            .values(report_id=report, mark=mark.value, person_id=person, at=now)
            .on_conflict_do_nothing()
        )
        return added > 0

    async def unmark(self, report: ReportId, person: PersonId, mark: Mark) -> bool:
        """Take a mark back; False if it was not set."""
        gone = await self._session.run(
            delete(MARKS).where(
                MARKS.c.report_id == report,
                MARKS.c.mark == mark.value,
                MARKS.c.person_id == person,
            )
        )
        return gone > 0

    async def tally(self, report: ReportId) -> Tally:
        """Count the people who set each mark, here or on reports that are linked to this one."""
        rows = await self._session.all(_TALLY, report=report)
        called = next((row.first for row in rows if row.mark == Mark.CALLED.value), None)
        return Tally(counts={Mark(row.mark): row.people for row in rows}, called_at=called)

    async def add(self, report: ReportId, person: PersonId, added: Update) -> None:
        """Add what somebody has told by replying."""
        sealed = await update_to_sealed(added, person, self._session.vault)
        row = {"report_id": report, "person_id": person, "content": sealed, "at": added.at}
        await self._session.run(insert(UPDATES), [row])

    async def updates(self, report: ReportId, *, last: int) -> Sequence[Update]:
        """Return the latest updates, oldest first."""
        rows = await self._session.all(_LAST_UPDATES, report=report, last=last)
        found = [await update_from_row(row, self._session.vault) for row in reversed(rows)]
        return [entry for entry in found if entry is not None]

    async def of(self, person: PersonId) -> Sequence[Contribution]:
        """Return a person's marks and updates."""
        marks = await self._session.all(select(MARKS).where(MARKS.c.person_id == person))
        updates = await self._session.all(select(UPDATES).where(UPDATES.c.person_id == person))
        found = [
            Contribution(report=ReportId(row.report_id), what=row.mark, text="", at=row.at)
            for row in marks
        ]
        for row in updates:
            told = await update_from_row(row, self._session.vault)
            text = told.text.plain if told else ""
            found.append(
                Contribution(report=ReportId(row.report_id), what="update", text=text, at=row.at)
            )
        return sorted(found, key=lambda contribution: contribution.at)

    async def erase_of(self, person: PersonId) -> Sequence[ReportId]:
        """Delete a person's marks and updates; return the reports that had any."""
        touched = await self._session.all(
            select(MARKS.c.report_id)
            .where(MARKS.c.person_id == person)
            .union(select(UPDATES.c.report_id).where(UPDATES.c.person_id == person))
        )
        await self._session.run(delete(MARKS).where(MARKS.c.person_id == person))
        await self._session.run(delete(UPDATES).where(UPDATES.c.person_id == person))
        return [ReportId(row.report_id) for row in touched]
