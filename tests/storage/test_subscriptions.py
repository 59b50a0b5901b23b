"""Subscriptions: what a report finds by its place, its kind and its priority."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.areas import AreaId
from bot.domain.circles import Circle
from bot.domain.groups import Access, GroupId, Reach
from bot.domain.kinds import Kind
from bot.domain.messages import Position
from bot.domain.positions import cell_of
from bot.domain.reports import Priority
from bot.domain.routing import Spread
from bot.domain.subscriptions import Followed, OfGroup, Subscription, WholeArea
from bot.storage.database import Database
from tests.storage.test_copies import person
from tests.town import alby

HERE, NEAR, FAR = Position(59.24, 17.85), Position(59.2425, 17.852), Position(59.30, 18.05)
ALBY = AreaId("albyberget")
HOME = Circle(cell=cell_of(HERE), radius_m=500, lies_in=ALBY)
IN_ALBY = Spread(
    chain=(ALBY, AreaId("botkyrka")),
    priority=Priority.YELLOW,
    reach=Reach.AREA,
    group=GroupId("alby-grannar"),
    kind=Kind.FIRE,
)


async def reached(database: Database, followed: Followed, spread: Spread, **more: object) -> int:
    """How many hear of something when one person follows something."""
    anna = await person(database, "1")
    async with database.write() as uow:
        wanted = Subscription(person=anna, followed=followed)
        await uow.subscriptions.put(replace(wanted, **more), database._clock.now())  # type: ignore[arg-type]  # named fields
        return await uow.subscriptions.count(spread)


@pytest.mark.parametrize(
    ("followed", "spread", "hears"),
    [
        (WholeArea(ALBY), IN_ALBY, 1),
        (WholeArea(AreaId("botkyrka")), IN_ALBY, 1),
        (WholeArea(AreaId("fittja")), IN_ALBY, 0),
        (WholeArea(ALBY), replace(IN_ALBY, reach=Reach.GROUP), 0),
        (OfGroup(GroupId("alby-grannar")), IN_ALBY, 1),
        (OfGroup(GroupId("alby-grannar")), replace(IN_ALBY, reach=Reach.GROUP), 1),
        (OfGroup(GroupId("alby-grannar")), replace(IN_ALBY, group=None), 0),
        (OfGroup(GroupId("albyberget")), IN_ALBY, 0),
        (HOME, replace(IN_ALBY, cell=cell_of(NEAR)), 1),
        (HOME, replace(IN_ALBY, cell=cell_of(FAR)), 0),
        (HOME, IN_ALBY, 1),
        (HOME, replace(IN_ALBY, chain=(AreaId("botkyrka"),)), 0),
        (HOME, replace(IN_ALBY, chain=(AreaId("fittja"), AreaId("botkyrka"))), 0),
        (HOME, replace(IN_ALBY, cell=cell_of(NEAR), reach=Reach.GROUP), 0),
        (replace(HOME, lies_in=None), IN_ALBY, 0),
        (replace(HOME, radius_m=20_000), replace(IN_ALBY, cell=cell_of(FAR)), 1),
    ],
    ids=[
        "area", "area around it", "another area", "stays in the group", "group",
        "group alone", "not of the group", "a group is no area", "in the circle",
        "outside the circle", "somewhere in the circle's area", "somewhere in the town",
        "somewhere in another area", "in the circle, of the group alone", "circle in no area",
        "in the large circle",
    ],
)  # fmt: skip
async def test_report_finds_who_follows_its_place(
    database: Database, followed: Followed, spread: Spread, hears: int
) -> None:
    """By its area and all around it, its group, and its position if that is known."""
    assert await reached(database, followed, spread) == hears


@pytest.mark.parametrize(
    ("kinds", "kind", "priority", "hears"),
    [
        ({Kind.FIRE, Kind.THEFT}, Kind.FIRE, Priority.YELLOW, 1),
        ({Kind.THEFT}, Kind.FIRE, Priority.YELLOW, 0),
        ({Kind.THEFT}, Kind.FIRE, Priority.RED, 0),
        ({Kind.THEFT}, None, Priority.YELLOW, 0),
        ({Kind.THEFT}, None, Priority.RED, 1),
        (set(), None, Priority.YELLOW, 1),
        (set(), Kind.INFORMATION, Priority.YELLOW, 1),
        (set(), None, Priority.GREEN, 0),
    ],
)
async def test_report_finds_who_takes_its_kind(
    database: Database, kinds: set[Kind], kind: Kind | None, priority: Priority, hears: int
) -> None:
    """One of an unknown kind may be any: if it is red it comes to all."""
    spread = replace(IN_ALBY, kind=kind, priority=priority)
    assert await reached(database, WholeArea(ALBY), spread, kinds=frozenset(kinds)) == hears


async def test_what_is_followed_is_read_as_it_was_put(database: Database) -> None:
    """All three, with their kinds; the same again changes it, and it can be left."""
    anna, now = await person(database, "1"), database._clock.now()
    kept = [
        Subscription(person=anna, followed=WholeArea(ALBY), kinds=frozenset(Kind)),
        Subscription(person=anna, followed=HOME, at_least=Priority.RED),
        Subscription(person=anna, followed=OfGroup(GroupId("g")), kinds=frozenset({Kind.FIRE})),
    ]
    async with database.write() as uow:
        for wanted in [*kept, replace(kept[0], at_least=Priority.RED), kept[0]]:
            await uow.subscriptions.put(wanted, now)
        found = await uow.subscriptions.of(anna)
        assert sorted(map(str, found)) == sorted(map(str, kept))
        assert await uow.subscriptions.remove(anna, HOME)
        assert not await uow.subscriptions.remove(anna, HOME)
        assert await uow.subscriptions.erase(anna) == 2

        assert await uow.subscriptions.count(IN_ALBY) == 0
    async with database.read() as uow:
        rows = await uow.people._session.connection.exec_driver_sql("SELECT * FROM routes")
        assert rows.all() == []


async def test_cell_of_a_shared_place_is_known_while_the_place_is(database: Database) -> None:
    """And sealed in the database, and then forgotten."""
    anna, now = await person(database, "1"), database._clock.now()
    cell = cell_of(HERE)
    async with database.write() as uow:
        await uow.people.share_area(anna, ALBY, now, cell=cell)
        gone = await uow.people.get(anna, now)
        found = await uow.people.get(anna, now.replace(year=now.year - 1))

        assert await uow.people.forget_shared(now - timedelta(hours=1)) == 0
        assert await uow.people.forget_shared(now) == 1

    assert gone is not None
    assert gone.shared_cell is None
    assert found is not None
    assert found.shared_cell == cell


@pytest.mark.parametrize(("access", "follows"), [(Access.LOCKED, 0), (Access.OPEN, 1)])
async def test_locked_group_is_not_followed_from_outside(
    database: Database, access: Access, follows: int
) -> None:
    """Who leaves it hears no more of what is said in it; an open one is everybody's."""
    anna, group = await person(database, "1"), alby(access=access)
    async with database.write() as uow:
        await uow.groups.put(group)
        wanted = Subscription(person=anna, followed=OfGroup(group.id))
        await uow.subscriptions.put(wanted, database._clock.now())
        await uow.groups.forget_written_in(group.id, anna)
        left = len(await uow.subscriptions.of(anna))
        await uow.groups.remove(group.id)

        assert left == follows
        assert await uow.subscriptions.of(anna) == []
