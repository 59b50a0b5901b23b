"""By which keys the devices are vouched for that speak in verified roles."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Row, String, Table, bindparam, delete, select, update

from bot.domain.messages import UserRef
from bot.domain.owner_keys import OwnerKey
from bot.domain.people import PersonId
from bot.storage.dialect import insert
from bot.storage.schema import METADATA, UtcTime
from bot.storage.session import Session

OWNER_KEYS = Table(
    "owner_keys",
    METADATA,
    Column("account", String, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("pinned", String, nullable=False),
    Column("pinned_at", UtcTime, nullable=False),
    Column("awaited", String, index=True),
)
"""Both the account and the keys are keyed digests."""
_OF = select(OWNER_KEYS).where(OWNER_KEYS.c.account == bindparam("of_account"))


class OwnerKeyRows:
    """What is known in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of(self, user: UserRef) -> OwnerKey | None:
        """Return what is known of an account, None if nothing is."""
        row = await self._session.first(_OF, of_account=self._session.vault.hash_of(user))
        return _owner_key(row) if row else None

    async def pin(self, user: UserRef, person: PersonId, key: str, now: datetime) -> None:
        """Keep to a key from now on; nothing is awaited any more."""
        columns = {"person_id": person, "pinned": key, "pinned_at": now, "awaited": None}
        await self._session.run(
            insert(self._session.connection, OWNER_KEYS)
            .values(account=self._session.vault.hash_of(user), **columns)
            .on_conflict_do_update(index_elements=["account"], set_=columns)
        )

    async def expect(self, user: UserRef, key: str | None) -> None:
        """Note that another key waits to be confirmed, or that none does."""
        account = self._session.vault.hash_of(user)
        await self._session.run(
            update(OWNER_KEYS).where(OWNER_KEYS.c.account == account).values(awaited=key)
        )

    async def confirm(self, awaited: str, now: datetime) -> None:
        """Keep to a key that was awaited from now on."""
        await self._session.run(
            update(OWNER_KEYS)
            .where(OWNER_KEYS.c.awaited == awaited)
            .values(pinned=awaited, pinned_at=now, awaited=None)
        )

    async def awaited(self) -> Sequence[OwnerKey]:
        """Return those of which another key waits to be confirmed."""
        waiting = OWNER_KEYS.c.awaited.is_not(None)
        rows = await self._session.all(select(OWNER_KEYS).where(waiting))
        return [_owner_key(row) for row in rows]

    async def erase_of(self, person: PersonId) -> None:
        """Forget what is known of a person's accounts."""
        await self._session.run(delete(OWNER_KEYS).where(OWNER_KEYS.c.person_id == person))

    async def of_person(self, person: PersonId) -> Sequence[OwnerKey]:
        """Return what is known of a person's accounts, the oldest first."""
        mine = OWNER_KEYS.c.person_id == person
        rows = await self._session.all(
            select(OWNER_KEYS).where(mine).order_by(OWNER_KEYS.c.pinned_at)
        )
        return [_owner_key(row) for row in rows]

    async def people(self) -> Sequence[PersonId]:
        """Return the people of whose accounts something is known."""
        rows = await self._session.all(select(OWNER_KEYS.c.person_id).distinct())
        return [PersonId(row.person_id) for row in rows]


def _owner_key(row: Row[Any]) -> OwnerKey:
    return OwnerKey(
        person=PersonId(row.person_id),
        pinned=row.pinned,
        pinned_at=row.pinned_at,
        awaited=row.awaited,
    )
