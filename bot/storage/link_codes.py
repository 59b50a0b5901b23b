"""Codes by which a second room comes into a group; they hold nothing of anybody's."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, String, Table, delete, select

from bot.domain.groups import GroupId
from bot.domain.link_codes import code_hash
from bot.storage.dialect import insert
from bot.storage.schema import METADATA, UtcTime
from bot.storage.session import Session

LINK_CODES = Table(
    "link_codes",
    METADATA,
    Column("code_hash", String, primary_key=True),
    Column("group_slug", ForeignKey("groups.slug"), nullable=False),
    Column("expires_at", UtcTime, nullable=False),
)


class LinkCodeRows:
    """Codes in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def put(self, code: str, group: GroupId, *, expires_at: datetime) -> None:
        """Store a code; those of the group before it are void."""
        await self.void(group)
        await self._session.run(
            insert(self._session.connection, LINK_CODES).values(
                code_hash=code_hash(code), group_slug=group, expires_at=expires_at
            )
        )

    async def use(self, code: str, now: datetime) -> GroupId | None:
        """Return the group that a code opens, once; None if it opens none."""
        of_code = LINK_CODES.c.code_hash == code_hash(code)
        row = await self._session.first(
            select(LINK_CODES).where(of_code, LINK_CODES.c.expires_at > now)
        )
        await self._session.run(delete(LINK_CODES).where(of_code))
        return GroupId(row.group_slug) if row else None

    async def void(self, group: GroupId) -> None:
        """Drop a group's codes."""
        await self._session.run(delete(LINK_CODES).where(LINK_CODES.c.group_slug == group))
