"""What stands inside the sealed fields of reports and of their updates."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from bot.domain.areas import AreaId
from bot.domain.groups import GroupId, Reach
from bot.domain.kinds import Kind
from bot.domain.media_json import media_from_json, media_to_json
from bot.domain.people import PersonId
from bot.domain.positions import read_cell
from bot.domain.refs_json import ref_from_json, ref_to_json
from bot.domain.reports import Link, Priority, Report, ReportId, State, Update
from bot.domain.richtext_json import Json
from bot.storage.sealing import (
    byline_from_json,
    byline_to_json,
    text_from_json,
    text_to_json,
)
from bot.storage.vault import Vault, person_key

_REPORT, _UPDATE = "reports.content", "report_updates.content"


async def report_to_columns(report: Report, vault: Vault) -> Mapping[str, object]:
    """Write a report, but for its id and author, which never change."""
    origin = report.origin
    return {
        "area": report.area,
        "group_slug": report.group,
        "reach": report.reach.value,
        "kind": report.kind.value if report.kind else None,
        "priority": int(report.priority),
        "state": report.state.value,
        "content": await vault.seal(
            person_key(report.author), _report_to_json(report), field=_REPORT
        ),
        "origin_place": vault.hash_of(origin.room) if origin else None,
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


async def report_from_row(row: Row[Any], vault: Vault) -> Report:
    """Read a report; nobody's words if its author's key was destroyed."""
    content = await vault.unseal(person_key(row.author_id), row.content, field=_REPORT)
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


async def update_to_sealed(added: Update, person: PersonId, vault: Vault) -> bytes:
    """Write what somebody has told by replying."""
    content: Json = {
        "text": text_to_json(added.text),
        "byline": byline_to_json(added.byline),
        "code": added.code,
    }
    return await vault.seal(person_key(person), content, field=_UPDATE)


async def update_from_row(row: Row[Any], vault: Vault) -> Update | None:
    """Read an update; None if its author's key was destroyed."""
    content = await vault.unseal(person_key(row.person_id), row.content, field=_UPDATE)
    if not isinstance(content, dict):
        return None
    code = content.get("code")
    return Update(
        byline=byline_from_json(content.get("byline")),
        text=text_from_json(content.get("text")),
        at=row.at,
        code=code if isinstance(code, str) else None,
    )


def _report_to_json(report: Report) -> Json:
    return {
        "text": text_to_json(report.text),
        "byline": byline_to_json(report.byline),
        "media": media_to_json(report.media),
        "origin": ref_to_json(report.origin),
        "cell": report.cell,
        "code": report.code,
    }


def _link(row: Row[Any]) -> Link | None:
    if row.duplicate_of is None:
        return None
    return Link(to=ReportId(row.duplicate_of), was=State(row.state_before))
