"""Changes to what many have, and where spreading stopped because something was over."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import UtcTime

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("among", sa.String(), nullable=False),
        sa.Column("news_kind", sa.String(), nullable=False),
        sa.Column("news_id", sa.String(), nullable=False),
        sa.Column("but_id", sa.String(), nullable=True),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("planned_at", UtcTime(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("last_copy", sa.Integer(), nullable=False),
        sa.Column("looked_to", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_rounds_but_id"), "rounds", ["but_id"])
    op.create_index("ix_rounds_subject", "rounds", ["subject_kind", "subject_id"])
    op.create_index(
        "uq_rounds_not_begun",
        "rounds",
        ["subject_kind", "subject_id", "among", "news_kind", "news_id"],
        unique=True,
        sqlite_where=sa.text("looked_to = ''"),
        postgresql_where=sa.text("looked_to = ''"),
    )
    told = sa.text("digest_id IS NOT NULL")
    op.create_index(
        "ix_held_alerts_told",
        "held_alerts",
        ["subject_kind", "subject_id", "person_id"],
        sqlite_where=told,
        postgresql_where=told,
    )
    op.add_column("spreads", sa.Column("stopped_at", sa.String(), nullable=True))
