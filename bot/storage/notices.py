"""Notices."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Integer, LargeBinary, Row, String, Table, delete, select

from bot.domain.areas import AreaId
from bot.domain.notices import Notice, NoticeId
from bot.domain.organisations import OrganisationId
from bot.domain.reports import Priority
from bot.domain.richtext_json import Json
from bot.storage.dialect import insert
from bot.storage.schema import METADATA, UtcTime
from bot.storage.session import Session
from bot.storage.vault import Owner

NOTICES = Table(
    "notices",
    METADATA,
    Column("id", String, primary_key=True),
    Column("organisation", String, nullable=False),
    Column("area", String, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("happened_at", UtcTime),
    Column("published_at", UtcTime, nullable=False),
    Column("stored_at", UtcTime, nullable=False, index=True),
)
_FIELD = "notices.content"


class NoticeRows:
    """Notices in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def put(self, notice: Notice, now: datetime) -> bool | None:
        """Store a notice: True if new, False if it has changed, None if it is the same."""
        known = await self.get(notice.id)
        if known == notice:
            return None
        owner = _key(notice.organisation)
        content: Json = {"title": notice.title, "text": notice.text, "link": notice.link}
        columns = {
            "organisation": notice.organisation,
            "area": notice.area,
            "priority": int(notice.priority),
            "content": await self._session.vault.seal(owner, content, field=_FIELD),
            "happened_at": notice.happened_at,
            "published_at": notice.published_at,
        }
        await self._session.run(
            insert(self._session.connection, NOTICES)
            .values(id=notice.id, stored_at=now, **columns)
            .on_conflict_do_update(index_elements=["id"], set_=columns)
        )
        return known is None

    async def get(self, notice: str) -> Notice | None:
        """Return a notice, None if there is none such."""
        row = await self._session.first(select(NOTICES).where(NOTICES.c.id == notice))
        return await self._notice(row) if row else None

    async def past_lifetime(self, before: datetime) -> Sequence[NoticeId]:
        """Return the notices that were kept long enough."""
        rows = await self._session.all(select(NOTICES.c.id).where(NOTICES.c.stored_at <= before))
        return [NoticeId(row.id) for row in rows]

    async def erase(self, notice: str) -> None:
        """Delete a notice."""
        await self._session.run(delete(NOTICES).where(NOTICES.c.id == notice))

    async def _notice(self, row: Row[Any]) -> Notice:
        content = await self._session.vault.unseal(
            _key(row.organisation), row.content, field=_FIELD
        )
        fields = content if isinstance(content, dict) else {}
        link = fields.get("link")
        return Notice(
            id=NoticeId(row.id),
            organisation=OrganisationId(row.organisation),
            area=AreaId(row.area),
            priority=Priority(row.priority),
            title=str(fields.get("title", "")),
            text=str(fields.get("text", "")),
            link=link if isinstance(link, str) else None,
            happened_at=row.happened_at,
            published_at=row.published_at,
        )


def _key(organisation: str) -> Owner:
    return Owner(f"organisation:{organisation}")
