"""Who has set which emoji on a carried line, and in which room."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, String, Table, bindparam, delete, select, true

from bot.domain.messages import RoomRef
from bot.domain.people import PersonId
from bot.domain.reactions import Reaction
from bot.storage.dialect import insert
from bot.storage.relays_tables import RELAYS
from bot.storage.schema import METADATA, UtcTime
from bot.storage.session import Session

REACTIONS = Table(
    "relay_reactions",
    METADATA,
    Column("relay_id", String, primary_key=True),
    Column("person_id", String, primary_key=True, index=True),
    Column("room", String, primary_key=True),
    Column("emoji", String, primary_key=True),
    Column("set_at", UtcTime, nullable=False),
)
_OF_RELAY = (
    select(REACTIONS)
    .where(REACTIONS.c.relay_id == bindparam("relay"))
    .order_by(REACTIONS.c.set_at)
)


class ReactionRows:
    """Reactions in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, reaction: Reaction) -> bool:
        """Set one; False if it was set."""
        added = await self._session.run(
            insert(self._session.connection, REACTIONS)
            .values(
                relay_id=reaction.relay,
                person_id=reaction.person,
                room=str(reaction.room),
                emoji=reaction.emoji,
                set_at=reaction.set_at,
            )
            .on_conflict_do_nothing()
        )
        return added > 0

    async def drop(
        self, relay: str, person: PersonId, emoji: str, *, room: RoomRef | None = None
    ) -> bool:
        """Take one back, in one room or in all; False if it was not set."""
        here = REACTIONS.c.room == str(room) if room else true()
        return await self._delete(_by(relay, person), REACTIONS.c.emoji == emoji, here) > 0

    async def keep_only(
        self, relay: str, person: PersonId, room: RoomRef, emoji: Collection[str]
    ) -> bool:
        """Take back all but these that a person has set in a room; False if there were none."""
        others = REACTIONS.c.emoji.not_in(emoji)
        return await self._delete(_by(relay, person), REACTIONS.c.room == str(room), others) > 0

    async def of_relay(self, relay: str) -> Sequence[Reaction]:
        """Return all that is set on a line, oldest first."""
        return [_reaction(row) for row in await self._session.all(_OF_RELAY, relay=relay)]

    async def of_person(self, person: PersonId) -> Sequence[Reaction]:
        """Return all that a person has set, oldest first."""
        rows = await self._session.all(
            select(REACTIONS)
            .where(REACTIONS.c.person_id == person)
            .order_by(REACTIONS.c.set_at, REACTIONS.c.relay_id, REACTIONS.c.emoji)
        )
        return [_reaction(row) for row in rows]

    async def erase_of_person(self, person: PersonId) -> Sequence[str]:
        """Delete a person's reactions; return the ids of the lines they stood on."""
        touched = {reaction.relay: None for reaction in await self.of_person(person)}
        await self._delete(REACTIONS.c.person_id == person)
        return list(touched)

    async def erase_of_relay(self, relay: str) -> int:
        """Delete all that is set on a line; return how many."""
        return await self._delete(REACTIONS.c.relay_id == relay)

    async def forget_old(self, before: datetime) -> int:
        """Forget who reacted to lines that were sent before a time; return how many did."""
        young = select(RELAYS.c.id).where(RELAYS.c.sent_at > before)
        return await self._delete(REACTIONS.c.relay_id.not_in(young))

    async def _delete(self, *which: ColumnElement[bool]) -> int:
        return await self._session.run(delete(REACTIONS).where(*which))


def _by(relay: str, person: PersonId) -> ColumnElement[bool]:
    return (REACTIONS.c.relay_id == relay) & (REACTIONS.c.person_id == person)


def _reaction(row: Row[Any]) -> Reaction:
    return Reaction(
        relay=row.relay_id,
        person=PersonId(row.person_id),
        room=RoomRef.parse(row.room),
        emoji=row.emoji,
        set_at=row.set_at,
    )
