"""Reports, and what people have added to them."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    false,
)

from bot.storage.schema import METADATA, UtcTime

REPORTS = Table(
    "reports",
    METADATA,
    Column("id", String, primary_key=True),
    Column("area", String, nullable=False),
    Column("group_slug", String),
    Column("reach", String, nullable=False),
    Column("kind", String),
    Column("priority", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("author_id", String, nullable=False, index=True),
    Column("content", LargeBinary, nullable=False),
    Column("origin_place", String),
    Column("origin_message", String),
    Column("created_at", UtcTime, nullable=False),
    Column("touched_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Column("is_provisional", Boolean, nullable=False),
    Column("duplicate_of", String, index=True),
    Column("state_before", String),
    Column("confirmed_by_links", Boolean, nullable=False, server_default=false()),
    Column("ends_at", UtcTime),
    Index("ix_reports_origin", "origin_place", "origin_message"),
    Index("ix_reports_state_touched_at", "state", "touched_at"),
)
MARKS = Table(
    "report_marks",
    METADATA,
    Column("report_id", ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("mark", String, primary_key=True),
    Column("person_id", String, primary_key=True, index=True),
    Column("at", UtcTime, nullable=False),
)
UPDATES = Table(
    "report_updates",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column(
        "report_id",
        ForeignKey("reports.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("person_id", String, nullable=False, index=True),
    Column("content", LargeBinary, nullable=False),
    Column("at", UtcTime, nullable=False),
)
