"""Who keeps their lines on their own side of a group, and which lines have stayed there."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import UtcTime

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "relay_mutes",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("group_slug", sa.String(), nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("person_id", "group_slug", name=op.f("pk_relay_mutes")),
    )
    op.add_column(
        "relays", sa.Column("stays", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
