"""Reports, how they are found and how they end."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Row,
    and_,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from bot.domain.messages import MediaId, MessageRef
from bot.domain.people import PersonId
from bot.domain.reports import (
    ACTIVE,
    ID_ALPHABET,
    ID_CHARS,
    LIFETIMES,
    Priority,
    Report,
    ReportId,
    read_report_id,
)
from bot.domain.retention import Lifetimes
from bot.storage.files import hold, let_go
from bot.storage.report_families import LINKED
from bot.storage.reports_content import report_from_row, report_to_columns
from bot.storage.reports_tables import REPORTS, UPDATES
from bot.storage.session import Session

_ADD = insert(REPORTS)
_BY_ID = select(REPORTS).where(REPORTS.c.id == bindparam("report"))
_BY_ORIGIN = select(REPORTS).where(
    REPORTS.c.origin_place == bindparam("place"), REPORTS.c.origin_message == bindparam("message")
)
_LINKED_TO = (
    select(REPORTS)
    .where(REPORTS.c.duplicate_of == bindparam("report"))
    .order_by(REPORTS.c.created_at, REPORTS.c.id)
)
_TRIES_A_LENGTH = 16


class ReportRows:
    """Reports in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def free_id(self) -> ReportId:
        """Return a random id that no report has; longer ones as the short ones fill up."""
        for length in ID_CHARS:
            for _ in range(_TRIES_A_LENGTH):
                found = read_report_id("".join(secrets.choice(ID_ALPHABET) for _ in range(length)))
                if found is not None and await self.get(found) is None:
                    return found
        raise LookupError("no free report id")

    async def add(self, report: Report) -> None:
        """Store a new report."""
        columns = await report_to_columns(report, self._session.vault)
        await self._session.run(_ADD, [{"id": report.id, "author_id": report.author, **columns}])
        await hold(self._session, f"report:{report.id}", report.media)

    async def save(self, report: Report) -> None:
        """Store what has changed in a report."""
        columns = await report_to_columns(report, self._session.vault)
        await self._session.run(update(REPORTS).where(REPORTS.c.id == report.id).values(columns))

    async def touch(self, report: ReportId, now: datetime) -> None:
        """Note that somebody did something with a report; it lives on from now."""
        await self._session.run(
            update(REPORTS).where(REPORTS.c.id == report).values(touched_at=now)
        )

    async def get(self, report: ReportId) -> Report | None:
        """Return a report, None if there is none such."""
        row = await self._session.first(_BY_ID, report=report)
        return await self._read(row) if row else None

    async def by_origin(self, origin: MessageRef) -> Report | None:
        """Return the report that was made from a line in a room."""
        row = await self._session.first(
            _BY_ORIGIN,
            place=self._session.vault.hash_of(origin.room),
            message=origin.message_id,
        )
        return await self._read(row) if row else None

    async def active(self, *, limit: int) -> Sequence[Report]:
        """Return what calls for attention, newest first."""
        rows = await self._session.all(
            select(REPORTS)
            .where(REPORTS.c.state.in_([state.value for state in ACTIVE]))
            .order_by(REPORTS.c.created_at.desc())
            .limit(limit)
        )
        return [await self._read(row) for row in rows]

    async def active_in(self, areas: Collection[str], *, limit: int) -> Sequence[Report]:
        """Return what calls for attention in some areas, newest first."""
        rows = await self._session.all(
            select(REPORTS)
            .where(
                REPORTS.c.state.in_([state.value for state in ACTIVE]), REPORTS.c.area.in_(areas)
            )
            .order_by(REPORTS.c.created_at.desc())
            .limit(limit)
        )
        return [await self._read(row) for row in rows]

    async def of_author(self, person: PersonId) -> Sequence[Report]:
        """Return a person's reports, newest first."""
        rows = await self._session.all(
            select(REPORTS)
            .where(REPORTS.c.author_id == person)
            .order_by(REPORTS.c.created_at.desc())
        )
        return [await self._read(row) for row in rows]

    async def root_of(self, report: Report) -> Report:
        """Return the report to which the links lead; itself if it is linked to none."""
        root, passed = report, {report.id}
        while root.link is not None and root.link.to not in passed:
            passed.add(root.link.to)
            found = await self.get(root.link.to)
            if found is None:
                break
            root = found
        return root

    async def linked_to(self, report: ReportId) -> Sequence[Report]:
        """Return the reports that are linked to this very one, oldest first."""
        rows = await self._session.all(_LINKED_TO, report=report)
        return [await self._read(row) for row in rows]

    async def family(self, report: ReportId) -> Sequence[ReportId]:
        """Return all reports whose links lead to this one, over however many others."""
        rows = await self._session.all(LINKED, report=report)
        return sorted(ReportId(row.id) for row in rows)

    async def due_to_expire(self, now: datetime) -> Sequence[ReportId]:
        """Return active reports that nobody has touched for their lifetime."""
        due = [
            and_(
                REPORTS.c.priority == int(priority),
                REPORTS.c.touched_at <= now - lifetime,
                REPORTS.c.ends_at.is_(None),
            )
            for priority, lifetime in LIFETIMES.items()
        ]
        due.append(REPORTS.c.ends_at <= now)
        rows = await self._session.all(
            select(REPORTS.c.id).where(
                REPORTS.c.state.in_([state.value for state in ACTIVE]), or_(*due)
            )
        )
        return [ReportId(row.id) for row in rows]

    async def provisional_since(self, before: datetime) -> Sequence[ReportId]:
        """Return reports that went out before consent and have waited for it since."""
        rows = await self._session.all(
            select(REPORTS.c.id).where(
                REPORTS.c.is_provisional.is_(True), REPORTS.c.created_at <= before
            )
        )
        return [ReportId(row.id) for row in rows]

    async def settle_provisional(self, person: PersonId) -> int:
        """Make a person's provisional reports lasting; return how many."""
        return await self._session.run(
            update(REPORTS)
            .where(REPORTS.c.author_id == person, REPORTS.c.is_provisional.is_(True))
            .values(is_provisional=False)
        )

    async def past_lifetime(self, kept: Lifetimes, now: datetime) -> Sequence[ReportId]:
        """Return reports that were kept as long as their class allows."""
        past = [
            and_(
                REPORTS.c.priority == int(priority),
                REPORTS.c.touched_at <= now - kept.of_report(priority),
            )
            for priority in Priority
        ]
        rows = await self._session.all(select(REPORTS.c.id).where(or_(*past)))
        return [ReportId(row.id) for row in rows]

    async def erase(self, report: ReportId) -> Sequence[MediaId]:
        """Delete a report with its marks and updates; return the files it held."""
        found = await self.get(report)
        await self._session.run(delete(REPORTS).where(REPORTS.c.id == report))
        await let_go(self._session, f"report:{report}")
        return [media.id for media in found.media] if found else []

    async def empty(self, report: ReportId) -> None:
        """Delete what people have added to a report, and let go of its files."""
        await self._session.run(delete(UPDATES).where(UPDATES.c.report_id == report))
        await let_go(self._session, f"report:{report}")

    async def _read(self, row: Row[Any]) -> Report:
        return await report_from_row(row, self._session.vault)
