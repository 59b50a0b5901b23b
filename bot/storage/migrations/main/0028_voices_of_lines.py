"""For whom a carried line spoke: known longer than its words, so that it can be asked for."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0028"
down_revision: str | None = "0027"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Take the step."""
    op.add_column("relays", sa.Column("spoke_for", sa.String(), nullable=True))
    op.add_column("relays", sa.Column("spoke_as", sa.String(), nullable=True))
