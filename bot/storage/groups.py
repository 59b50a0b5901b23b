"""Groups with their rooms."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    Row,
    bindparam,
    case,
    delete,
    exists,
    func,
    select,
    update,
)

from bot.domain.areas import AreaId
from bot.domain.groups import Access, Group, GroupId, GroupKind, Reach
from bot.domain.messages import RoomRef
from bot.domain.people import PersonId
from bot.storage.dialect import Insert, insert, insert_into
from bot.storage.groups_tables import GROUPS, MEMBER_COUNTS, ROOMS
from bot.storage.link_codes import LINK_CODES
from bot.storage.moved_rooms import where_now
from bot.storage.people_tables import GROUP_MEMBERS
from bot.storage.session import Session
from bot.storage.subscription_tables import ROUTES, SUBSCRIPTIONS

_WITH_ROOMS = (
    select(GROUPS, ROOMS.c.room, ROOMS.c.is_away, ROOMS.c.keeps_lines)
    .outerjoin(ROOMS, ROOMS.c.group_slug == GROUPS.c.slug)
    .order_by(GROUPS.c.place, ROOMS.c.place)
)
_OF_ROOM = _WITH_ROOMS.where(
    GROUPS.c.slug
    == select(ROOMS.c.group_slug)
    .where(ROOMS.c.room == bindparam("room"))
    .correlate(None)
    .scalar_subquery()
)
_BY_SLUG = _WITH_ROOMS.where(GROUPS.c.slug == bindparam("slug"))
_LOOKING_AFTER = _WITH_ROOMS.where(GROUPS.c.area.in_(bindparam("chain", expanding=True)))
_MEMBERS = select(func.sum(MEMBER_COUNTS.c.people).label("people")).where(
    MEMBER_COUNTS.c.room.in_(bindparam("rooms", expanding=True))
)


@cache
def _add_member(dialect: str) -> Insert:
    return insert_into(GROUP_MEMBERS, dialect).on_conflict_do_nothing()


class GroupRows:
    """Groups in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._seen: dict[GroupId, Group] = {}

    async def put(self, group: Group, *, by_chat: bool = False) -> None:
        """Add a group with its rooms, or change it."""
        columns = {
            "by_chat": by_chat,
            "name": group.name,
            "kind": group.kind.value,
            "area": group.area,
            "access": group.access.value,
            "reports_reach": group.reports_reach.value,
            "purpose": group.purpose,
            "controller": group.controller,
            "languages": json.dumps(group.languages),
        }
        self._seen.clear()
        last = await self._session.first(select(func.max(GROUPS.c.place).label("place")))
        place = (last.place if last and last.place is not None else 0) + 1
        await self._session.run(
            insert(self._session.connection, GROUPS)
            .values(slug=group.id, place=place, **columns)
            .on_conflict_do_update(index_elements=["slug"], set_=columns)
        )
        await self._put_rooms(group, by_chat=by_chat)

    async def keep_only(self, groups: Sequence[GroupId]) -> None:
        """Remove the groups that are not among these; those made by chat stay."""
        left = await self._session.all(
            select(GROUPS.c.slug).where(GROUPS.c.slug.not_in(groups), GROUPS.c.by_chat.is_(False))
        )
        for row in left:
            await self.remove(GroupId(row.slug))

    async def remove(self, group: GroupId) -> None:
        """Remove a group; its rooms are nobody's."""
        self._seen.clear()
        for table in (ROOMS, GROUP_MEMBERS, LINK_CODES):
            await self._session.run(delete(table).where(table.c.group_slug == group))
        following = select(ROUTES.c.subscription_id).where(ROUTES.c.place == f"group:{group}")
        await self._session.run(delete(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.id.in_(following)))
        await self._session.run(delete(GROUPS).where(GROUPS.c.slug == group))

    async def link(self, room: RoomRef, group: GroupId) -> None:
        """Add a room to a group, as its last."""
        self._seen.clear()
        last = await self._session.first(
            select(func.max(ROOMS.c.place).label("place")).where(ROOMS.c.group_slug == group)
        )
        place = (last.place if last and last.place is not None else -1) + 1
        await self._session.run(
            insert(self._session.connection, ROOMS).values(
                room=str(room), group_slug=group, place=place, by_chat=True
            )
        )

    async def unlink(self, room: RoomRef) -> None:
        """Take a room out of its group."""
        self._seen.clear()
        await self._session.run(delete(ROOMS).where(ROOMS.c.room == str(room)))

    async def end_if_empty(self, group: GroupId) -> None:
        """Remove a group that was made by chat once no room of it is left."""
        has_rooms = select(ROOMS.c.group_slug).where(ROOMS.c.group_slug == group).exists()
        empty = await self._session.first(
            select(GROUPS.c.slug).where(GROUPS.c.slug == group, GROUPS.c.by_chat, ~has_rooms)
        )
        if empty is not None:
            await self.remove(group)

    async def is_linked_by_chat(self, room: RoomRef) -> bool:
        """Whether a room came into its group by chat, and not by the configuration."""
        row = await self._session.first(select(ROOMS.c.by_chat).where(ROOMS.c.room == str(room)))
        return row is not None and bool(row.by_chat)

    async def of_room(self, room: RoomRef) -> Group | None:
        """Return the group a room belongs to."""
        return self._known(await self._session.all(_OF_ROOM, room=str(room)))

    async def get(self, group: GroupId) -> Group | None:
        """Return a group, None if there is none such."""
        if group not in self._seen:
            return self._known(await self._session.all(_BY_SLUG, slug=group))
        return self._seen[group]

    async def looking_after(self, chain: Sequence[str]) -> Sequence[Group]:
        """Return the groups of any of these areas, in the order they were made."""
        return _groups(await self._session.all(_LOOKING_AFTER, chain=chain))

    async def note_written_in(self, group: GroupId, person: PersonId) -> None:
        """Remember that a person has written in a room of a group."""
        await self._session.run(
            _add_member(self._session.dialect), [{"person_id": person, "group_slug": group}]
        )

    async def forget_written_in(self, group: GroupId, person: PersonId) -> None:
        """Forget that a person was in a group; a locked one is not followed from outside."""
        await self._session.run(
            delete(GROUP_MEMBERS).where(
                GROUP_MEMBERS.c.group_slug == group, GROUP_MEMBERS.c.person_id == person
            )
        )
        is_locked = exists().where(GROUPS.c.slug == group, GROUPS.c.access == Access.LOCKED.value)
        # What is said in a locked group is for those who are in it.
        await self._session.run(
            delete(SUBSCRIPTIONS).where(
                SUBSCRIPTIONS.c.person_id == person,
                SUBSCRIPTIONS.c.followed == f"group:{group}",
                is_locked,
            )
        )

    async def written_in_by(self, person: PersonId) -> Sequence[Group]:
        """Return the groups in which a person has been seen to write."""
        mine = select(GROUP_MEMBERS.c.group_slug).where(GROUP_MEMBERS.c.person_id == person)
        return _groups(await self._session.all(_WITH_ROOMS.where(GROUPS.c.slug.in_(mine))))

    async def note_member_count(self, room: RoomRef, people: int) -> None:
        """Remember how many people are in a room, the bot not counted."""
        changed = await self._session.run(
            update(MEMBER_COUNTS).where(MEMBER_COUNTS.c.room == str(room)).values(people=people)
        )
        if not changed:
            await self._session.run(
                insert(self._session.connection, MEMBER_COUNTS).values(
                    room=str(room), people=people
                )
            )

    async def member_count(self, rooms: Sequence[RoomRef]) -> int:
        """Return how many people are in some rooms together, as far as known."""
        row = await self._session.first(_MEMBERS, rooms=[str(room) for room in rooms])
        return int(row.people or 0) if row else 0

    def _known(self, rows: Sequence[Row[Any]]) -> Group | None:
        """Return the one group that was found; it is not asked for again in this transaction."""
        for group in _groups(rows):
            self._seen[group.id] = group
            return group
        return None

    async def _put_rooms(self, group: Group, *, by_chat: bool) -> None:
        """Store the rooms that are named here; those linked by chat stay beside them."""
        rooms = [str(room) for room in await where_now(self._session, group.rooms)]
        await self._session.run(
            delete(ROOMS).where(
                ROOMS.c.group_slug == group.id,
                ROOMS.c.room.not_in(rooms),
                ROOMS.c.by_chat.is_(by_chat),
            )
        )
        for place, room in enumerate(rooms):
            columns = {"group_slug": group.id, "place": place, "by_chat": by_chat}
            # What was agreed to was that its words go to the rooms of that group.
            stays = case((ROOMS.c.group_slug == group.id, ROOMS.c.opened_at), else_=None)
            await self._session.run(
                insert(self._session.connection, ROOMS)
                .values(room=room, **columns)
                .on_conflict_do_update(
                    index_elements=["room"], set_={**columns, "opened_at": stays}
                )
            )


def _groups(rows: Sequence[Row[Any]]) -> Sequence[Group]:
    """Fold rows, one for each room, into groups."""
    by_slug = {slug: list(own) for slug, own in groupby(rows, key=attrgetter("slug"))}
    return [_group(own) for own in by_slug.values()]


def _group(rows: Sequence[Row[Any]]) -> Group:
    row = rows[0]
    return Group(
        id=GroupId(row.slug),
        name=row.name,
        kind=GroupKind(row.kind),
        area=AreaId(row.area),
        access=Access(row.access),
        reports_reach=Reach(row.reports_reach),
        purpose=row.purpose,
        controller=row.controller,
        languages=tuple(json.loads(row.languages)),
        rooms=tuple(_rooms(rows, away=False)),
        away=tuple(_rooms(rows, away=True)),
        keeping=frozenset(RoomRef.parse(row.room) for row in rows if row.keeps_lines),
    )


def _rooms(rows: Sequence[Row[Any]], *, away: bool) -> Iterator[RoomRef]:
    return (RoomRef.parse(row.room) for row in rows if row.room and row.is_away is away)
