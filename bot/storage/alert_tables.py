"""How people want to be alerted."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, text

from bot.storage.schema import METADATA, UtcTime

ALERT_SETTINGS = Table(
    "alert_settings",
    METADATA,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("settings", String, nullable=False),
    # What decides whether an alert goes out at once, so that it is found for 100,000 together.
    Column("red_breaks_quiet", Boolean, nullable=False),
    Column("has_digest", Boolean, nullable=False),
    Column("most_an_hour", Integer),
    Column("also_in_private", Boolean, nullable=False),
    Column("paused_until", UtcTime),
    Column("quiet_from", UtcTime),
    Column("quiet_until", UtcTime),
    Index(
        "ix_alert_settings_quiet_until",
        "quiet_until",
        sqlite_where=text("quiet_until IS NOT NULL"),
        postgresql_where=text("quiet_until IS NOT NULL"),
    ),
)
HELD_ALERTS = Table(
    "held_alerts",
    METADATA,
    Column("person_id", String, primary_key=True),
    Column("subject_kind", String, primary_key=True),
    Column("subject_id", String, primary_key=True),
    Column("priority", Integer, nullable=False),
    Column("held_at", UtcTime, nullable=False),
    Column("because", String),
    Column("due_at", UtcTime, nullable=False),
    Column("digest_id", String),
    Index("ix_held_alerts_subject", "subject_kind", "subject_id"),
    Index("ix_held_alerts_digest_id", "digest_id"),
)
"""What somebody hears of later, and what a digest has told them.

The reason is missing until somebody has looked for how long it waits; that is due at once.
"""
WAITING = text("digest_id IS NULL")
Index(
    "ix_held_alerts_due",
    HELD_ALERTS.c.due_at,
    HELD_ALERTS.c.person_id,
    sqlite_where=WAITING,
    postgresql_where=WAITING,
)
TOLD = text("digest_id IS NOT NULL")
Index(
    "ix_held_alerts_told",
    HELD_ALERTS.c.subject_kind,
    HELD_ALERTS.c.subject_id,
    HELD_ALERTS.c.person_id,
    sqlite_where=TOLD,
    postgresql_where=TOLD,
)
DIGESTS = Table(
    "digests",
    METADATA,
    Column("id", String, primary_key=True),
    Column("person_id", String, nullable=False, index=True),
    Column("is_silent", Boolean, nullable=False),
    Column("made_at", UtcTime, nullable=False),
)
RECENT_ALERTS = Table(
    "recent_alerts",
    METADATA,
    Column("person_id", String, primary_key=True),
    Column("at", UtcTime, primary_key=True),
    Column("subject_kind", String, primary_key=True),
    Column("subject_id", String, primary_key=True),
    Index("ix_recent_alerts_at", "at"),
    sqlite_with_rowid=False,
)
"""What came by itself in the last hour to those who have said how much may."""
