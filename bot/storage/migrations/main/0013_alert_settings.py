"""How people want to be alerted."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import UtcTime

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "alert_settings",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("settings", sa.String(), nullable=False),
        sa.Column("red_breaks_quiet", sa.Boolean(), nullable=False),
        sa.Column("has_digest", sa.Boolean(), nullable=False),
        sa.Column("most_an_hour", sa.Integer(), nullable=True),
        sa.Column("also_in_private", sa.Boolean(), nullable=False),
        sa.Column("paused_until", UtcTime(), nullable=True),
        sa.Column("quiet_from", UtcTime(), nullable=True),
        sa.Column("quiet_until", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_alert_settings")),
    )
    op.create_index(
        "ix_alert_settings_quiet_until",
        "alert_settings",
        ["quiet_until"],
        unique=False,
        sqlite_where=sa.text("quiet_until IS NOT NULL"),
        postgresql_where=sa.text("quiet_until IS NOT NULL"),
    )
