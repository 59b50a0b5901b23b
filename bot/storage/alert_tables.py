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
