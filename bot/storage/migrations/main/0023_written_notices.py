"""Notices that people write, schedule, correct and recall."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "notice_areas",
        sa.Column("notice_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("notice_id", "place", name=op.f("pk_notice_areas")),
    )
    op.create_index(op.f("ix_notice_areas_area"), "notice_areas", ["area"])
    op.execute("INSERT INTO notice_areas (notice_id, place, area) SELECT id, 0, area FROM notices")
    op.create_table(
        "notice_numbers",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("given_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_notice_numbers")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "occurrences",
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("due_at", _TIME, nullable=False),
        sa.Column("happened_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("what", "due_at", name=op.f("pk_occurrences")),
    )
    op.create_index(op.f("ix_occurrences_happened_at"), "occurrences", ["happened_at"])
    _widen_notices()


def _widen_notices() -> None:
    for column in (
        sa.Column("groups", sa.String(), nullable=False, server_default="[]"),
        sa.Column("author_id", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False, server_default="sent"),
        sa.Column("due_at", _TIME, nullable=True),
        sa.Column("expires_at", _TIME, nullable=True),
        sa.Column("changed_at", _TIME, nullable=True),
        sa.Column("planned_rooms", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("planned_people", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("count_at", _TIME, nullable=True),
    ):
        op.add_column("notices", column)
    # Where a notice holds stands in a table of its own by now.
    op.drop_column("notices", "area")
    op.create_index(op.f("ix_notices_author_id"), "notices", ["author_id"])
    op.create_index(op.f("ix_notices_count_at"), "notices", ["count_at"])
    op.create_index("ix_notices_state", "notices", ["state", "due_at", "expires_at"])
