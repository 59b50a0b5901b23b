"""Groups, their rooms, and how many people are in each."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, false

from bot.storage.schema import METADATA, UtcTime

GROUPS = Table(
    "groups",
    METADATA,
    Column("slug", String, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("area", String, nullable=False, index=True),
    Column("access", String, nullable=False),
    Column("reports_reach", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("controller", String, nullable=False),
    Column("languages", String, nullable=False),
    Column("by_chat", Boolean, nullable=False),
)
ROOMS = Table(
    "rooms",
    METADATA,
    Column("room", String, primary_key=True),
    Column("group_slug", ForeignKey("groups.slug"), nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("by_chat", Boolean, nullable=False),
    Column("is_away", Boolean, nullable=False, server_default=false()),
    Column("keeps_lines", Boolean, nullable=False, server_default=false()),
    Column("opened_at", UtcTime),
    Column("title", String, nullable=False, server_default=""),
)
MEMBER_COUNTS = Table(
    "member_counts",
    METADATA,
    Column("room", String, primary_key=True),
    Column("people", Integer, nullable=False),
)
