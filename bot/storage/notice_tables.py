"""Notices, where they hold, and what has happened that must happen once."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table

from bot.domain.notices import NoticeState
from bot.storage.schema import METADATA, UtcTime

NOTICES = Table(
    "notices",
    METADATA,
    Column("id", String, primary_key=True),
    Column("organisation", String, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("happened_at", UtcTime),
    Column("published_at", UtcTime, nullable=False),
    Column("stored_at", UtcTime, nullable=False, index=True),
    Column("groups", String, nullable=False, server_default="[]"),
    Column("author_id", String, index=True),
    Column("state", String, nullable=False, server_default=NoticeState.SENT.value),
    Column("due_at", UtcTime),
    Column("expires_at", UtcTime),
    Column("changed_at", UtcTime),
    Column("planned_rooms", Integer, nullable=False, server_default="0"),
    Column("planned_people", Integer, nullable=False, server_default="0"),
    Column("count_at", UtcTime, index=True),
    Index("ix_notices_state", "state", "due_at", "expires_at"),
)
NOTICE_AREAS = Table(
    "notice_areas",
    METADATA,
    Column("notice_id", String, primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("area", String, nullable=False, index=True),
)
NOTICE_NUMBERS = Table(
    "notice_numbers",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("given_at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)
"""So that no number is given twice, also after the notice that had it is forgotten."""
OCCURRENCES = Table(
    "occurrences",
    METADATA,
    Column("what", String, primary_key=True),
    Column("due_at", UtcTime, primary_key=True),
    Column("happened_at", UtcTime, nullable=False, index=True),
)
"""What was due when and has happened: a second worker, or a second start, finds it here."""
