"""A connection in a transaction, with the vault: what every repository works on."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Executable, Row
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import CompoundSelect, Select
from sqlalchemy.sql.dml import ReturningInsert

from bot.storage.vault import Owner, Vault

Values = Mapping[str, object]


class Session:
    """Runs statements of one transaction.

    What runs for every message is built once, as a module's constant with named parameters:
    building a statement costs more than SQLite takes to execute it.
    """

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self.connection = connection
        self.vault = vault
        self.dialect = connection.dialect.name
        self.doomed: list[Owner] = []
        """Keys to be destroyed once it is on disk that nothing of theirs is left."""

    async def all(
        self, query: Select[Any] | CompoundSelect[Any], /, **parameters: object
    ) -> Sequence[Row[Any]]:
        """Return all rows."""
        rows: Sequence[Row[Any]] = (await self.connection.execute(query, parameters)).all()
        return rows

    async def first(
        self, query: Select[Any] | ReturningInsert[Any], /, **parameters: object
    ) -> Row[Any] | None:
        """Return the first row, None if there is none; the query says if there may be more."""
        row: Row[Any] | None = (await self.connection.execute(query, parameters)).first()
        return row

    async def run(
        self, statement: Executable, rows: Sequence[Values] | None = None, /, **parameters: object
    ) -> int:
        """Change rows; return how many were changed."""
        if rows is None:
            result = await self.connection.execute(statement, parameters)
        elif rows:
            result = await self.connection.execute(statement, [dict(row) for row in rows])
        else:
            return 0
        return int(getattr(result, "rowcount", 0))
