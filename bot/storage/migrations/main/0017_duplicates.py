"""Which report another is the same as."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Take the step."""
    op.add_column("reports", sa.Column("duplicate_of", sa.String(), nullable=True))
    op.add_column("reports", sa.Column("state_before", sa.String(), nullable=True))
    op.add_column(
        "reports",
        sa.Column("confirmed_by_links", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index(op.f("ix_reports_duplicate_of"), "reports", ["duplicate_of"])
