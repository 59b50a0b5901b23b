"""What becomes of rooms: the bot put out of them, or they go on under another id."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    Table,
    Update,
    and_,
    bindparam,
    delete,
    exists,
    insert,
    literal,
    select,
    update,
)

from bot.domain.copies import CopyState, SubjectKind
from bot.domain.effects import EffectState, Verb
from bot.domain.messages import Platform, RoomRef
from bot.storage.audit import AUDIT
from bot.storage.copy_tables import COPIES, EFFECTS, room_lane
from bot.storage.dialect import insert_into, random_token
from bot.storage.groups_tables import MEMBER_COUNTS, ROOMS
from bot.storage.moved_rooms import note_move, where_now
from bot.storage.organisations import ORGANISATIONS
from bot.storage.session import Session

_LIVING = [SubjectKind.REPORT.value, SubjectKind.NOTICE.value, SubjectKind.TIP.value]
"""What is shown anew in the new room; carried lines and notes stay where they were said."""
_TAKEN_ALONG = [
    "subject_kind", "subject_id", "platform", "lane", "room", "state", "secret",
    "message_ids", "created_at",
]  # fmt: skip


MET = "room.met"
"""Stands in the audit log, which outlasts a restart and a room's way into another group."""
_ALL_MET = select(AUDIT.c.about).where(AUDIT.c.verb == MET)
_OPENED = select(ROOMS.c.opened_at).where(ROOMS.c.room == bindparam("room"))
_MET = _ALL_MET.where(AUDIT.c.about == bindparam("about")).limit(1)


class RoomRows:
    """Rooms in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def note_away(self, room: RoomRef, *, is_away: bool) -> bool:
        """Note whether the bot has been put out of a room; True if that is news."""
        changed = await self._session.run(
            update(ROOMS)
            .where(ROOMS.c.room == str(room), ROOMS.c.is_away.is_(not is_away))
            .values(is_away=is_away)
        )
        return changed > 0

    async def note_keeping(self, room: RoomRef, *, keeps_lines: bool) -> None:
        """Note whether the bot may not remove what others write in a room."""
        await self._session.run(
            update(ROOMS).where(ROOMS.c.room == str(room)).values(keeps_lines=keeps_lines)
        )

    async def note_opened(self, room: RoomRef, now: datetime) -> None:
        """Note that somebody has agreed that what is said in an encrypted room leaves it."""
        await self._session.run(_this(room).values(opened_at=now))

    async def note_closed(self, room: RoomRef) -> None:
        """Note that it is no longer so."""
        await self._session.run(_this(room).values(opened_at=None))

    async def is_opened(self, room: RoomRef) -> bool:
        """Whether somebody has agreed that what is said in an encrypted room leaves it."""
        return await self.opened_at(room) is not None

    async def opened_at(self, room: RoomRef) -> datetime | None:
        """Return when somebody has agreed to that; None if nobody has."""
        row = await self._session.first(_OPENED, room=str(room))
        return row.opened_at if row else None

    async def note_title(self, room: RoomRef, title: str) -> None:
        """Remember what a group's room is called on its platform."""
        await self._session.run(update(ROOMS).where(ROOMS.c.room == str(room)).values(title=title))

    async def title_of(self, room: RoomRef) -> str:
        """Return what a room is called; empty if nobody has said."""
        row = await self._session.first(select(ROOMS.c.title).where(ROOMS.c.room == str(room)))
        return str(row.title) if row else ""

    async def note_met(self, room: RoomRef, now: datetime) -> None:
        """Note that the bot has been told how it stands in a room; the first time counts."""
        if await self._session.first(_MET, about=str(room)) is None:
            row = {"at": now, "person_id": None, "verb": MET, "about": str(room)}
            await self._session.run(insert(AUDIT), [row])

    async def unmet(self, platform: Platform) -> Sequence[RoomRef]:
        """Return the rooms of groups and desks on a platform of which it has never been told."""
        rooms = await self._session.all(select(ROOMS.c.room).where(ROOMS.c.is_away.is_(False)))
        desks = await self._session.all(select(ORGANISATIONS.c.desk_rooms))
        named = {row.room for row in rooms} | {
            desk for row in desks for desk in json.loads(row.desk_rooms)
        }
        met = {row.about for row in await self._session.all(_ALL_MET)}
        found = [RoomRef.parse(room) for room in sorted(named - met)]
        return [room for room in found if room.platform is platform]

    async def where_now(self, room: RoomRef) -> RoomRef:
        """Return under which id a room is found by now: its own, unless it has moved."""
        return (await where_now(self._session, [room]))[0]

    async def within(self, chat: RoomRef, *, mark: str) -> Sequence[RoomRef]:
        """Return the rooms of groups and desks that are parts of a chat, not the chat itself."""
        if not mark:
            return ()
        begins = f"{chat}{mark}"
        rooms = await self._session.all(
            select(ROOMS.c.room).where(ROOMS.c.room.startswith(begins, autoescape=True))
        )
        desks = await self._session.all(
            select(ORGANISATIONS.c.desk_rooms).where(
                ORGANISATIONS.c.desk_rooms.contains(begins, autoescape=True)
            )
        )
        found = {row.room for row in rooms} | {
            desk for row in desks for desk in json.loads(row.desk_rooms)
        }
        return [RoomRef.parse(room) for room in sorted(found) if room.startswith(begins)]

    async def move(self, old: RoomRef, new: RoomRef) -> bool:
        """Let a room go on under another id; False if it has moved there already."""
        if not await note_move(self._session, old, new):
            return False
        for table in (ROOMS, MEMBER_COUNTS):
            await self._rename(table, old, new)
        await self._rename_desk(old, new)
        await self._leave_behind(old, new)
        await self._redirect(old, new)
        return True

    async def _rename(self, table: Table, old: RoomRef, new: RoomRef) -> None:
        there = select(table.c.room).where(table.c.room == str(new))
        if await self._session.first(there) is not None:
            await self._session.run(delete(table).where(table.c.room == str(old)))
        await self._session.run(
            update(table).where(table.c.room == str(old)).values(room=str(new))
        )

    async def _rename_desk(self, old: RoomRef, new: RoomRef) -> None:
        for row in await self._session.all(select(ORGANISATIONS)):
            desks = json.loads(row.desk_rooms)
            if str(old) in desks:
                desks = [str(new) if desk == str(old) else desk for desk in desks]
                await self._session.run(
                    update(ORGANISATIONS)
                    .where(ORGANISATIONS.c.slug == row.slug)
                    .values(desk_rooms=json.dumps(list(dict.fromkeys(desks))))
                )

    async def _leave_behind(self, old: RoomRef, new: RoomRef) -> None:
        """Let what stands there stand, and show what lives in the new room when it changes."""
        standing = and_(COPIES.c.room == str(old), COPIES.c.state == CopyState.SHOWN.value)
        anew = select(
            COPIES.c.subject_kind,
            COPIES.c.subject_id,
            literal(new.platform.value),
            literal(room_lane(new)),
            literal(str(new)),
            literal(CopyState.WAITING.value),
            random_token(self._session.dialect),
            literal("[]"),
            COPIES.c.created_at,
        ).where(standing, COPIES.c.subject_kind.in_(_LIVING))
        copies = insert_into(COPIES, self._session.dialect)
        await self._session.run(copies.from_select(_TAKEN_ALONG, anew).on_conflict_do_nothing())
        await self._take_changes_along(old, new)
        await self._session.run(
            delete(EFFECTS).where(
                EFFECTS.c.verb.in_([Verb.SHOW.value, Verb.PIN.value]),
                EFFECTS.c.state == EffectState.QUEUED.value,
                EFFECTS.c.copy_id.in_(select(COPIES.c.id).where(standing)),
            )
        )
        await self._session.run(
            update(COPIES).where(standing).values(state=CopyState.LEFT_BEHIND.value)
        )

    async def _take_changes_along(self, old: RoomRef, new: RoomRef) -> None:
        """Let a change that is on its way to the old room be shown in the new one."""
        before, after = COPIES.alias("before"), COPIES.alias("after")
        pairs = await self._session.all(
            select(EFFECTS.c.id, after.c.id.label("copy"))
            .join(before, before.c.id == EFFECTS.c.copy_id)
            .join(
                after,
                and_(
                    after.c.subject_kind == before.c.subject_kind,
                    after.c.subject_id == before.c.subject_id,
                    after.c.room == str(new),
                ),
            )
            .where(
                before.c.room == str(old),
                before.c.state == CopyState.SHOWN.value,
                after.c.state == CopyState.WAITING.value,
                EFFECTS.c.verb == Verb.SHOW.value,
                EFFECTS.c.state == EffectState.QUEUED.value,
            )
        )
        for pair in pairs:
            await self._session.run(
                update(EFFECTS)
                .where(EFFECTS.c.id == pair.id)
                .values(copy_id=pair.copy, lane=room_lane(new))
            )

    async def _redirect(self, old: RoomRef, new: RoomRef) -> None:
        """Let what has not been shown yet go to the new room; its lines there have new ids."""
        await self._session.run(delete(EFFECTS).where(EFFECTS.c.target_room == str(old)))
        waiting = and_(COPIES.c.room == str(old), COPIES.c.state == CopyState.WAITING.value)
        other = COPIES.alias("other")
        comes_anyway = exists().where(
            other.c.subject_kind == COPIES.c.subject_kind,
            other.c.subject_id == COPIES.c.subject_id,
            other.c.room == str(new),
        )
        twice = select(COPIES.c.id).where(waiting, comes_anyway)
        await self._session.run(delete(EFFECTS).where(EFFECTS.c.copy_id.in_(twice)))
        await self._session.run(delete(COPIES).where(COPIES.c.id.in_(twice)))
        await self._session.run(
            update(EFFECTS)
            .where(EFFECTS.c.copy_id.in_(select(COPIES.c.id).where(waiting)))
            .values(lane=room_lane(new))
        )
        await self._session.run(
            update(COPIES)
            .where(waiting)
            .values(room=str(new), lane=room_lane(new), answers_message=None, answers_copy=None)
        )


def _this(room: RoomRef) -> Update:
    return update(ROOMS).where(ROOMS.c.room == str(room))
