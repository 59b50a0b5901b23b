"""The tables of tips."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table

from bot.storage.schema import METADATA, UtcTime

TIPS = Table(
    "tips",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("organisation", String, nullable=False),
    Column("tipster", String, nullable=False, index=True),
    Column("key_owner", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("state", String, nullable=False),
    Column("sent_at", UtcTime, nullable=False),
    Column("touched_at", UtcTime, nullable=False),
    Column("arrived_at", UtcTime),
    Column("closed_at", UtcTime),
    # A number that was given is never given again.
    sqlite_autoincrement=True,
)
TIP_LINES = Table(
    "tip_lines",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("tip", ForeignKey("tips.number"), nullable=False, index=True),
    Column("is_desks", Boolean, nullable=False),
    Column("writer", String, nullable=False, index=True),
    Column("origin", String, index=True),
    Column("content", LargeBinary, nullable=False),
    Column("at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)
