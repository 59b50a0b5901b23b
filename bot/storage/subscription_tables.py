"""Who follows what: as it was said, and by the places where a report looks for followers."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from bot.storage.schema import METADATA, UtcTime

SUBSCRIPTIONS = Table(
    "subscriptions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("followed", String, nullable=False),
    Column("lies_in", String),
    Column("at_least", Integer, nullable=False),
    Column("kinds", Integer, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index("uq_subscriptions_person_followed", "person_id", "followed", unique=True),
    sqlite_autoincrement=True,
)
# The key holds all that the search for followers asks for, so that it reads nothing else.
ROUTES = Table(
    "routes",
    METADATA,
    Column("place", String, primary_key=True),
    Column("at_least", Integer, primary_key=True, autoincrement=False),
    Column("person_id", String, primary_key=True),
    Column(
        "subscription_id",
        ForeignKey("subscriptions.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("kinds", Integer, nullable=False),
    Index("ix_routes_subscription_id", "subscription_id"),
    sqlite_with_rowid=False,
)
