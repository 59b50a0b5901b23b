"""What organisations post and answer, when an appeal ends, and which names were told of."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import UtcTime

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Take the step."""
    op.add_column("reports", sa.Column("ends_at", UtcTime(), nullable=True))
    _add_posts()
    _add_answers()
    op.create_table(
        "name_warnings",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("name_digest", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("person_id", "name_digest", name=op.f("pk_name_warnings")),
    )
    op.create_index(op.f("ix_name_warnings_at"), "name_warnings", ["at"])


def _add_posts() -> None:
    op.create_table(
        "official_posts",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=True),
        sa.Column("posted_at", UtcTime(), nullable=False),
        sa.Column("corrected_at", UtcTime(), nullable=True),
        sa.Column("recalled_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_official_posts")),
    )
    op.create_index(op.f("ix_official_posts_author_id"), "official_posts", ["author_id"])
    op.create_index(op.f("ix_official_posts_posted_at"), "official_posts", ["posted_at"])
    op.create_index("ix_official_posts_subject", "official_posts", ["subject", "kind"])


def _add_answers() -> None:
    op.create_table(
        "official_answers",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=True),
        sa.Column("answered_at", UtcTime(), nullable=False),
        sa.Column("told_at", UtcTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saw", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "organisation", name=op.f("pk_official_answers")),
        sa.UniqueConstraint("code", name=op.f("uq_official_answers_code")),
    )
    op.create_index(op.f("ix_official_answers_author_id"), "official_answers", ["author_id"])
    op.create_index(op.f("ix_official_answers_told_at"), "official_answers", ["told_at"])
