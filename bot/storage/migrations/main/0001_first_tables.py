"""First tables."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import UtcTime

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make every table of the first version."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_person_id"), ["person_id"], unique=False)

    op.create_table(
        "copies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=True),
        sa.Column("identity", sa.String(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("message_ids", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=True),
        sa.Column("answers_message", sa.String(), nullable=True),
        sa.Column("answers_copy", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["answers_copy"], ["copies.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copies")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("copies", schema=None) as batch_op:
        batch_op.create_index(
            "ix_copies_answers_copy",
            ["answers_copy"],
            unique=False,
            sqlite_where=sa.text("answers_copy IS NOT NULL"),
            postgresql_where=sa.text("answers_copy IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_copies_person_subject",
            ["person_id", "subject_kind", "subject_id"],
            unique=False,
        )
        batch_op.create_index(
            "uq_copies_subject_lane", ["subject_kind", "subject_id", "lane"], unique=True
        )

    op.create_table(
        "effects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("copy_id", sa.Integer(), nullable=True),
        sa.Column("target_room", sa.String(), nullable=True),
        sa.Column("target_message", sa.String(), nullable=True),
        sa.Column("on_doubt", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("doubts", sa.Integer(), nullable=False),
        sa.Column("not_before", UtcTime(), nullable=False),
        sa.Column("stored_at", UtcTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effects")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("effects", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_effects_copy_id"), ["copy_id"], unique=False)
        batch_op.create_index(
            "ix_effects_due", ["platform", "state", "not_before", "id"], unique=False
        )
        batch_op.create_index("ix_effects_lane", ["lane", "state", "id"], unique=False)
        batch_op.create_index(
            "ix_effects_urgent",
            ["platform", "state", sa.literal_column("urgency DESC"), "id"],
            unique=False,
        )
        batch_op.create_index(
            "uq_effects_pending_show",
            ["copy_id"],
            unique=True,
            sqlite_where=sa.text("verb = 'show' AND state = 'queued'"),
            postgresql_where=sa.text("verb = 'show' AND state = 'queued'"),
        )

    op.create_table(
        "files",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
    )
    with op.batch_alter_table("files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_files_holder"), ["holder"], unique=False)

    op.create_table(
        "groups",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("reports_reach", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("controller", sa.String(), nullable=False),
        sa.Column("languages", sa.String(), nullable=False),
        sa.Column("by_chat", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_groups")),
    )
    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_groups_area"), ["area"], unique=False)

    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("update_id", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("key_owner", sa.String(), nullable=False),
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.Column("not_before", UtcTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("about", sa.String(), nullable=True),
        sa.Column("amendment", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_lane_state_id", ["lane", "state", "id"], unique=False)
        batch_op.create_index("ix_inbox_state_id", ["state", "id"], unique=False)
        batch_op.create_index(
            "ix_inbox_person_id",
            ["person_id"],
            unique=False,
            sqlite_where=sa.text("person_id IS NOT NULL"),
            postgresql_where=sa.text("person_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_inbox_about",
            ["about"],
            unique=False,
            sqlite_where=sa.text("about IS NOT NULL"),
            postgresql_where=sa.text("about IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_inbox_platform_update_id", ["platform", "update_id"], unique=True
        )

    op.create_table(
        "member_counts",
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("room", name=op.f("pk_member_counts")),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("feature", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("awaits", sa.String(), nullable=True),
        sa.Column("about", sa.String(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notes_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_notes_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "ix_notes_about",
            ["about"],
            unique=False,
            sqlite_where=sa.text("about IS NOT NULL"),
            postgresql_where=sa.text("about IS NOT NULL"),
        )
        batch_op.create_index("ix_notes_person_id_awaits", ["person_id", "awaits"], unique=False)

    op.create_table(
        "notices",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("happened_at", UtcTime(), nullable=True),
        sa.Column("published_at", UtcTime(), nullable=False),
        sa.Column("stored_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notices_stored_at"), ["stored_at"], unique=False)

    op.create_table(
        "organisations",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("areas", sa.String(), nullable=False),
        sa.Column("mail_domains", sa.String(), nullable=False),
        sa.Column("desk_rooms", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_organisations")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("language_source", sa.Integer(), nullable=False),
        sa.Column("shared_area", sa.String(), nullable=True),
        sa.Column("shared_until", UtcTime(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("erased_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    op.create_table(
        "relays",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("group_slug", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("origin_room", sa.String(), nullable=False),
        sa.Column("origin_message", sa.String(), nullable=False),
        sa.Column("reply_to", sa.String(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("had_media", sa.Boolean(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("sent_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relays")),
    )
    with op.batch_alter_table("relays", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relays_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_relays_sent_at"), ["sent_at"], unique=False)
        batch_op.create_index(
            "ix_relays_undelivered",
            ["id"],
            unique=False,
            sqlite_where=sa.text("content IS NOT NULL"),
            postgresql_where=sa.text("content IS NOT NULL"),
        )
        batch_op.create_index("uq_relays_origin", ["origin_room", "origin_message"], unique=True)

    op.create_table(
        "reports",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("group_slug", sa.String(), nullable=True),
        sa.Column("reach", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("origin_place", sa.String(), nullable=True),
        sa.Column("origin_message", sa.String(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("touched_at", UtcTime(), nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reports_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            "ix_reports_origin", ["origin_place", "origin_message"], unique=False
        )
        batch_op.create_index("ix_reports_state_touched_at", ["state", "touched_at"], unique=False)

    op.create_table(
        "web_accounts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("profile", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_accounts")),
        sa.UniqueConstraint("login", name=op.f("uq_web_accounts_login")),
    )
    op.create_table(
        "web_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("key_owner", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", UtcTime(), nullable=False),
        sa.Column("edited_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_messages")),
        sa.UniqueConstraint("key", name=op.f("uq_web_messages_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("web_messages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_messages_key_owner"), ["key_owner"], unique=False)
        batch_op.create_index(batch_op.f("ix_web_messages_room"), ["room"], unique=False)
        batch_op.create_index(batch_op.f("ix_web_messages_sent_at"), ["sent_at"], unique=False)

    op.create_table(
        "web_rooms",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_rooms")),
    )
    op.create_table(
        "web_updates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_owner", sa.String(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_updates")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "aliases",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("scope", "number", name=op.f("pk_aliases")),
    )
    with op.batch_alter_table("aliases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aliases_person_id"), ["person_id"], unique=False)

    op.create_table(
        "group_members",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("group_slug", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("person_id", "group_slug", name=op.f("pk_group_members")),
    )
    op.create_table(
        "consents",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("given_at", UtcTime(), nullable=False),
        sa.Column("withdrawn_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("person_id", "purpose", name=op.f("pk_consents")),
    )
    op.create_table(
        "copy_parts",
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("copy_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["copy_id"], ["copies.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("place", "message_id", name=op.f("pk_copy_parts")),
    )
    with op.batch_alter_table("copy_parts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_copy_parts_copy_id"), ["copy_id"], unique=False)

    op.create_table(
        "grants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("areas", sa.String(), nullable=False),
        sa.Column("granted_at", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
    )
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grants_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_grants_person_role_organisation",
            ["person_id", "role", "organisation"],
            unique=True,
        )

    op.create_table(
        "identities",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(), nullable=False),
        sa.Column("private_room", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_identities")),
    )
    with op.batch_alter_table("identities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identities_person_id"), ["person_id"], unique=False)

    op.create_table(
        "report_marks",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "mark", "person_id", name=op.f("pk_report_marks")),
    )
    with op.batch_alter_table("report_marks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_marks_person_id"), ["person_id"], unique=False)

    op.create_table(
        "report_updates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_updates")),
    )
    with op.batch_alter_table("report_updates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_report_updates_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_report_updates_report_id"), ["report_id"], unique=False
        )

    op.create_table(
        "rooms",
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("group_slug", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("by_chat", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_slug"],
            ["groups.slug"],
        ),
        sa.PrimaryKeyConstraint("room", name=op.f("pk_rooms")),
    )
    with op.batch_alter_table("rooms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rooms_group_slug"), ["group_slug"], unique=False)

    op.create_table(
        "link_codes",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("group_slug", sa.String(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_slug"],
            ["groups.slug"],
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_link_codes")),
    )

    op.create_table(
        "subscriptions",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("at_least", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("person_id", "area", name=op.f("pk_subscriptions")),
    )
    with op.batch_alter_table("subscriptions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_subscriptions_area_at_least", ["area", "at_least", "person_id"], unique=False
        )

    op.create_table(
        "web_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["web_accounts.id"],
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_members")),
    )
    with op.batch_alter_table("web_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_members_account"), ["account"], unique=False)
        batch_op.create_index(batch_op.f("ix_web_members_room"), ["room"], unique=False)

    op.create_table(
        "web_reactions",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("emoji", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["web_messages.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("message_id", "account", "emoji", name=op.f("pk_web_reactions")),
    )
