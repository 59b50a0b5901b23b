"""Which names are in use in a group or an area."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Take the step."""
    op.add_column("aliases", sa.Column("name_digest", sa.String(), nullable=True))
    op.create_index(op.f("ix_aliases_name_digest"), "aliases", ["name_digest"])
