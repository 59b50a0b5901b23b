"""How far alerts go, and how far they have come."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table

from bot.storage.schema import METADATA, UtcTime

SPREADS = Table(
    "spreads",
    METADATA,
    Column("subject_kind", String, primary_key=True),
    Column("subject_id", String, primary_key=True),
    Column("priority", Integer, nullable=False),
    Column("urgency", Integer, nullable=False),
    Column("author_id", String, index=True),
    Column("content", LargeBinary, nullable=False),
    Column("same_as", String, index=True),
    Column("relatives", String, nullable=False, server_default="[]"),
    Column("planned_at", UtcTime, nullable=False),
    Column("looked_to", String),
    Column("stopped_at", String),
)
"""One row for each thing that followers hear of: a plan is as long as this row, whoever hears.

What is the same as something else has the root of it, and all others that are linked to that.
Followers are looked at in the order of their ids, up to `looked_to`; without it, all have been.
Subscriptions may change meanwhile, the order does not: nobody is passed over or met again.
What is over goes no further; `stopped_at` is how far it had come.
"""
IS_UNDER_WAY = SPREADS.c.looked_to.is_not(None)
Index(
    "ix_spreads_under_way",
    SPREADS.c.urgency.desc(),
    SPREADS.c.planned_at,
    sqlite_where=IS_UNDER_WAY,
    postgresql_where=IS_UNDER_WAY,
)
