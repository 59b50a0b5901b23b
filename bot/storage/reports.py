"""Reports with their marks and updates."""

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Row,
    String,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    union_all,
    update,
)

from bot.domain.areas import AreaId
from bot.domain.groups import GroupId, Reach
from bot.domain.kinds import Kind
from bot.domain.media_json import media_from_json, media_to_json
from bot.domain.messages import MediaId, MessageRef
from bot.domain.people import PersonId
from bot.domain.positions import read_cell
from bot.domain.refs_json import ref_from_json, ref_to_json
from bot.domain.reports import (
    ACTIVE,
    ID_ALPHABET,
    ID_CHARS,
    LIFETIMES,
    Byline,
    Contribution,
    Link,
    Mark,
    Priority,
    Report,
    ReportId,
    State,
    Tally,
    Update,
    read_report_id,
)
from bot.domain.retention import Lifetimes
from bot.domain.richtext_json import Json
from bot.storage.dialect import insert_into
from bot.storage.files import hold, let_go
from bot.storage.reports_tables import MARKS, REPORTS, UPDATES
from bot.storage.sealing import (
    byline_from_json,
    byline_to_json,
    text_from_json,
    text_to_json,
)
from bot.storage.session import Session
from bot.storage.vault import person_key

_ADD = insert(REPORTS)
_BY_ID = select(REPORTS).where(REPORTS.c.id == bindparam("report"))
_BY_ORIGIN = select(REPORTS).where(
    REPORTS.c.origin_place == bindparam("place"), REPORTS.c.origin_message == bindparam("message")
)
_ROOT = select(bindparam("report", type_=String).label("id")).cte(recursive=True)
# UNION, not UNION ALL: it ends even if links ever went in a ring.
_FAMILY = _ROOT.union(select(REPORTS.c.id).where(REPORTS.c.duplicate_of == _ROOT.c.id))
_LINKED = select(_FAMILY.c.id).where(_FAMILY.c.id != bindparam("report"))
_VOICES = union_all(
    select(MARKS.c.mark, MARKS.c.person_id, MARKS.c.at).where(
        MARKS.c.report_id.in_(select(_FAMILY.c.id))
    ),
    select(literal(Mark.HERE.value), REPORTS.c.author_id, REPORTS.c.created_at).where(
        REPORTS.c.id.in_(_LINKED)
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
_LINKED_TO = (
    select(REPORTS)
    .where(REPORTS.c.duplicate_of == bindparam("report"))
    .order_by(REPORTS.c.created_at, REPORTS.c.id)
)
_LAST_UPDATES = (
    select(UPDATES)
    .where(UPDATES.c.report_id == bindparam("report"))
    .order_by(UPDATES.c.id.desc())
    .limit(bindparam("last"))
)
_FIELD = "reports.content"
_UPDATE_FIELD = "report_updates.content"
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
        row = {"id": report.id, "author_id": report.author, **await self._columns(report)}
        await self._session.run(_ADD, [row])
        await hold(self._session, f"report:{report.id}", report.media)

    async def save(self, report: Report) -> None:
        """Store what has changed in a report."""
        await self._session.run(
            update(REPORTS).where(REPORTS.c.id == report.id).values(await self._columns(report))
        )

    async def touch(self, report: ReportId, now: datetime) -> None:
        """Note that somebody did something with a report; it lives on from now."""
        await self._session.run(
            update(REPORTS).where(REPORTS.c.id == report).values(touched_at=now)
        )

    async def get(self, report: ReportId) -> Report | None:
        """Return a report, None if there is none such."""
        row = await self._session.first(_BY_ID, report=report)
        return await self._report(row) if row else None

    async def by_origin(self, origin: MessageRef) -> Report | None:
        """Return the report that was made from a line in a room."""
        row = await self._session.first(
            _BY_ORIGIN,
            place=self._session.vault.hash_of(origin.room),
            message=origin.message_id,
        )
        return await self._report(row) if row else None

    async def active(self, *, limit: int) -> Sequence[Report]:
        """Return what calls for attention, newest first."""
        rows = await self._session.all(
            select(REPORTS)
            .where(REPORTS.c.state.in_([state.value for state in ACTIVE]))
            .order_by(REPORTS.c.created_at.desc())
            .limit(limit)
        )
        return [await self._report(row) for row in rows]

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
        return [await self._report(row) for row in rows]

    async def of_author(self, person: PersonId) -> Sequence[Report]:
        """Return a person's reports, newest first."""
        rows = await self._session.all(
            select(REPORTS)
            .where(REPORTS.c.author_id == person)
            .order_by(REPORTS.c.created_at.desc())
        )
        return [await self._report(row) for row in rows]

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
        return [await self._report(row) for row in rows]

    async def family(self, report: ReportId) -> Sequence[ReportId]:
        """Return all reports whose links lead to this one, over however many others."""
        rows = await self._session.all(_LINKED, report=report)
        return sorted(ReportId(row.id) for row in rows)

    async def add_update(self, report: ReportId, person: PersonId, added: Update) -> None:
        """Add what somebody has told by replying."""
        sealed = await self._sealed_update(person, added)
        row = {"report_id": report, "person_id": person, "content": sealed, "at": added.at}
        await self._session.run(insert(UPDATES), [row])

    async def updates(self, report: ReportId, *, last: int) -> Sequence[Update]:
        """Return the latest updates, oldest first."""
        rows = await self._session.all(_LAST_UPDATES, report=report, last=last)
        found = [await self._update(row) for row in reversed(rows)]
        return [entry for entry in found if entry is not None]

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

    async def contributions_of(self, person: PersonId) -> Sequence[Contribution]:
        """Return a person's marks and updates."""
        marks = await self._session.all(select(MARKS).where(MARKS.c.person_id == person))
        updates = await self._session.all(select(UPDATES).where(UPDATES.c.person_id == person))
        found = [
            Contribution(report=ReportId(row.report_id), what=row.mark, text="", at=row.at)
            for row in marks
        ]
        for row in updates:
            told = await self._update(row)
            text = told.text.plain if told else ""
            found.append(
                Contribution(report=ReportId(row.report_id), what="update", text=text, at=row.at)
            )
        return sorted(found, key=lambda contribution: contribution.at)

    async def hide_name(self, person: PersonId) -> Sequence[ReportId]:
        """Take a person's name off reports and updates; return the reports that bore it."""
        named = [report for report in await self.of_author(person) if report.byline.name]
        for report in named:
            await self.save(replace(report, byline=replace(report.byline, name=None)))
        rows = await self._session.all(select(UPDATES).where(UPDATES.c.person_id == person))
        for row in rows:
            if (told := await self._update(row)) is not None:
                nameless = replace(told, byline=replace(told.byline, name=None))
                await self._session.run(
                    update(UPDATES)
                    .where(UPDATES.c.id == row.id)
                    .values(content=await self._sealed_update(person, nameless))
                )
        return [*{report.id for report in named} | {ReportId(row.report_id) for row in rows}]

    async def unbadge(
        self, person: PersonId, organisation: str, *, keeps: Callable[[Byline, AreaId], bool]
    ) -> Sequence[ReportId]:
        """Let a person's badge of an organisation be a former one; return where it stood."""

        def loses(byline: Byline, area: AreaId) -> bool:
            is_its = byline.organisation == organisation and not byline.is_former
            return is_its and not keeps(byline, area)

        bearing = [r for r in await self.of_author(person) if loses(r.byline, r.area)]
        for report in bearing:
            former = report.byline.after_revocation(organisation)
            await self.save(replace(report, byline=former))
        touched = {report.id for report in bearing}
        rows = await self._session.all(
            select(UPDATES, REPORTS.c.area)
            .join(REPORTS, REPORTS.c.id == UPDATES.c.report_id)
            .where(UPDATES.c.person_id == person)
        )
        for row in rows:
            told = await self._update(row)
            if told is not None and loses(told.byline, AreaId(row.area)):
                former = told.byline.after_revocation(organisation)
                sealed = await self._sealed_update(person, replace(told, byline=former))
                mine = UPDATES.c.id == row.id
                await self._session.run(update(UPDATES).where(mine).values(content=sealed))
                touched.add(ReportId(row.report_id))
        return sorted(touched)

    async def erase_contributions(self, person: PersonId) -> Sequence[ReportId]:
        """Delete a person's marks and updates; return the reports that had any."""
        touched = await self._session.all(
            select(MARKS.c.report_id)
            .where(MARKS.c.person_id == person)
            .union(select(UPDATES.c.report_id).where(UPDATES.c.person_id == person))
        )
        await self._session.run(delete(MARKS).where(MARKS.c.person_id == person))
        await self._session.run(delete(UPDATES).where(UPDATES.c.person_id == person))
        return [ReportId(row.report_id) for row in touched]

    async def _columns(self, report: Report) -> Mapping[str, object]:
        content = {
            "text": text_to_json(report.text),
            "byline": byline_to_json(report.byline),
            "media": media_to_json(report.media),
            "origin": ref_to_json(report.origin),
            "cell": report.cell,
            "code": report.code,
        }
        origin = report.origin
        return {
            "area": report.area,
            "group_slug": report.group,
            "reach": report.reach.value,
            "kind": report.kind.value if report.kind else None,
            "priority": int(report.priority),
            "state": report.state.value,
            "content": await self._session.vault.seal(
                person_key(report.author), content, field=_FIELD
            ),
            "origin_place": self._session.vault.hash_of(origin.room) if origin else None,
            "origin_message": origin.message_id if origin else None,
            "created_at": report.created_at,
            "touched_at": report.touched_at,
            "ended_at": report.ended_at,
            "is_provisional": report.is_provisional,
            "duplicate_of": report.link.to if report.link else None,
            "state_before": report.link.was.value if report.link else None,
            "confirmed_by_links": report.confirmed_by_links,
            "ends_at": report.ends_at,
        }

    async def _report(self, row: Row[Any]) -> Report:
        owner = person_key(row.author_id)
        content = await self._session.vault.unseal(owner, row.content, field=_FIELD)
        fields = content if isinstance(content, dict) else {}
        cell, code = fields.get("cell"), fields.get("code")
        return Report(
            id=ReportId(row.id),
            area=AreaId(row.area),
            cell=read_cell(cell) if isinstance(cell, str) else None,
            group=GroupId(row.group_slug) if row.group_slug else None,
            reach=Reach(row.reach),
            kind=Kind(row.kind) if row.kind else None,
            priority=Priority(row.priority),
            text=text_from_json(fields.get("text")),
            media=media_from_json(fields.get("media")),
            author=PersonId(row.author_id),
            byline=byline_from_json(fields.get("byline")),
            origin=ref_from_json(fields.get("origin")),
            state=State(row.state),
            created_at=row.created_at,
            touched_at=row.touched_at,
            ended_at=row.ended_at,
            is_provisional=row.is_provisional,
            link=_link(row),
            confirmed_by_links=row.confirmed_by_links,
            code=code if isinstance(code, str) else None,
            ends_at=row.ends_at,
        )

    async def _sealed_update(self, person: PersonId, added: Update) -> bytes:
        content: Json = {
            "text": text_to_json(added.text),
            "byline": byline_to_json(added.byline),
            "code": added.code,
        }
        return await self._session.vault.seal(person_key(person), content, field=_UPDATE_FIELD)

    async def _update(self, row: Row[Any]) -> Update | None:
        owner = person_key(row.person_id)
        content = await self._session.vault.unseal(owner, row.content, field=_UPDATE_FIELD)
        if not isinstance(content, dict):
            return None
        code = content.get("code")
        return Update(
            byline=byline_from_json(content.get("byline")),
            text=text_from_json(content.get("text")),
            at=row.at,
            code=code if isinstance(code, str) else None,
        )


def _link(row: Row[Any]) -> Link | None:
    if row.duplicate_of is None:
        return None
    return Link(to=ReportId(row.duplicate_of), was=State(row.state_before))
