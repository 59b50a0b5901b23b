"""Tips to organisations, and what is said about them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import UtcTime

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "tips",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("tipster", sa.String(), nullable=False),
        sa.Column("key_owner", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("sent_at", UtcTime(), nullable=False),
        sa.Column("touched_at", UtcTime(), nullable=False),
        sa.Column("arrived_at", UtcTime(), nullable=True),
        sa.Column("closed_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_tips")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_tips_tipster"), "tips", ["tipster"])
    op.create_table(
        "tip_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tip", sa.Integer(), nullable=False),
        sa.Column("is_desks", sa.Boolean(), nullable=False),
        sa.Column("writer", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["tip"], ["tips.number"]),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_lines")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_tip_lines_tip"), "tip_lines", ["tip"])
    op.create_index(op.f("ix_tip_lines_writer"), "tip_lines", ["writer"])
    op.create_index(op.f("ix_tip_lines_origin"), "tip_lines", ["origin"])
