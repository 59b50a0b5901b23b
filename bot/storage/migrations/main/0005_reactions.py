"""Who has set which emoji on a carried line."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import UtcTime

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "relay_reactions",
        sa.Column("relay_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("emoji", sa.String(), nullable=False),
        sa.Column("set_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint(
            "relay_id", "person_id", "room", "emoji", name=op.f("pk_relay_reactions")
        ),
    )
    op.create_index(op.f("ix_relay_reactions_person_id"), "relay_reactions", ["person_id"])
