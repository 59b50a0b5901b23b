"""Rooms that move or lose the bot, accounts that can't be reached, updates in parts."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "moved_rooms",
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("moved_to", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("room", name=op.f("pk_moved_rooms")),
    )
    op.add_column(
        "rooms", sa.Column("is_away", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column(
        "identities",
        sa.Column("is_reachable", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    op.create_index(
        "ix_identities_unreachable",
        "identities",
        ["hash"],
        sqlite_where=sa.text("NOT identities.is_reachable"),
        postgresql_where=sa.text("NOT identities.is_reachable"),
    )
    op.add_column("inbox", sa.Column("bundle", sa.String(), nullable=True))
    op.create_index(
        "ix_inbox_bundle",
        "inbox",
        ["bundle"],
        sqlite_where=sa.text("bundle IS NOT NULL"),
        postgresql_where=sa.text("bundle IS NOT NULL"),
    )
