"""Polls over all rooms of a group, and the votes in them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import UtcTime

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "polls",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("group_slug", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("origin_room", sa.String(), nullable=False),
        sa.Column("origin_message", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.Column("closes_at", UtcTime(), nullable=False),
        sa.Column("closed_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls")),
    )
    op.create_index(op.f("ix_polls_author_id"), "polls", ["author_id"])
    op.create_index("uq_polls_origin", "polls", ["origin_room", "origin_message"], unique=True)
    op.create_table(
        "poll_votes",
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"]),
        sa.PrimaryKeyConstraint("poll_id", "person_id", name=op.f("pk_poll_votes")),
    )
    op.create_index(op.f("ix_poll_votes_person_id"), "poll_votes", ["person_id"])
