"""Updates that were taken and are not yet handled, and marks of those that were."""

import base64
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    bindparam,
    case,
    delete,
    func,
    or_,
    select,
    update,
)

from bot.domain.consent import Purpose
from bot.domain.effects import AT_ONCE
from bot.domain.incoming import RawUpdate
from bot.domain.messages import MessageRef, Platform
from bot.domain.people import PersonId
from bot.domain.retention import Lifetimes
from bot.domain.richtext_json import Json
from bot.ports.inbox import InboxEntry, InboxId, Waiting
from bot.storage.dialect import Insert, insert_into
from bot.storage.inbox_tables import INBOX
from bot.storage.schema import UtcTime
from bot.storage.session import Session
from bot.storage.vault import TRANSIT, Owner, transit_key

BUNDLE_PAUSE = timedelta(seconds=1)
"""So long an update that is part of a message waits for the part after it."""
BUNDLE_WITHIN = timedelta(seconds=5)
"""So long after it came it waits no longer, however many follow."""
WAITING, HELD, DONE, DEAD = "waiting", "held", "done", "dead"
_FIELD = "inbox.payload"
_AMENDMENT = "inbox.amendment"
_EMPTY = {"payload": None, "amendment": None, "person_id": None, "about": None, "bundle": None}
_NEXT = INBOX.alias()
_FIRST_LANE = select(func.min(INBOX.c.lane).label("lane")).where(INBOX.c.state == WAITING)
_LANES = _FIRST_LANE.cte("lanes", recursive=True)
# From lane to lane, for what waits in one may be thousands.
_LANES = _LANES.union_all(
    select(
        select(func.min(_NEXT.c.lane))
        .where(_NEXT.c.state == WAITING, _NEXT.c.lane > _LANES.c.lane)
        .scalar_subquery()
    ).where(_LANES.c.lane.is_not(None))
)
_FIRST_OF_LANES = (
    select(
        select(func.min(_NEXT.c.id))
        .where(_NEXT.c.state == WAITING, _NEXT.c.lane == _LANES.c.lane)
        .scalar_subquery()
        .label("id")
    )
    .where(_LANES.c.lane.is_not(None), _LANES.c.lane.not_in(bindparam("busy", expanding=True)))
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
_BUNDLED = (
    select(INBOX)
    .where(INBOX.c.bundle.in_(bindparam("bundles", expanding=True)), INBOX.c.state == WAITING)
    .order_by(INBOX.c.id)
)
_WAIT_FOR_MORE = (
    update(INBOX)
    .where(INBOX.c.bundle == bindparam("of_bundle"), INBOX.c.state == WAITING)
    .where(INBOX.c.attempts == 0, INBOX.c.received_at > bindparam("begun", type_=UtcTime))
    .values(not_before=bindparam("until", type_=UtcTime))
)
_KEYS_IN_USE = (
    select(INBOX.c.key_owner)
    .distinct()
    .where(INBOX.c.payload.is_not(None), INBOX.c.key_owner.in_(bindparam("days", expanding=True)))
)
_DUE_SINCE = select(
    func.min(
        case(
            (INBOX.c.not_before > INBOX.c.received_at, INBOX.c.not_before),
            else_=INBOX.c.received_at,
        )
    ).label("at")
).where(INBOX.c.state == WAITING, INBOX.c.not_before <= bindparam("now", type_=UtcTime))
_UNHANDLED = (
    select(INBOX)
    .where(INBOX.c.state == WAITING, INBOX.c.id > bindparam("last"))
    .order_by(INBOX.c.id)
    .limit(bindparam("limit"))
)
_DONE = (
    update(INBOX)
    .where(INBOX.c.id == bindparam("entry"), INBOX.c.state == WAITING)
    .values(state=DONE, **_EMPTY)
)


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
        payload = base64.b64encode(raw.payload).decode()
        sealed = await self._session.vault.seal(owner, payload, field=_FIELD)
        row = {
            "platform": raw.platform.value,
            "update_id": raw.update_id,
            # A private chat's lane is called after the account.
            "lane": f"{raw.platform}:{self._session.vault.digest(raw.lane)}",
            "state": WAITING,
            "payload": sealed,
            "key_owner": owner,
            "received_at": now,
            "not_before": now + BUNDLE_PAUSE if raw.bundle else AT_ONCE,
            "attempts": 0,
            "bundle": self._session.vault.digest(f"{raw.lane} {raw.bundle}")
            if raw.bundle
            else None,
            "reason": "",
        }
        is_new = await self._session.run(_put(self._session.dialect), [row]) > 0
        if is_new and raw.bundle:
            await self._wait_for_more(row["bundle"], now)
        return is_new

    async def waiting(
        self, now: datetime, *, limit: int, busy: Collection[str]
    ) -> Sequence[InboxEntry]:
        """Return the head of each lane that is neither busy nor resting, oldest first."""
        rows = await self._session.all(_HEADS, now=now, limit=limit, busy=list(busy))
        return await self._with_parts([await self._entry(row) for row in rows], rows)

    async def next_due(self) -> datetime | None:
        """Return when the next update comes due, None if all that waits is due already."""
        row = await self._session.first(_NEXT_DUE, now=self._now)
        return row.at if row else None

    async def unhandled_after(self, last: InboxId, *, limit: int) -> Sequence[InboxEntry]:
        """Return the next updates that wait to be handled, oldest first."""
        rows = await self._session.all(_UNHANDLED, last=last, limit=limit)
        return [await self._entry(row) for row in rows]

    async def due_since(self) -> datetime | None:
        """Return since when the oldest update could have been handled; None if none waits."""
        row = await self._session.first(_DUE_SINCE, now=self._now)
        return row.at if row else None

    async def done(self, entry: InboxId) -> bool:
        """Forget what an update held, not that it was seen; False if it waits no more."""
        return await self._session.run(_DONE, entry=entry) > 0

    async def hold(self, entry: InboxId, waiting: Waiting) -> bool:
        """Keep an update aside until its sender has answered; False if it waits no more."""
        held = await self._session.run(
            update(INBOX)
            .where(INBOX.c.id == entry, INBOX.c.state == WAITING)
            .values(
                state=HELD,
                person_id=waiting.person,
                purpose=waiting.purpose.value,
                about=self._digest(waiting.about),
                not_before=waiting.until,
            )
        )
        return held > 0

    async def release(self, person: PersonId, purpose: Purpose) -> int:
        """Put what waits for a consent back in its lane, unless too old; return how many."""
        return await self._session.run(
            update(INBOX)
            .where(*_held_for(person, purpose), INBOX.c.not_before > self._now)
            .values(state=WAITING, person_id=None, about=None, not_before=self._now)
        )

    async def drop(self, person: PersonId, purpose: Purpose) -> int:
        """Forget what waits for a consent; return how many."""
        return await self._forget(*_held_for(person, purpose))

    async def drop_held(self, about: MessageRef) -> int:
        """Forget what is held and tells of a message; return how many."""
        return await self._forget(INBOX.c.state == HELD, INBOX.c.about == self._digest(about))

    async def amend(self, about: MessageRef, by: PersonId, edit: bytes) -> int:
        """Keep with a person's held update what has become of its message; return how many."""
        held = await self._session.all(
            select(INBOX.c.id, INBOX.c.key_owner).where(
                INBOX.c.state == HELD,
                INBOX.c.person_id == by,
                INBOX.c.about == self._digest(about),
            )
        )
        for row in held:
            sealed = await self._session.vault.seal(
                Owner(row.key_owner), base64.b64encode(edit).decode(), field=_AMENDMENT
            )
            await self._change(InboxId(row.id), amendment=sealed)
        return len(held)

    async def is_held(self, about: MessageRef) -> bool:
        """Whether an update is held that tells of a message."""
        held = select(INBOX.c.id).where(
            INBOX.c.state == HELD, INBOX.c.about == self._digest(about)
        )
        return await self._session.first(held) is not None

    async def of_person(self, person: PersonId) -> Sequence[InboxEntry]:
        """Return what is held for a person, or could not be handled."""
        rows = await self._session.all(
            select(INBOX).where(INBOX.c.person_id == person).order_by(INBOX.c.id)
        )
        return [await self._entry(row) for row in rows]

    async def erase(self, person: PersonId) -> int:
        """Forget all that is known to be a person's; return how many."""
        return await self._forget(INBOX.c.person_id == person)

    async def postpone(self, entry: InboxId, until: datetime) -> None:
        """Try again later; the lane waits."""
        await self._session.run(
            update(INBOX)
            .where(INBOX.c.id == entry)
            .values(not_before=until, attempts=INBOX.c.attempts + 1)
        )

    async def put_off(self, entry: InboxId, until: datetime) -> None:
        """Try later, as `postpone` does, what has not been tried: it counts as no attempt."""
        await self._change(entry, not_before=until)

    async def bury(self, entry: InboxId, reason: str) -> None:
        """Make a dead letter of it; the lane goes on."""
        await self._change(entry, state=DEAD, reason=reason)

    async def drop_buried(self, about: MessageRef) -> bool:
        """Forget a dead letter that is numbered as its message; False if there is none."""
        dropped = await self._forget(
            INBOX.c.state == DEAD,
            INBOX.c.platform == about.room.platform.value,
            INBOX.c.update_id == about.message_id,
        )
        return dropped > 0

    async def attribute(self, entry: InboxId, person: PersonId) -> None:
        """Note whose a dead letter is, so that it is erased with its sender."""
        await self._change(entry, person_id=person)

    async def forget_old(self, kept: Lifetimes, now: datetime) -> int:
        """Drop seen marks and dead letters past their lifetimes, held updates past their time."""
        seen = now - kept.update_seen
        dead = now - kept.dead_letter
        return await self._session.run(
            delete(INBOX).where(
                or_(
                    and_(INBOX.c.state == DONE, INBOX.c.received_at < seen),
                    and_(INBOX.c.state == DEAD, INBOX.c.received_at < dead),
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

    async def keys_in_use(self, among: Collection[str]) -> frozenset[str]:
        """Return those of some keys' owners that updates are still sealed with."""
        days = [owner for owner in among if owner.startswith(TRANSIT)]
        if not days:
            return frozenset()
        rows = await self._session.all(_KEYS_IN_USE, days=days)
        return frozenset(row.key_owner for row in rows)

    async def _wait_for_more(self, bundle: object, now: datetime) -> None:
        """Let the parts that are there wait for those that follow, but not for ever."""
        await self._session.run(
            _WAIT_FOR_MORE, of_bundle=bundle, until=now + BUNDLE_PAUSE, begun=now - BUNDLE_WITHIN
        )

    async def _with_parts(
        self, entries: Sequence[InboxEntry], rows: Sequence[Row[Any]]
    ) -> Sequence[InboxEntry]:
        """Give each entry the other parts of its message that are there."""
        bundles = [row.bundle for row in rows if row.bundle is not None]
        if not bundles:
            return entries
        parts = await self._session.all(_BUNDLED, bundles=bundles)
        return [
            replace(
                entry,
                parts=tuple(
                    [
                        await self._entry(part)
                        for part in parts
                        if part.bundle == row.bundle and part.id != entry.id
                    ]
                ),
            )
            for entry, row in zip(entries, rows, strict=True)
        ]

    async def _forget(self, *which: ColumnElement[bool]) -> int:
        return await self._session.run(update(INBOX).where(*which).values(state=DONE, **_EMPTY))

    def _digest(self, message: MessageRef) -> str:
        return self._session.vault.digest(f"{message.room} {message.message_id}")

    async def _change(self, entry: InboxId, **columns: object) -> None:
        await self._session.run(update(INBOX).where(INBOX.c.id == entry).values(**columns))

    async def _entry(self, row: Row[Any]) -> InboxEntry:
        vault, owner = self._session.vault, Owner(row.key_owner)
        payload = _bytes(await vault.unseal(owner, row.payload, field=_FIELD))
        amendment = _bytes(await vault.unseal(owner, row.amendment, field=_AMENDMENT))
        return InboxEntry(
            id=InboxId(row.id),
            update=RawUpdate(
                platform=Platform(row.platform),
                update_id=row.update_id,
                lane=row.lane,
                payload=payload or b"",
            ),
            attempts=row.attempts,
            received_at=row.received_at,
            amendment=amendment,
        )


def _bytes(written: Json) -> bytes | None:
    return base64.b64decode(written) if isinstance(written, str) else None


def _held_for(person: PersonId, purpose: Purpose) -> tuple[ColumnElement[bool], ...]:
    return (
        INBOX.c.state == HELD,
        INBOX.c.person_id == person,
        INBOX.c.purpose == purpose.value,
    )
