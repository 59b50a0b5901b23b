"""Updates that were taken and are not yet handled, and marks of those that were."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    delete,
    func,
    or_,
    select,
    update,
)

from bot.domain.effects import AT_ONCE
from bot.domain.incoming import RawUpdate
from bot.domain.messages import MessageRef
from bot.domain.people import PersonId
from bot.domain.retention import Lifetimes
from bot.ports.inbox import InboxEntry, InboxId
from bot.storage.inbox_content import entry_from_row, payload_to_sealed
from bot.storage.inbox_statements import (
    BUNDLED,
    DUE_SINCE,
    FINISH,
    FORGOTTEN,
    HEADS,
    KEYS_IN_USE,
    NEXT_DUE,
    UNHANDLED,
    WAIT_FOR_MORE,
    is_of,
    put_into,
)
from bot.storage.inbox_tables import DEAD, DONE, HELD, INBOX, WAITING
from bot.storage.session import Session
from bot.storage.vault import TRANSIT, transit_key

BUNDLE_PAUSE = timedelta(seconds=1)
"""So long an update that is part of a message waits for the part after it."""
BUNDLE_WITHIN = timedelta(seconds=5)
"""So long after it came it waits no longer, however many follow."""


class InboxRows:
    """The inbox in the database."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now

    async def put(self, raw: RawUpdate, now: datetime) -> bool:
        """Keep an update; False if it was seen in the last 48 hours."""
        owner = transit_key(now)
        sealed = await payload_to_sealed(raw.payload, owner, self._session.vault)
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
        is_new = await self._session.run(put_into(self._session.dialect), [row]) > 0
        if is_new and raw.bundle:
            await self._wait_for_more(row["bundle"], now)
        return is_new

    async def waiting(
        self, now: datetime, *, limit: int, busy: Collection[str]
    ) -> Sequence[InboxEntry]:
        """Return the head of each lane that is neither busy nor resting, oldest first."""
        rows = await self._session.all(HEADS, now=now, limit=limit, busy=list(busy))
        return await self._with_parts(
            [await entry_from_row(row, self._session.vault) for row in rows], rows
        )

    async def next_due(self) -> datetime | None:
        """Return when the next update comes due, None if all that waits is due already."""
        row = await self._session.first(NEXT_DUE, now=self._now)
        return row.at if row else None

    async def unhandled_after(self, last: InboxId, *, limit: int) -> Sequence[InboxEntry]:
        """Return the next updates that wait to be handled, oldest first."""
        rows = await self._session.all(UNHANDLED, last=last, limit=limit)
        return [await entry_from_row(row, self._session.vault) for row in rows]

    async def due_since(self) -> datetime | None:
        """Return since when the oldest update could have been handled; None if none waits."""
        row = await self._session.first(DUE_SINCE, now=self._now)
        return row.at if row else None

    async def done(self, entry: InboxEntry) -> bool:
        """Forget what an update held, not that it was seen; False if it waits no more."""
        finished = await self._session.run(
            FINISH,
            entry=entry.id,
            of_platform=entry.update.platform.value,
            of_update=entry.update.update_id,
        )
        return finished > 0

    async def of_person(self, person: PersonId) -> Sequence[InboxEntry]:
        """Return what is held for a person, or could not be handled."""
        rows = await self._session.all(
            select(INBOX).where(INBOX.c.person_id == person).order_by(INBOX.c.id)
        )
        return [await entry_from_row(row, self._session.vault) for row in rows]

    async def erase(self, person: PersonId) -> int:
        """Forget all that is known to be a person's; return how many."""
        return await self._forget(INBOX.c.person_id == person)

    async def postpone(self, entry: InboxEntry, until: datetime) -> None:
        """Try again later; the lane waits."""
        await self._session.run(
            update(INBOX)
            .where(*is_of(entry))
            .values(not_before=until, attempts=INBOX.c.attempts + 1)
        )

    async def put_off(self, entry: InboxEntry, until: datetime) -> None:
        """Try later, as `postpone` does, what has not been tried: it counts as no attempt."""
        await self._change(entry, not_before=until)

    async def bury(self, entry: InboxEntry, reason: str) -> None:
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

    async def attribute(self, entry: InboxEntry, person: PersonId) -> None:
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
        rows = await self._session.all(KEYS_IN_USE, days=days)
        return frozenset(row.key_owner for row in rows)

    async def _wait_for_more(self, bundle: object, now: datetime) -> None:
        """Let the parts that are there wait for those that follow, but not for ever."""
        await self._session.run(
            WAIT_FOR_MORE, of_bundle=bundle, until=now + BUNDLE_PAUSE, begun=now - BUNDLE_WITHIN
        )

    async def _with_parts(
        self, entries: Sequence[InboxEntry], rows: Sequence[Row[Any]]
    ) -> Sequence[InboxEntry]:
        """Give each entry the other parts of its message that are there."""
        bundles = [row.bundle for row in rows if row.bundle is not None]
        if not bundles:
            return entries
        parts = await self._session.all(BUNDLED, bundles=bundles)
        return [
            replace(
                entry,
                parts=tuple(
                    [
                        await entry_from_row(part, self._session.vault)
                        for part in parts
                        if part.bundle == row.bundle and part.id != entry.id
                    ]
                ),
            )
            for entry, row in zip(entries, rows, strict=True)
        ]

    async def _forget(self, *which: ColumnElement[bool]) -> int:
        return await self._session.run(update(INBOX).where(*which).values(**FORGOTTEN))

    async def _change(self, entry: InboxEntry, **columns: object) -> None:
        await self._session.run(update(INBOX).where(*is_of(entry)).values(**columns))
