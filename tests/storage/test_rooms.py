"""Rooms that go on under another id, in the tables."""

from bot.domain.messages import RoomRef
from bot.storage.database import Database
from tests.town import MX_ROOM, TG, TG_ROOM, alby

NEW, NEWER = RoomRef(TG, "-1001000001"), RoomRef(TG, "-1001000002")


async def rooms_of(database: Database, **changes: object) -> tuple[RoomRef, ...]:
    """Where the group is after it was configured so."""
    async with database.write() as uow:
        await uow.groups.put(alby(**changes))
    async with database.read() as uow:
        group = await uow.groups.get(alby().id)
    assert group is not None
    return group.rooms


async def move(database: Database, old: RoomRef, new: RoomRef) -> bool:
    """Let a room move."""
    async with database.write() as uow:
        return await uow.rooms.move(old, new)


async def test_move_is_news_once(database: Database) -> None:
    """Both messages and a refusal tell of it."""
    await rooms_of(database)

    assert [await move(database, TG_ROOM, NEW) for _ in range(3)] == [True, False, False]
    assert not await move(database, NEW, NEW)


async def test_place_among_the_rooms_is_kept(database: Database) -> None:
    """The first room's is the group's order."""
    await rooms_of(database)
    await move(database, TG_ROOM, NEW)

    assert await rooms_of(database) == (NEW, MX_ROOM)


async def test_configuration_may_name_both_ids(database: Database) -> None:
    """Then they are one room."""
    await rooms_of(database, rooms=(TG_ROOM, NEW, MX_ROOM))
    await move(database, TG_ROOM, NEW)

    assert await rooms_of(database, rooms=(TG_ROOM, NEW, MX_ROOM)) == (NEW, MX_ROOM)


async def test_chain_of_moves_leads_to_its_end(database: Database) -> None:
    """Whichever id the configuration names."""
    await rooms_of(database)
    await move(database, TG_ROOM, NEW)
    await move(database, NEW, NEWER)

    for named in (TG_ROOM, NEW, NEWER):
        assert await rooms_of(database, rooms=(named, MX_ROOM)) == (NEWER, MX_ROOM)


async def test_room_that_moves_back_is_where_it_was(database: Database) -> None:
    """No circle leads anybody round for ever."""
    await rooms_of(database)
    await move(database, TG_ROOM, NEW)
    await move(database, NEW, TG_ROOM)

    assert await rooms_of(database) == (TG_ROOM, MX_ROOM)


async def test_members_that_were_counted_are_counted_in_the_new_room(database: Database) -> None:
    """Previews say how many a report reaches."""
    await rooms_of(database)
    async with database.write() as uow:
        await uow.groups.note_member_count(TG_ROOM, 43)
    await move(database, TG_ROOM, NEW)

    async with database.read() as uow:
        assert await uow.groups.member_count([NEW]) == 43
        assert await uow.groups.member_count([TG_ROOM]) == 0


async def test_room_that_the_bot_was_put_out_of_is_set_aside(database: Database) -> None:
    """News once; configured again it stays so, until the bot is let in."""
    await rooms_of(database)
    for expected in (True, False):
        async with database.write() as uow:
            assert await uow.rooms.note_away(TG_ROOM, is_away=True) is expected
    assert await rooms_of(database) == (MX_ROOM,)
    async with database.write() as uow:
        await uow.rooms.note_away(TG_ROOM, is_away=False)

    assert await rooms_of(database) == (TG_ROOM, MX_ROOM)
