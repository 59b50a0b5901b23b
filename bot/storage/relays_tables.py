"""Carried lines, and the messages that they came in."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, LargeBinary, String, Table, false, text

from bot.storage.schema import METADATA, UtcTime

RELAYS = Table(
    "relays",
    METADATA,
    Column("id", String, primary_key=True),
    Column("group_slug", String, nullable=False),
    Column("person_id", String, nullable=False, index=True),
    Column("origin_room", String, nullable=False),
    Column("origin_message", String, nullable=False),
    Column("reply_to", String),
    Column("content", LargeBinary),
    Column("had_media", Boolean, nullable=False),
    Column("is_named", Boolean, nullable=False),
    Column("place", String),
    Column("sent_at", UtcTime, nullable=False, index=True),
    Column("stays", Boolean, nullable=False, server_default=false()),
    Column("digest", String),
    Column("spoke_for", String),
    Column("spoke_as", String),
    Column("files", String),
    Index(
        "ix_relays_digest",
        "digest",
        sqlite_where=text("digest IS NOT NULL"),
        postgresql_where=text("digest IS NOT NULL"),
    ),
    Index("uq_relays_origin", "origin_room", "origin_message", unique=True),
    # Few of all lines are still on their way.
    Index(
        "ix_relays_undelivered",
        "id",
        sqlite_where=text("content IS NOT NULL"),
        postgresql_where=text("content IS NOT NULL"),
    ),
)
RELAY_PARTS = Table(
    "relay_parts",
    METADATA,
    Column("room", String, primary_key=True),
    Column("message", String, primary_key=True),
    Column("relay_id", ForeignKey("relays.id"), nullable=False, index=True),
)
"""Where a line came in several messages, as an album does: all but the one it is known by."""
