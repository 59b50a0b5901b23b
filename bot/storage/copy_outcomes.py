"""Noting where messages stand after they were sent, for many at once."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import String, and_, bindparam, case, delete, or_, select, update

from bot.domain.copies import Copy, CopyId, CopyState, Pin
from bot.domain.messages import MessageRef, RoomRef
from bot.domain.people import PersonId
from bot.storage.copy_tables import COPIES, COPY_PARTS, STUCK
from bot.storage.dialect import Insert, insert_into
from bot.storage.people_reading import ROOM_FIELD
from bot.storage.people_tables import IDENTITIES
from bot.storage.prepared import Values
from bot.storage.session import Session
from bot.storage.vault import person_key

_HANGS = or_(COPIES.c.pin == Pin.PINNED.value, COPIES.c.pin == STUCK)
_PIN = case(
    (and_(_HANGS, bindparam("new_pin", type_=String) == Pin.REFUSED.value), STUCK),
    else_=bindparam("new_pin", type_=String),
)
_NOTE = (
    update(COPIES)
    .where(COPIES.c.id == bindparam("copy"))
    .values(
        state=bindparam("new_state"),
        message_ids=bindparam("new_ids"),
        fingerprint=bindparam("new_fingerprint"),
        pin=_PIN,
    )
)
_NOTE_PIN = update(COPIES).where(COPIES.c.id == bindparam("copy")).values(pin=_PIN)
_MOVED = delete(COPY_PARTS).where(COPY_PARTS.c.copy_id == bindparam("copy"))
_REMEMBER_ROOM = (
    update(IDENTITIES)
    .where(
        IDENTITIES.c.hash
        == select(COPIES.c.identity).where(COPIES.c.id == bindparam("of_copy")).scalar_subquery()
    )
    .values(private_room=bindparam("sealed"))
)


@cache
def _new_parts(dialect: str) -> Insert:
    return insert_into(COPY_PARTS, dialect).on_conflict_do_nothing()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a copy stands now and what it shows."""

    copy: Copy
    state: CopyState
    parts: Sequence[MessageRef] = ()
    fingerprint: str | None = None

    @property
    def has_moved(self) -> bool:
        """Whether it is made up of other messages than before."""
        return tuple(self.parts) != self.copy.parts


async def note_standings(session: Session, found: Sequence[Standing]) -> None:
    """Remember where copies stand and what they show."""
    await session.run(_NOTE, [_columns(standing) for standing in found])
    moved = [standing for standing in found if standing.has_moved]
    await session.run(_MOVED, [{"copy": each.copy.id} for each in moved if each.copy.parts])
    places: dict[RoomRef, str] = {}
    parts = []
    for standing in moved:
        for part in standing.parts:
            place = places.get(part.room) or session.vault.hash_of(part.room)
            places[part.room] = place
            copy = standing.copy.id
            parts.append({"place": place, "message_id": part.message_id, "copy_id": copy})
    await session.run(_new_parts(session.dialect), parts)
    await session.run(_REMEMBER_ROOM, await _newly_known_rooms(session, moved))


async def note_pins(session: Session, found: Mapping[CopyId, Pin]) -> None:
    """Remember which copies hang at the top of their rooms."""
    rows = [{"copy": copy, "new_pin": pin.value} for copy, pin in found.items()]
    await session.run(_NOTE_PIN, rows)


def _columns(standing: Standing) -> Values:
    return {
        "copy": standing.copy.id,
        "new_state": standing.state.value,
        "new_ids": json.dumps([part.message_id for part in standing.parts]),
        "new_fingerprint": standing.fingerprint,
        "new_pin": standing.copy.pin_with(standing.parts).value,
    }


async def _newly_known_rooms(session: Session, found: Sequence[Standing]) -> Sequence[Values]:
    """Return the private chats in which people were written to for the first time.

    A bot opens one for who has none, and another for who has let others into it.
    """
    rooms: dict[PersonId, Values] = {}
    for standing in found:
        person = standing.copy.person
        if person is None or isinstance(standing.copy.to, RoomRef) or not standing.parts:
            continue
        room = standing.parts[0].room
        if room == standing.copy.room:
            continue
        sealed = await session.vault.seal(person_key(person), room.room_id, field=ROOM_FIELD)
        rooms[person] = {
            "of_copy": standing.copy.id,
            "sealed": sealed,
        }
    return list(rooms.values())
