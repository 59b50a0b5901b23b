"""Organisations by chat, and who speaks for them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import UtcTime

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Take the step."""
    for name, default in (("phone", ""), ("hours", "[]"), ("asks", "{}")):
        column = sa.Column(name, sa.String(), nullable=False, server_default=default)
        op.add_column("organisations", column)
    op.add_column(
        "organisations",
        sa.Column("by_chat", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("grants", sa.Column("identity", sa.String(), nullable=True))
    _verifications()
    _mail_codes()


def _verifications() -> None:
    op.create_table(
        "verifications",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("mailbox", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("is_granted", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("proved_at", UtcTime(), nullable=True),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("reminded_days", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verifications")),
    )
    for column in ("person_id", "organisation", "expires_at"):
        op.create_index(op.f(f"ix_verifications_{column}"), "verifications", [column])
    op.create_index(
        "uq_verifications_person_organisation",
        "verifications",
        ["person_id", "organisation", "is_granted"],
        unique=True,
    )
    op.create_table(
        "verification_votes",
        sa.Column("verification_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["verification_id"], ["verifications.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(
            "verification_id", "person_id", name=op.f("pk_verification_votes")
        ),
    )
    op.create_index(op.f("ix_verification_votes_person_id"), "verification_votes", ["person_id"])
    op.create_table(
        "barred_accounts",
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("identity", "organisation", name=op.f("pk_barred_accounts")),
    )


def _mail_codes() -> None:
    op.create_table(
        "mail_codes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("verification_id", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("mailbox", sa.String(), nullable=False),
        sa.Column("alarm", sa.String(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("tries_left", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("not_before", UtcTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("doubts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_codes")),
    )
    for column in ("person_id", "mailbox", "alarm", "made_at", "state"):
        op.create_index(op.f(f"ix_mail_codes_{column}"), "mail_codes", [column])
