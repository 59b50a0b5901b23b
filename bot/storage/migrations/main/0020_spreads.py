"""How far alerts go, and how far they have come."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import UtcTime

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "spreads",
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("same_as", sa.String(), nullable=True),
        sa.Column("relatives", sa.String(), server_default="[]", nullable=False),
        sa.Column("planned_at", UtcTime(), nullable=False),
        sa.Column("looked_to", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("subject_kind", "subject_id", name=op.f("pk_spreads")),
    )
    op.create_index(op.f("ix_spreads_author_id"), "spreads", ["author_id"])
    op.create_index(op.f("ix_spreads_same_as"), "spreads", ["same_as"])
    op.create_index(
        "ix_spreads_under_way",
        "spreads",
        [sa.text("urgency DESC"), "planned_at"],
        unique=False,
        sqlite_where=sa.text("looked_to IS NOT NULL"),
        postgresql_where=sa.text("looked_to IS NOT NULL"),
    )
