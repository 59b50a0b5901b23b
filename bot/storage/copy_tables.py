"""Where the bot's messages stand, and the queue of what shall be done to them."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from bot.domain.copies import Pin
from bot.domain.messages import RoomRef
from bot.storage.schema import METADATA, UtcTime

STUCK = "stuck"
"""How it is stored that a copy hangs and the bot may not take it down; to others it is REFUSED."""
COPIES = Table(
    "copies",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("subject_kind", String, nullable=False),
    Column("subject_id", String, nullable=False),
    Column("platform", String, nullable=False),
    Column("lane", String, nullable=False),
    Column("room", String),
    Column("identity", String),
    Column("person_id", String),
    Column("state", String, nullable=False),
    Column("secret", String, nullable=False),
    Column("message_ids", String, nullable=False, default="[]"),
    Column("fingerprint", String),
    Column("answers_message", String),
    Column("answers_copy", ForeignKey("copies.id", ondelete="SET NULL")),
    Column("created_at", UtcTime, nullable=False),
    Column("pin", String, nullable=False, server_default=Pin.LOOSE.value),
    Index("ix_copies_person_subject", "person_id", "subject_kind", "subject_id"),
    Index("uq_copies_subject_lane", "subject_kind", "subject_id", "lane", unique=True),
    sqlite_autoincrement=True,
)
Index(
    "ix_copies_answers_copy",
    COPIES.c.answers_copy,
    sqlite_where=COPIES.c.answers_copy.is_not(None),
    postgresql_where=COPIES.c.answers_copy.is_not(None),
)
COPY_PARTS = Table(
    "copy_parts",
    METADATA,
    Column("place", String, primary_key=True),
    Column("message_id", String, primary_key=True),
    Column("copy_id", ForeignKey("copies.id", ondelete="CASCADE"), nullable=False, index=True),
)
EFFECTS = Table(
    "effects",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("verb", String, nullable=False),
    Column("platform", String, nullable=False),
    Column("lane", String, nullable=False),
    Column("urgency", Integer, nullable=False),
    Column("copy_id", Integer, index=True),
    Column("target_room", String),
    Column("target_message", String),
    Column("on_doubt", String, nullable=False),
    Column("state", String, nullable=False),
    Column("version", Integer, nullable=False, default=0),
    Column("attempts", Integer, nullable=False, default=0),
    Column("doubts", Integer, nullable=False, default=0),
    Column("not_before", UtcTime, nullable=False),
    Column("stored_at", UtcTime, nullable=False),
    Column("reason", String, nullable=False, default=""),
    Index("ix_effects_lane", "lane", "state", "id"),
    Index("ix_effects_due", "platform", "state", "not_before", "id"),
    sqlite_autoincrement=True,
)
# In the order of claiming, so that the first few are found without looking at the rest.
Index(
    "ix_effects_urgent",
    EFFECTS.c.platform,
    EFFECTS.c.state,
    EFFECTS.c.urgency.desc(),
    EFFECTS.c.id,
)
PENDING_SHOW = (EFFECTS.c.verb == "show") & (EFFECTS.c.state == "queued")
Index(
    "uq_effects_pending_show",
    EFFECTS.c.copy_id,
    unique=True,
    sqlite_where=PENDING_SHOW,
    postgresql_where=PENDING_SHOW,
)


def room_lane(room: RoomRef) -> str:
    """Return the lane of a room."""
    return f"room:{room}"


def person_lane(identity: str) -> str:
    """Return the lane of an account's private chat; it tells nothing of the account."""
    return f"person:{identity}"
