"""Lines that are shown together, in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select, update

from bot.domain.bursts import Burst, BurstId, Crowd
from bot.domain.copies import CopyState, SubjectKind
from bot.domain.effects import EffectState, Verb
from bot.domain.groups import GroupId
from bot.domain.messages import RoomRef
from bot.storage.burst_tables import BURST_LINES, BURSTS
from bot.storage.copy_tables import COPIES, EFFECTS, room_lane
from bot.storage.dialect import insert
from bot.storage.groups_tables import GROUPS
from bot.storage.session import Session

_FIRST_SHOWINGS = (
    EFFECTS.c.lane == bindparam("lane"),
    EFFECTS.c.verb == Verb.SHOW.value,
    EFFECTS.c.state.in_([EffectState.QUEUED.value, EffectState.STARTED.value]),
    COPIES.c.state == CopyState.WAITING.value,
)
_LINES = (
    select(func.count().label("lines"))
    .select_from(EFFECTS)
    .join(COPIES, COPIES.c.id == EFFECTS.c.copy_id)
    .where(*_FIRST_SHOWINGS, COPIES.c.subject_kind == SubjectKind.RELAY.value)
)
_LAST = (
    select(COPIES.c.subject_kind, COPIES.c.subject_id, EFFECTS.c.state, EFFECTS.c.doubts)
    .select_from(EFFECTS)
    .join(COPIES, COPIES.c.id == EFFECTS.c.copy_id)
    .where(*_FIRST_SHOWINGS)
    .order_by(EFFECTS.c.id.desc())
    .limit(1)
)
_IN = (
    select(BURST_LINES.c.relay_id)
    .where(BURST_LINES.c.burst_id == bindparam("burst"))
    .order_by(BURST_LINES.c.id)
)


class BurstRows:
    """Bursts in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def crowd(self, room: RoomRef) -> Crowd:
        """Return what waits to be shown in a room."""
        lane = room_lane(room)
        counted = await self._session.first(_LINES, lane=lane)
        lines = int(counted.lines) if counted else 0
        last = await self._session.first(_LAST, lane=lane) if lines else None
        # One that is on its way, or may have arrived, is closed: what comes now comes after it.
        is_open = (
            last is not None
            and last.subject_kind == SubjectKind.BURST.value
            and last.state == EffectState.QUEUED.value
            and not last.doubts
        )
        burst = await self.get(BurstId(last.subject_id)) if last and is_open else None
        return Crowd(lines=lines, last=burst)

    async def begin(self, burst: Burst) -> None:
        """Store a burst without lines."""
        await self._session.run(
            insert(self._session.connection, BURSTS).values(
                id=burst.id,
                room=str(burst.room),
                group_slug=burst.group,
                kept_until=burst.kept_until,
            )
        )

    async def join(self, burst: BurstId, relay: str, *, kept_until: datetime) -> None:
        """Put a line behind the others, and keep their words until then."""
        await self._session.run(
            insert(self._session.connection, BURST_LINES).values(burst_id=burst, relay_id=relay)
        )
        await self._session.run(
            update(BURSTS).where(BURSTS.c.id == burst).values(kept_until=kept_until)
        )

    async def get(self, burst: BurstId) -> Burst | None:
        """Return a burst, None if there is none such."""
        row = await self._session.first(select(BURSTS).where(BURSTS.c.id == burst))
        return await self._burst(row) if row else None

    async def holding(self, relay: str) -> Sequence[Burst]:
        """Return the bursts in which a line stands, one at most for each room."""
        rows = await self._session.all(
            select(BURSTS)
            .join(BURST_LINES, BURST_LINES.c.burst_id == BURSTS.c.id)
            .where(BURST_LINES.c.relay_id == relay)
        )
        return [await self._burst(row) for row in rows]

    async def leave(self, relay: str) -> None:
        """Take a line out of the bursts in which it stands."""
        await self._session.run(delete(BURST_LINES).where(BURST_LINES.c.relay_id == relay))

    async def erase(self, burst: BurstId) -> None:
        """Forget a burst; its lines are not touched."""
        await self._session.run(delete(BURST_LINES).where(BURST_LINES.c.burst_id == burst))
        await self._session.run(delete(BURSTS).where(BURSTS.c.id == burst))

    async def of_ended_groups(self) -> Sequence[BurstId]:
        """Return the bursts of groups that are no more."""
        rows = await self._session.all(
            select(BURSTS.c.id).where(BURSTS.c.group_slug.not_in(select(GROUPS.c.slug)))
        )
        return [BurstId(row.id) for row in rows]

    async def _burst(self, row: Row[Any]) -> Burst:
        lines = await self._session.all(_IN, burst=row.id)
        return Burst(
            id=BurstId(row.id),
            room=RoomRef.parse(row.room),
            group=GroupId(row.group_slug),
            lines=tuple(line.relay_id for line in lines),
            kept_until=row.kept_until,
        )
