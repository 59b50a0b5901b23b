"""A connection in a transaction, with the vault: what every repository works on."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import CompoundSelect, Select
from sqlalchemy.sql.dml import ReturningInsert

from bot.ports.bells import Work
from bot.storage.one_hop import Finished
from bot.storage.prepared import Preparations, Prepared, Statement, Values
from bot.storage.sqlite import driver_of
from bot.storage.vault import Owner, Vault


class Session:
    """Runs statements of one transaction.

    What runs for every message is built once, as a module's constant with named parameters:
    building a statement costs more than SQLite takes to execute it.
    """

    def __init__(
        self, connection: AsyncConnection, vault: Vault, preparations: Preparations
    ) -> None:
        self.connection = connection
        self.vault = vault
        self.dialect = connection.dialect.name
        self.doomed: list[Owner] = []
        """Keys to be destroyed once it is on disk that nothing of theirs is left."""
        self.stored: set[Work] = set()
        """Of what more was stored: who waits for it is woken once it is on disk."""
        self._preparations = preparations
        self._driver = driver_of(connection)

    async def all(
        self,
        query: Select[Any] | CompoundSelect[Any] | ReturningInsert[Any],
        /,
        **parameters: object,
    ) -> Sequence[Row[Any]]:
        """Return all rows."""
        prepared = self._preparations.of(query, parameters)
        if prepared is not None:
            return prepared.rows_of(await self._finish(prepared, parameters))
        rows: Sequence[Row[Any]] = (await self.connection.execute(query, parameters)).all()
        return rows

    async def first(
        self, query: Select[Any] | ReturningInsert[Any], /, **parameters: object
    ) -> Row[Any] | None:
        """Return the first row, None if there is none; the query says if there may be more."""
        prepared = self._preparations.of(query, parameters)
        if prepared is not None:
            return next(iter(prepared.rows_of(await self._finish(prepared, parameters))), None)
        row: Row[Any] | None = (await self.connection.execute(query, parameters)).first()
        return row

    async def run(
        self, statement: Statement, rows: Sequence[Values] | None = None, /, **parameters: object
    ) -> int:
        """Change rows; return how many were changed."""
        if rows is None:
            return await self._change(statement, parameters)
        match rows:
            case []:
                return 0
            case [row]:
                return await self._change(statement, row)
            case _:
                result = await self.connection.execute(statement, [dict(row) for row in rows])
                return int(getattr(result, "rowcount", 0))

    async def _change(self, statement: Statement, given: Values) -> int:
        prepared = self._preparations.of(statement, given)
        if prepared is not None:
            return (await self._finish(prepared, given)).rowcount
        result = await self.connection.execute(statement, dict(given))
        return int(getattr(result, "rowcount", 0))

    async def _finish(self, prepared: Prepared, given: Values) -> Finished:
        return await self._driver.statement(*prepared.filled(given))
