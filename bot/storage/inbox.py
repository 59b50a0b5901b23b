"""Updates that were taken and are not yet handled, and marks of those that were."""

import base64
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)

from bot.domain.incoming import RawUpdate
from bot.domain.messages import Platform
from bot.domain.people import PersonId
from bot.domain.retention import LIFETIMES, DataClass
from bot.ports.inbox import InboxEntry, InboxId
from bot.storage.dialect import Insert, insert_into
from bot.storage.schema import METADATA, UtcTime
from bot.storage.session import Session
from bot.storage.vault import Owner, transit_key

INBOX = Table(
    "inbox",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("platform", String, nullable=False),
    Column("update_id", String, nullable=False),
    Column("lane", String, nullable=False),
    Column("state", String, nullable=False),
    Column("payload", LargeBinary),
    Column("key_owner", String, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("not_before", UtcTime, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("person_id", String),
    Column("reason", String, nullable=False, default=""),
    Index("uq_inbox_platform_update_id", "platform", "update_id", unique=True),
    Index("ix_inbox_state_id", "state", "id"),
    Index("ix_inbox_lane_state_id", "lane", "state", "id"),
    sqlite_autoincrement=True,
)

WAITING, HELD, DONE, DEAD = "waiting", "held", "done", "dead"
_FIELD = "inbox.payload"
_FIRST_OF_LANES = (
    select(func.min(INBOX.c.id).label("id"))
    .where(INBOX.c.state == WAITING, INBOX.c.lane.not_in(bindparam("busy", expanding=True)))
    .group_by(INBOX.c.platform, INBOX.c.lane)
    .subquery()
)
_HEADS = (
    select(INBOX)
    .join(_FIRST_OF_LANES, _FIRST_OF_LANES.c.id == INBOX.c.id)
    .where(INBOX.c.not_before <= bindparam("now", type_=UtcTime))
    .order_by(INBOX.c.id)
    .limit(bindparam("limit"))
)
_NEXT_DUE = select(func.min(INBOX.c.not_before).label("at")).where(
    INBOX.c.state == WAITING, INBOX.c.not_before > bindparam("now", type_=UtcTime)
)
_DONE = update(INBOX).where(INBOX.c.id == bindparam("entry")).values(state=DONE, payload=None)


@cache
def _put(dialect: str) -> Insert:
    unseen = insert_into(INBOX, dialect)
    return unseen.on_conflict_do_nothing(index_elements=["platform", "update_id"])


class InboxRows:
    """The inbox in the database."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now

    async def put(self, raw: RawUpdate, now: datetime) -> bool:
        """Keep an update; False if it was seen in the last 48 hours."""
        owner = transit_key(now)
        text = base64.b64encode(raw.payload).decode()
        sealed = await self._session.vault.seal(owner, text, field=_FIELD)
        row = {
            "platform": raw.platform.value,
            "update_id": raw.update_id,
            # A private chat's lane is called after the account.
            "lane": f"{raw.platform}:{self._session.vault.digest(raw.lane)}",
            "state": WAITING,
            "payload": sealed,
            "key_owner": owner,
            "received_at": now,
            "not_before": now,
            "attempts": 0,
            "reason": "",
        }
        return await self._session.run(_put(self._session.dialect), [row]) > 0

    async def waiting(
        self, now: datetime, *, limit: int, busy: Collection[str]
    ) -> Sequence[InboxEntry]:
        """Return the head of each lane that is neither busy nor resting, oldest first."""
        rows = await self._session.all(_HEADS, now=now, limit=limit, busy=list(busy))
        return [await self._entry(row) for row in rows]

    async def next_due(self) -> datetime | None:
        """Return when the next update comes due, None if all that waits is due already."""
        row = await self._session.first(_NEXT_DUE, now=self._now)
        return row.at if row else None

    async def done(self, entry: InboxId) -> None:
        """Forget what an update held; remember that it was seen."""
        await self._session.run(_DONE, entry=entry)

    async def hold(self, entry: InboxId, person: PersonId, until: datetime) -> None:
        """Keep an update aside until its sender has answered a question."""
        await self._change(entry, state=HELD, person_id=person, not_before=until)

    async def release(self, person: PersonId) -> int:
        """Put what was held for a person back in its lane; return how many."""
        return await self._session.run(
            update(INBOX)
            .where(INBOX.c.state == HELD, INBOX.c.person_id == person)
            .values(state=WAITING, person_id=None, not_before=INBOX.c.received_at)
        )

    async def drop(self, person: PersonId) -> int:
        """Forget what was held for a person; return how many."""
        return await self._session.run(
            update(INBOX)
            .where(INBOX.c.state == HELD, INBOX.c.person_id == person)
            .values(state=DONE, payload=None, person_id=None)
        )

    async def postpone(self, entry: InboxId, until: datetime) -> None:
        """Try again later; the lane waits."""
        await self._session.run(
            update(INBOX)
            .where(INBOX.c.id == entry)
            .values(not_before=until, attempts=INBOX.c.attempts + 1)
        )

    async def bury(self, entry: InboxId, reason: str) -> None:
        """Make a dead letter of it; the lane goes on."""
        await self._change(entry, state=DEAD, reason=reason)

    async def forget_old(self, now: datetime) -> int:
        """Drop seen marks past their lifetime and held updates past their time."""
        before = now - LIFETIMES[DataClass.UPDATE_SEEN]
        return await self._session.run(
            delete(INBOX).where(
                or_(
                    and_(INBOX.c.state == DONE, INBOX.c.received_at < before),
                    and_(INBOX.c.state == HELD, INBOX.c.not_before < now),
                )
            )
        )

    async def depth(self) -> int:
        """Count the updates that wait."""
        row = await self._session.first(
            select(func.count().label("waiting"))
            .select_from(INBOX)
            .where(INBOX.c.state == WAITING)
        )
        return int(row.waiting) if row else 0

    async def keys_in_use(self) -> frozenset[str]:
        """Return the owners of the keys that updates are still sealed with."""
        rows = await self._session.all(
            select(INBOX.c.key_owner).distinct().where(INBOX.c.payload.is_not(None))
        )
        return frozenset(row.key_owner for row in rows)

    async def _change(self, entry: InboxId, **columns: object) -> None:
        await self._session.run(update(INBOX).where(INBOX.c.id == entry).values(**columns))

    async def _entry(self, row: Row[Any]) -> InboxEntry:
        text = await self._session.vault.unseal(Owner(row.key_owner), row.payload, field=_FIELD)
        return InboxEntry(
            id=InboxId(row.id),
            update=RawUpdate(
                platform=Platform(row.platform),
                update_id=row.update_id,
                lane=row.lane,
                payload=base64.b64decode(text) if isinstance(text, str) else b"",
            ),
            attempts=row.attempts,
        )
