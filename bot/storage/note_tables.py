"""What the bot has said in its own words."""

from sqlalchemy import Column, Index, LargeBinary, String, Table, text

from bot.storage.schema import METADATA, UtcTime

NOTES = Table(
    "notes",
    METADATA,
    Column("id", String, primary_key=True),
    Column("feature", String, nullable=False),
    Column("person_id", String, index=True),
    Column("awaits", String),
    Column("about", String),
    Column("content", LargeBinary, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False, index=True),
    Index("ix_notes_person_id_awaits", "person_id", "awaits"),
    Index(
        "ix_notes_about",
        "about",
        sqlite_where=text("about IS NOT NULL"),
        postgresql_where=text("about IS NOT NULL"),
    ),
)
