"""Effects: what shall be done to copies, stored in the same transaction as the reason for it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Index,
    Integer,
    Select,
    String,
    Table,
    and_,
    case,
    delete,
    exists,
    literal,
    select,
    update,
)

from bot.domain.copies import CopyState
from bot.domain.effects import EffectState, OnDoubt, Urgency, Verb
from bot.domain.messages import MessageRef
from bot.storage.dialect import insert
from bot.storage.schema import METADATA, UtcTime
from bot.storage.session import Session

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
    Index("ix_effects_urgent", "platform", "state", "urgency", "id"),
    Index("ix_effects_lane", "lane", "state", "id"),
    sqlite_autoincrement=True,
)
Index(
    "uq_effects_pending_show",
    EFFECTS.c.copy_id,
    unique=True,
    sqlite_where=(EFFECTS.c.verb == "show") & (EFFECTS.c.state == "queued"),
    postgresql_where=(EFFECTS.c.verb == "show") & (EFFECTS.c.state == "queued"),
)
_PENDING_SHOW = (EFFECTS.c.verb == "show") & (EFFECTS.c.state == "queued")
_COLUMNS = [
    "verb", "platform", "lane", "urgency", "copy_id", "on_doubt", "state", "version",
    "attempts", "doubts", "not_before", "stored_at", "reason",
]  # fmt: skip


class EffectRows:
    """Effects in the database, as they are stored."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now

    async def show_waiting(
        self,
        copies: Select[Any],
        *,
        urgency: Urgency,
        on_doubt: OnDoubt,
        after: timedelta = timedelta(0),
    ) -> int:
        """Queue the first showing of those copies that have none queued; return how many."""
        found = copies.subquery()
        pending = exists().where(EFFECTS.c.copy_id == found.c.id)
        new = self._rows(found, Verb.SHOW, urgency, on_doubt, after).where(
            found.c.state == CopyState.WAITING.value, ~pending
        )
        return await self._session.run(
            insert(self._session.connection, EFFECTS).from_select(_COLUMNS, new)
        )

    async def show_again(self, copies: Select[Any], *, urgency: Urgency, after: timedelta) -> None:
        """Queue another showing; one that is queued already becomes as urgent as this one."""
        found = copies.subquery()
        rows = self._rows(found, Verb.SHOW, urgency, OnDoubt.REPEAT, after)
        # SQLite can't tell SELECT ... ON CONFLICT from a join's ON without a WHERE between them.
        rows = rows.where(found.c.id.is_not(None))
        queue = insert(self._session.connection, EFFECTS).from_select(_COLUMNS, rows)
        new = queue.excluded
        await self._session.run(
            queue.on_conflict_do_update(
                index_elements=["copy_id"],
                index_where=_PENDING_SHOW,
                set_={
                    "urgency": _larger(EFFECTS.c.urgency, new.urgency),
                    "not_before": _smaller(EFFECTS.c.not_before, new.not_before),
                    "version": EFFECTS.c.version + 1,
                },
            )
        )

    async def remove(self, copies: Select[Any]) -> int:
        """Queue the removal of copies and drop what else was queued for them.

        A send of which nobody knows whether it arrived stays, or is tried again if it was given
        up: it finds the message to remove.
        """
        found = copies.subquery()
        never_seen = select(found.c.id).where(found.c.state == CopyState.FAILED.value)
        in_doubt = and_(EFFECTS.c.verb == Verb.SHOW.value, EFFECTS.c.doubts > 0)
        await self._session.run(
            delete(EFFECTS).where(
                EFFECTS.c.copy_id.in_(select(found.c.id)),
                EFFECTS.c.state == EffectState.QUEUED.value,
                ~in_doubt,
            )
        )
        await self._session.run(
            update(EFFECTS)
            .where(
                EFFECTS.c.copy_id.in_(never_seen),
                EFFECTS.c.state == EffectState.GIVEN_UP.value,
                in_doubt,
            )
            .values(state=EffectState.QUEUED.value, attempts=0, not_before=self._now)
        )
        rows = self._rows(found, Verb.REMOVE, Urgency.ANSWER, OnDoubt.REPEAT, timedelta(0))
        return await self._session.run(
            insert(self._session.connection, EFFECTS).from_select(_COLUMNS, rows)
        )

    async def redact(self, target: MessageRef, *, lane: str) -> None:
        """Queue the removal of somebody else's line."""
        await self._session.run(
            insert(self._session.connection, EFFECTS).values(
                verb=Verb.REDACT.value,
                platform=target.room.platform.value,
                lane=lane,
                urgency=int(Urgency.ANSWER),
                target_room=str(target.room),
                target_message=target.message_id,
                on_doubt=OnDoubt.REPEAT.value,
                state=EffectState.QUEUED.value,
                not_before=self._now,
                stored_at=self._now,
            )
        )

    def _rows(
        self,
        copies: Any,  # noqa: ANN401 - SQLAlchemy types a subquery's columns so
        verb: Verb,
        urgency: Urgency,
        on_doubt: OnDoubt,
        after: timedelta,
    ) -> Select[Any]:
        return select(
            literal(verb.value),
            copies.c.platform,
            copies.c.lane,
            literal(int(urgency)),
            copies.c.id,
            literal(on_doubt.value),
            literal(EffectState.QUEUED.value),
            literal(0),
            literal(0),
            literal(0),
            literal(self._now + after, UtcTime),
            literal(self._now, UtcTime),
            literal(""),
        ).order_by(copies.c.id)


def _larger(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((one >= other, one), else_=other)


def _smaller(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((one <= other, one), else_=other)
