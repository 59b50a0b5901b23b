"""Who hears of something: each room once, what is locked stays inside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.areas import AreaId
from bot.domain.groups import Access, Group, GroupId, GroupKind, Reach
from bot.domain.messages import Platform, RoomRef
from bot.domain.organisations import Organisation
from bot.domain.people import PersonId
from bot.domain.reports import Priority
from bot.domain.routing import (
    DESK_AT_LEAST,
    Audience,
    RoomRoute,
    Spread,
    reaches_subscribers,
    room_routes,
)
from tests.domain.examples import (
    ALBY,
    BOTKYRKA,
    CHAIN,
    GAMLA_STAN,
    a_group,
    an_organisation,
)

places = st.sampled_from([*CHAIN, GAMLA_STAN])
rooms = st.builds(RoomRef, st.sampled_from(Platform), st.sampled_from("abcdef"))
several_rooms = st.lists(rooms, max_size=3).map(tuple)
slugs = st.sampled_from(["g1", "g2", "g3"])
groups = st.builds(
    a_group,
    slugs,
    kind=st.sampled_from(GroupKind),
    area=places,
    access=st.sampled_from(Access),
    rooms=several_rooms,
)
organisations = st.builds(
    an_organisation,
    st.just("polisen"),
    areas=st.frozensets(places, max_size=2),
    desk_rooms=several_rooms,
)
spreads = st.builds(
    Spread,
    chain=st.sampled_from([CHAIN, (BOTKYRKA,), (GAMLA_STAN,), ()]),
    priority=st.sampled_from(Priority),
    reach=st.sampled_from(Reach),
    group=st.none() | slugs.map(GroupId),
    author=st.none() | st.just(PersonId("anna")),
)
towns = st.tuples(
    st.lists(groups, max_size=5, unique_by=lambda group: group.id),
    st.lists(organisations, max_size=3),
)
Town = tuple[list[Group], list[Organisation]]


def routes(spread: Spread, town: Town) -> tuple[RoomRoute, ...]:
    """Route something through a town."""
    return room_routes(spread, groups=town[0], organisations=town[1])


@given(spreads, towns)
def test_each_room_hears_once(spread: Spread, town: Town):
    """Nobody gets the same thing twice, whatever rooms are shared by whom."""
    found = [route.room for route in routes(spread, town)]

    assert len(found) == len(set(found))


@given(spreads, towns)
def test_what_is_for_the_group_never_leaves_its_rooms(spread: Spread, town: Town):
    """A locked group's words stay inside: no other room, no desk, no subscriber."""
    if spread.reach is Reach.AREA:
        return
    own = {room for group in town[0] if group.id == spread.group for room in group.rooms}

    assert {route.room for route in routes(spread, town)} == own
    assert not reaches_subscribers(spread)


@given(spreads, towns)
def test_desks_hear_what_is_public_and_calls_for_attention(spread: Spread, town: Town):
    """From yellow upwards, where the organisation looks after the place; green is not work."""
    desks = {route.room for route in routes(spread, town) if route.audience is Audience.DESK}
    covering = {
        room
        for organisation in town[1]
        if not organisation.areas or organisation.areas & set(spread.chain)
        for room in organisation.desk_rooms
    }

    assert desks <= covering
    if spread.reach is Reach.GROUP or spread.priority < DESK_AT_LEAST:
        assert not desks


@given(spreads, towns)
def test_own_group_always_hears(spread: Spread, town: Town):
    """In all its rooms, as its own, before any desk."""
    found = routes(spread, town)
    own = [room for group in town[0] if group.id == spread.group for room in group.rooms]

    assert {r.room for r in found if r.audience is Audience.ROOM} >= set(own)
    assert sorted(found, key=lambda route: route.audience is Audience.DESK) == list(found)


@given(spreads, towns)
def test_no_locked_group_hears_what_is_not_its_own(spread: Spread, town: Town):
    """Public reports go to open groups that look after the place; patrols and shops alike."""
    for group in town[0]:
        alone = room_routes(spread, groups=[group], organisations=[])
        if alone and group.id != spread.group:
            assert spread.group is None
            assert group.access is Access.OPEN
            assert group.kind is not GroupKind.ORGANISATION_DESK
            assert group.area in spread.chain


TELEGRAM = RoomRef(Platform.TELEGRAM, "alby")


@pytest.mark.parametrize(
    ("changes", "hears"),
    [
        ({}, True),
        ({"area": BOTKYRKA}, True),
        ({"area": GAMLA_STAN}, False),
        ({"access": Access.LOCKED}, False),
        ({"kind": GroupKind.ORGANISATION_DESK}, False),
        ({"kind": GroupKind.PATROL}, True),
    ],
    ids=["the place", "what lies around it", "elsewhere", "locked", "a desk", "a patrol"],
)
def test_public_report_reaches_open_groups_of_its_area(changes: dict[str, object], *, hears: bool):
    """A report from a private chat is public in the chosen area."""
    spread = Spread(chain=CHAIN, priority=Priority.GREEN, reach=Reach.AREA)
    found = room_routes(spread, groups=[a_group("alby", **changes)], organisations=[])

    assert found == ((RoomRoute(room=TELEGRAM, audience=Audience.ROOM),) if hears else ())


@pytest.mark.parametrize(
    ("priority", "reach", "areas", "hears"),
    [
        (Priority.RED, Reach.AREA, (), True),
        (Priority.YELLOW, Reach.AREA, (BOTKYRKA,), True),
        (Priority.GREEN, Reach.AREA, (), False),
        (Priority.RED, Reach.GROUP, (), False),
        (Priority.RED, Reach.AREA, (GAMLA_STAN,), False),
    ],
    ids=["everywhere", "its municipality", "green", "for the group alone", "elsewhere"],
)
def test_desk_of_an_organisation(
    priority: Priority, reach: Reach, areas: tuple[AreaId, ...], *, hears: bool
):
    """An organisation hears where it looks after people, and of what is worth its time."""
    police = an_organisation("polisen", areas=frozenset(areas))
    spread = Spread(chain=CHAIN, priority=priority, reach=reach, group=GroupId("alby"))
    found = room_routes(spread, groups=[a_group("alby")], organisations=[police])

    assert [route.audience for route in found] == [Audience.ROOM] + [Audience.DESK] * hears


def test_room_that_is_both_is_told_as_a_room():
    """Where neighbours and an organisation share a room, it is the neighbours' room."""
    shared = an_organisation("polisen", desk_rooms=(TELEGRAM,))
    spread = Spread(chain=CHAIN, priority=Priority.RED, reach=Reach.AREA)
    found = room_routes(spread, groups=[a_group("alby")], organisations=[shared])

    assert found == (RoomRoute(room=TELEGRAM, audience=Audience.ROOM),)


@pytest.mark.parametrize("reach", Reach, ids=str)
def test_followers_hear_what_is_public(reach: Reach):
    """Subscribers of the area get public reports, and those alone."""
    spread = Spread(chain=(ALBY,), priority=Priority.RED, reach=reach)

    assert reaches_subscribers(spread) is (reach is Reach.AREA)
