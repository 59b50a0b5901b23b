"""From where platforms go on telling what happens."""

from functools import cache

from sqlalchemy import Column, String, Table, bindparam, select

from bot.storage.dialect import Insert, insert_into
from bot.storage.schema import METADATA
from bot.storage.session import Session

POSITIONS = Table(
    "positions",
    METADATA,
    Column("source", String, primary_key=True),
    Column("position", String, nullable=False),
)

_GET = select(POSITIONS.c.position).where(POSITIONS.c.source == bindparam("source"))


class PositionRows:
    """Positions in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(self, source: str) -> str | None:
        """Return from where a source goes on, None if it has never told anything."""
        row = await self._session.first(_GET, source=source)
        return str(row.position) if row else None

    async def put(self, source: str, position: str) -> None:
        """Note from where it goes on."""
        put = _put_into(self._session.dialect)
        await self._session.run(put, source=source, position=position)


@cache
def _put_into(dialect: str) -> Insert:
    added = insert_into(POSITIONS, dialect)
    return added.on_conflict_do_update(
        index_elements=["source"], set_={"position": added.excluded.position}
    )
