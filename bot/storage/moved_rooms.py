"""Under which id rooms go on that had another."""

from collections.abc import Sequence

from sqlalchemy import Column, String, Table, bindparam, delete, select, update

from bot.domain.messages import RoomRef
from bot.storage.dialect import insert
from bot.storage.schema import METADATA
from bot.storage.session import Session

MOVED_ROOMS = Table(
    "moved_rooms",
    METADATA,
    Column("room", String, primary_key=True),
    Column("moved_to", String, nullable=False),
)
_AMONG = select(MOVED_ROOMS).where(MOVED_ROOMS.c.room.in_(bindparam("rooms", expanding=True)))


async def where_now(session: Session, rooms: Sequence[RoomRef]) -> tuple[RoomRef, ...]:
    """Return under which ids rooms are found by now, each once."""
    rows = await session.all(_AMONG, rooms=[str(room) for room in rooms])
    moved = {row.room: RoomRef.parse(row.moved_to) for row in rows}
    return tuple(dict.fromkeys(moved.get(str(room), room) for room in rooms))


async def note_move(session: Session, old: RoomRef, new: RoomRef) -> bool:
    """Remember a move, and that earlier ones end where it does; False if it is known."""
    if old == new or await where_now(session, [old]) == (new,):
        return False
    await session.run(
        update(MOVED_ROOMS).where(MOVED_ROOMS.c.moved_to == str(old)).values(moved_to=str(new))
    )
    # A room that is gone to again has not moved.
    await session.run(delete(MOVED_ROOMS).where(MOVED_ROOMS.c.room == str(new)))
    await session.run(
        insert(session.connection, MOVED_ROOMS)
        .values(room=str(old), moved_to=str(new))
        .on_conflict_do_update(index_elements=["room"], set_={"moved_to": str(new)})
    )
    return True
