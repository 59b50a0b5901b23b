"""In which rooms the bot may remove nobody's lines, and what rooms are called."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Take the step."""
    op.add_column(
        "rooms",
        sa.Column("keeps_lines", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("rooms", sa.Column("title", sa.String(), server_default="", nullable=False))
