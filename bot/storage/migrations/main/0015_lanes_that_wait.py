"""Finding the lanes in which updates wait without looking at all of them."""

from collections.abc import Sequence

from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Take the step."""
    op.create_index("ix_inbox_state_lane_id", "inbox", ["state", "lane", "id"])
    op.drop_index("ix_inbox_lane_state_id", "inbox")
