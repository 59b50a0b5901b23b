"""The other messages that a carried line came in."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "relay_parts",
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("relay_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["relay_id"], ["relays.id"], name=op.f("fk_relay_parts_relay_id_relays")
        ),
        sa.PrimaryKeyConstraint("room", "message", name=op.f("pk_relay_parts")),
    )
    op.create_index(op.f("ix_relay_parts_relay_id"), "relay_parts", ["relay_id"])
