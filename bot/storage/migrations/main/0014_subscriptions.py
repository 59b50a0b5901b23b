"""Subscriptions to circles and groups, by kind, found by the places where reports look."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import UtcTime

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Take the step."""
    op.rename_table("subscriptions", "followed_areas")
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("followed", sa.String(), nullable=False),
        sa.Column("lies_in", sa.String(), nullable=True),
        sa.Column("at_least", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_subscriptions_person_followed",
        "subscriptions",
        ["person_id", "followed"],
        unique=True,
    )
    op.create_table(
        "routes",
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("at_least", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kinds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["subscription_id"], ["subscriptions.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(
            "place", "at_least", "person_id", "subscription_id", name=op.f("pk_routes")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_routes_subscription_id", "routes", ["subscription_id"], unique=False)
    op.execute(
        "INSERT INTO subscriptions (person_id, followed, at_least, kinds, created_at)"
        " SELECT person_id, 'area:' || area, at_least, 1073741823, created_at"
        " FROM followed_areas"
    )
    op.execute(
        "INSERT INTO routes (place, at_least, person_id, subscription_id, kinds)"
        " SELECT substr(followed, 6), at_least, person_id, id, kinds FROM subscriptions"
    )
    op.drop_table("followed_areas")
    op.add_column("people", sa.Column("shared_cell", sa.LargeBinary(), nullable=True))
    op.drop_index(op.f("ix_identities_person_id"), table_name="identities")
    op.create_index(
        "ix_identities_person_id",
        "identities",
        ["person_id", "is_reachable", "hash", "platform"],
        unique=False,
    )
    op.create_table(
        "held_alerts",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("held_at", UtcTime(), nullable=False),
        sa.Column("because", sa.String(), nullable=True),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("digest_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint(
            "person_id", "subject_kind", "subject_id", name=op.f("pk_held_alerts")
        ),
    )
    op.create_index(
        "ix_held_alerts_subject", "held_alerts", ["subject_kind", "subject_id"], unique=False
    )
    op.create_index("ix_held_alerts_digest_id", "held_alerts", ["digest_id"], unique=False)
    op.create_index(
        "ix_held_alerts_due",
        "held_alerts",
        ["due_at", "person_id"],
        unique=False,
        sqlite_where=sa.text("digest_id IS NULL"),
        postgresql_where=sa.text("digest_id IS NULL"),
    )
    op.create_table(
        "digests",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("is_silent", sa.Boolean(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
    )
    op.create_index(op.f("ix_digests_person_id"), "digests", ["person_id"], unique=False)
    op.create_table(
        "recent_alerts",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint(
            "person_id", "at", "subject_kind", "subject_id", name=op.f("pk_recent_alerts")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_recent_alerts_at", "recent_alerts", ["at"], unique=False)
