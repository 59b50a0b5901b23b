"""Who speaks for an organisation, and the codes that were sent."""

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

VERIFICATIONS = Table(
    "verifications",
    METADATA,
    Column("id", String, primary_key=True),
    Column("person_id", String, nullable=False, index=True),
    Column("identity", String, nullable=False),
    Column("organisation", String, nullable=False, index=True),
    Column("address", LargeBinary),
    Column("mailbox", String, nullable=False),
    Column("stage", String, nullable=False),
    Column("is_granted", Boolean, nullable=False, server_default=false()),
    Column("proved_at", UtcTime),
    Column("expires_at", UtcTime, nullable=False, index=True),
    Column("reminded_days", Integer),
    Index(
        "uq_verifications_person_organisation",
        "person_id",
        "organisation",
        "is_granted",
        unique=True,
    ),
)
VOTES = Table(
    "verification_votes",
    METADATA,
    Column(
        "verification_id",
        ForeignKey("verifications.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("person_id", String, primary_key=True, index=True),
    Column("at", UtcTime, nullable=False),
)
BARRED = Table(
    "barred_accounts",
    METADATA,
    Column("identity", String, primary_key=True),
    Column("organisation", String, primary_key=True),
    Column("at", UtcTime, nullable=False),
)
"""Accounts whose role the configuration gives and the chat has taken."""
LOST_BADGES = Table(
    "lost_badges",
    METADATA,
    Column("person_id", String, primary_key=True),
    Column("organisation", String, primary_key=True),
    Column("at", UtcTime, nullable=False),
)
"""What still bears them is written anew, one person after the other."""
MAIL_CODES = Table(
    "mail_codes",
    METADATA,
    Column("id", String, primary_key=True),
    Column("person_id", String, index=True),
    Column("verification_id", String, nullable=False),
    Column("organisation", String, nullable=False),
    Column("to_official", Boolean, nullable=False, server_default=false()),
    Column("mailbox", String, nullable=False, index=True),
    Column("alarm", String, nullable=False, index=True),
    Column("made_at", UtcTime, nullable=False, index=True),
    Column("expires_at", UtcTime, nullable=False),
    Column("tries_left", Integer, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("not_before", UtcTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("doubts", Integer, nullable=False),
)
