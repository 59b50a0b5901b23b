"""By which keys the devices are vouched for that speak in verified roles."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import UtcTime

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "owner_keys",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("pinned", sa.String(), nullable=False),
        sa.Column("pinned_at", UtcTime(), nullable=False),
        sa.Column("awaited", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_owner_keys")),
    )
    op.create_index(op.f("ix_owner_keys_person_id"), "owner_keys", ["person_id"])
    op.create_index(op.f("ix_owner_keys_awaited"), "owner_keys", ["awaited"])
