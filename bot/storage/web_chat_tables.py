"""The chat in the browser: its accounts, rooms and messages."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
)

from bot.storage.schema import METADATA, UtcTime

WEB_ACCOUNTS = Table(
    "web_accounts",
    METADATA,
    Column("id", String, primary_key=True),
    Column("login", String, nullable=False, unique=True),
    Column("profile", LargeBinary, nullable=False),
)
WEB_ROOMS = Table(
    "web_rooms",
    METADATA,
    Column("id", String, primary_key=True),
    Column("title", String, nullable=False),
)
WEB_MEMBERS = Table(
    "web_members",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("room", String, nullable=False, index=True),
    Column("account", ForeignKey("web_accounts.id"), nullable=False, index=True),
)
WEB_MESSAGES = Table(
    "web_messages",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("room", String, nullable=False, index=True),
    Column("author", String),
    Column("key", String, unique=True),
    Column("key_owner", String, nullable=False, index=True),
    Column("content", LargeBinary, nullable=False),
    Column("sent_at", UtcTime, nullable=False, index=True),
    Column("edited_at", UtcTime),
    sqlite_autoincrement=True,
)
WEB_REACTIONS = Table(
    "web_reactions",
    METADATA,
    Column("message_id", ForeignKey("web_messages.id", ondelete="CASCADE"), primary_key=True),
    Column("account", String, primary_key=True),
    Column("emoji", String, primary_key=True),
)
WEB_UPDATES = Table(
    "web_updates",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("key_owner", String, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)
