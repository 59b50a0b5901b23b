"""What many copies shall show, and whom news shall reach, as far as it has come."""

from sqlalchemy import Column, Index, Integer, String, Table

from bot.storage.schema import METADATA, UtcTime

ROUNDS = Table(
    "rounds",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("subject_kind", String, nullable=False),
    Column("subject_id", String, nullable=False),
    Column("among", String, nullable=False),
    Column("news_kind", String, nullable=False),
    Column("news_id", String, nullable=False),
    Column("but_id", String, index=True),
    Column("urgency", Integer, nullable=False),
    Column("planned_at", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("last_copy", Integer, nullable=False),
    Column("looked_to", String, nullable=False),
    Index("ix_rounds_subject", "subject_kind", "subject_id"),
    sqlite_autoincrement=True,
)
"""One row for a round through the many copies of a subject, or the digests that tell of it.

With news it shows them the news, without it shows them anew. Copies that were made after
`last_copy` show all of it already. They are looked at in the order of their lanes, digests in
that of their readers, up to `looked_to`; one that has not begun stands for all that are planned
until then.
"""
NOT_BEGUN = ROUNDS.c.looked_to == ""
Index(
    "uq_rounds_not_begun",
    ROUNDS.c.subject_kind,
    ROUNDS.c.subject_id,
    ROUNDS.c.among,
    ROUNDS.c.news_kind,
    ROUNDS.c.news_id,
    unique=True,
    sqlite_where=NOT_BEGUN,
    postgresql_where=NOT_BEGUN,
)
