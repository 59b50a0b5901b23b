"""What organisations have posted and answered."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table

from bot.storage.schema import METADATA, UtcTime

OFFICIAL_POSTS = Table(
    "official_posts",
    METADATA,
    Column("code", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("organisation", String, nullable=False),
    Column("role", String, nullable=False),
    Column("area", String, nullable=False),
    Column("author_id", String, index=True),
    Column("posted_at", UtcTime, nullable=False, index=True),
    Column("corrected_at", UtcTime),
    Column("recalled_at", UtcTime),
    Index("ix_official_posts_subject", "subject", "kind"),
)
OFFICIAL_ANSWERS = Table(
    "official_answers",
    METADATA,
    Column("report_id", ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("organisation", String, primary_key=True),
    Column("code", String, nullable=False, unique=True),
    Column("role", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("author_id", String, index=True),
    Column("answered_at", UtcTime, nullable=False),
    Column("told_at", UtcTime, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("saw", Integer, nullable=False),
    Column("told", Integer, nullable=False),
)
NAME_WARNINGS = Table(
    "name_warnings",
    METADATA,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("name_digest", String, primary_key=True),
    Column("at", UtcTime, nullable=False, index=True),
)
