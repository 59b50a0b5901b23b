"""Which lines are shown together because too many waited for a room."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import UtcTime

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "bursts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("group_slug", sa.String(), nullable=False),
        sa.Column("kept_until", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bursts")),
    )
    op.create_table(
        "burst_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("burst_id", sa.String(), nullable=False),
        sa.Column("relay_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["burst_id"], ["bursts.id"]),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_burst_lines")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_burst_lines_burst_id"), "burst_lines", ["burst_id"])
    op.create_index(op.f("ix_burst_lines_relay_id"), "burst_lines", ["relay_id"])
