"""Mails that officials have asked for, counted apart from those of strangers."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Take the step."""
    op.add_column(
        "mail_codes",
        sa.Column("to_official", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
