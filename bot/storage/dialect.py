"""All that SQLite and PostgreSQL say differently."""

from typing import TypeAlias

from sqlalchemy import ColumnElement, String, Table, cast, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncConnection

Insert: TypeAlias = sqlite.Insert | postgresql.Insert


def insert(connection: AsyncConnection, table: Table) -> Insert:
    """Return an INSERT that can say what to do when the row is there."""
    return insert_into(table, connection.dialect.name)


def insert_into(table: Table, dialect: str) -> Insert:
    """Return an INSERT that can say what to do when the row is there."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def random_token(dialect: str) -> ColumnElement[str]:
    """Return an expression that makes another random text for each row, at least 96 bits."""
    if dialect == "sqlite":
        return func.lower(func.hex(func.randomblob(12)))
    return func.replace(cast(func.gen_random_uuid(), String), "-", "")


def begin_writing(dialect: Dialect) -> str:
    """Return the statement that begins a transaction which will write."""
    return "BEGIN IMMEDIATE" if dialect.name == "sqlite" else "BEGIN"
