"""Alerts to those whom something concerns, stored in one go."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.schema import CreateTable

from bot.domain.alerting import LIMIT_OVER
from bot.domain.copies import Subject
from bot.domain.groups import GroupId
from bot.domain.reports import Priority
from bot.domain.routing import Spread
from bot.storage.alert_plan import HEARERS, RELEASE, copies_at_once, gather, hold, note_recent
from bot.storage.session import Session
from bot.storage.subscriptions import reached_by


async def plan(
    session: Session,
    subject: Subject,
    spread: Spread,
    *,
    seen_in: Collection[GroupId],
    now: datetime,
) -> int:
    """Make copies for those who hear of it at once and hold it back from the rest.

    Returns:
        How many copies were made.
    """
    parameters: dict[str, object] = {
        **reached_by(spread),
        "of_kind": subject.kind.value,
        "of_id": subject.id,
        "groups": list(seen_in),
        "now": now,
        "hour_ago": now - LIMIT_OVER,
    }
    dialect = session.dialect
    await session.run(CreateTable(HEARERS, if_not_exists=True))
    await session.run(delete(HEARERS))
    if not await session.run(gather(dialect), **parameters):
        return 0
    if spread.priority is Priority.RED:
        await session.run(RELEASE, **parameters)
    await session.run(hold(dialect), **parameters)
    made = await session.run(copies_at_once(dialect), **parameters)
    if made and spread.priority is not Priority.RED:
        await session.run(note_recent(dialect), **parameters)
    return made
