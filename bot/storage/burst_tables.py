"""Where it stands which lines are shown together."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from bot.storage.schema import METADATA, UtcTime

BURSTS = Table(
    "bursts",
    METADATA,
    Column("id", String, primary_key=True),
    Column("room", String, nullable=False),
    Column("group_slug", String, nullable=False),
    Column("kept_until", UtcTime, nullable=False),
)
BURST_LINES = Table(
    "burst_lines",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("burst_id", ForeignKey("bursts.id"), nullable=False, index=True),
    Column("relay_id", String, nullable=False, index=True),
    sqlite_autoincrement=True,
)
