"""A connection in a transaction, with the vault: what every repository works on."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Executable, Row
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import CompoundSelect, Select

from bot.storage.vault import Owner, Vault

Values = Mapping[str, object]


class Session:
    """Runs statements of one transaction."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self.connection = connection
        self.vault = vault
        self.doomed: list[Owner] = []
        """Keys to be destroyed once it is on disk that nothing of theirs is left."""

    async def all(self, query: Select[Any] | CompoundSelect[Any]) -> Sequence[Row[Any]]:
        """Return all rows."""
        rows: Sequence[Row[Any]] = (await self.connection.execute(query)).all()
        return rows

    async def first(self, query: Select[Any]) -> Row[Any] | None:
        """Return the first row, None if there is none."""
        row: Row[Any] | None = (await self.connection.execute(query.limit(1))).first()
        return row

    async def run(self, statement: Executable, rows: Sequence[Values] | None = None) -> int:
        """Change rows; return how many were changed."""
        if rows is not None and not rows:
            return 0
        parameters = [dict(row) for row in rows] if rows is not None else None
        result = await self.connection.execute(statement, parameters)
        return int(getattr(result, "rowcount", 0))
