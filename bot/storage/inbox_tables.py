"""What has come and is not handled yet."""

from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    text,
)

from bot.storage.schema import METADATA, UtcTime

WAITING, HELD, DONE, DEAD = "waiting", "held", "done", "dead"
"""States of an update."""
INBOX = Table(
    "inbox",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("platform", String, nullable=False),
    Column("update_id", String, nullable=False),
    Column("lane", String, nullable=False),
    Column("state", String, nullable=False),
    Column("payload", LargeBinary),
    Column("key_owner", String, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("not_before", UtcTime, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("person_id", String),
    Column("purpose", String),
    Column("about", String),
    Column("amendment", LargeBinary),
    Column("bundle", String),
    Column("reason", String, nullable=False, default=""),
    Index("uq_inbox_platform_update_id", "platform", "update_id", unique=True),
    Index("ix_inbox_state_id", "state", "id"),
    # Few updates are known to be somebody's; the others need no place in these.
    Index(
        "ix_inbox_person_id",
        "person_id",
        sqlite_where=text("person_id IS NOT NULL"),
        postgresql_where=text("person_id IS NOT NULL"),
    ),
    Index(
        "ix_inbox_about",
        "about",
        sqlite_where=text("about IS NOT NULL"),
        postgresql_where=text("about IS NOT NULL"),
    ),
    Index(
        "ix_inbox_bundle",
        "bundle",
        sqlite_where=text("bundle IS NOT NULL"),
        postgresql_where=text("bundle IS NOT NULL"),
    ),
    Index("ix_inbox_state_lane_id", "state", "lane", "id"),
    sqlite_autoincrement=True,
)
