"""Queueing effects so that those who perform them hear of it."""

from functools import cache
from typing import Any

from sqlalchemy import Insert
from sqlalchemy.sql.dml import ReturningInsert

from bot.domain.messages import Platform
from bot.storage.copy_tables import EFFECTS
from bot.storage.session import Session


async def queue(session: Session, statement: Insert, /, **parameters: object) -> int:
    """Store effects; return how many.

    Args:
        session: The transaction; their platforms are told when it is on disk.
        statement: Inserts the effects, or makes those that wait more urgent.
        parameters: Its values.
    """
    rows = await session.all(_with_platforms(statement), **parameters)
    session.stored |= {Platform(row.platform) for row in rows}
    return len(rows)


@cache
def _with_platforms(statement: Insert) -> ReturningInsert[Any]:
    return statement.returning(EFFECTS.c.platform)
