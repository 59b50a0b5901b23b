"""Who may do what in a room, over all room versions."""

import math

import pytest

from bot.bridges.matrix.fields import Fields
from bot.bridges.matrix.powers import Powers, powers_of
from bot.domain.richtext_json import Json
from bot.domain.rights import Right
from bot.domain.room_news import Foothold

USUAL: dict[str, Json] = {"events": {"m.room.power_levels": 100}}
ANNA, BO, BOT = "@anna:hem.se", "@bo:hem.se", "@grannbro:hem.se"


def powers(version: str | None, levels: Json = None, **content: Json) -> Powers:
    """A room that Anna has made."""
    told: dict[str, Json] = {"room_version": version} if version else {}
    create: Json = {"sender": ANNA, "content": {**told, **content}}
    return powers_of(Fields(create), Fields(levels) if levels is not None else None)


@pytest.mark.parametrize("version", [None, "1", "6", "10", "11"])
def test_makers_of_old_rooms_have_what_the_levels_give(version: str | None) -> None:
    """Up to version 11 power is a number in the room's state, and can be lost."""
    assert powers(version, {"users": {ANNA: 100}}).of(ANNA) == 100
    assert powers(version, {"users": {BO: 100}}).of(ANNA) == 0


@pytest.mark.parametrize("version", ["12", "13"])
def test_makers_of_new_rooms_stand_above_all_levels(version: str) -> None:
    """From version 12 they are not in the levels, and nobody can take it from them."""
    found = powers(version, {"users": {BO: 100}}, additional_creators=[BOT, 7])

    assert (found.of(ANNA), found.of(BOT), found.of(BO)) == (math.inf, math.inf, 100)
    assert found.administers(BOT)


@pytest.mark.parametrize(
    ("levels", "power"),
    [
        ({"users": {BO: 50}}, 50),
        ({"users": {BO: "50"}}, 50),
        ({"users": {BO: True}, "users_default": 5}, 5),
        ({"users": {BO: "x"}, "users_default": 5}, 5),
        ({"users": "nonsense", "users_default": -1}, -1),
        ({"users": {BO: 1.5}}, 0),
        ({}, 0),
        (None, 0),
    ],
)
def test_power_is_read_as_old_servers_wrote_it(levels: Json, power: int) -> None:
    """Numbers as text count; what is no number counts as the default."""
    assert powers("9", levels).of(BO) == power


def test_maker_administers_a_room_without_levels() -> None:
    """So the specification says of rooms that were never given any."""
    found = powers("10")

    assert (found.of(ANNA), found.of(BO)) == (100, 0)
    assert found.administers(ANNA)
    assert not found.administers(BO)


@pytest.mark.parametrize(
    ("levels", "rights", "foothold"),
    [
        ({}, {Right.POSTS}, Foothold.MEMBER),
        ({"users": {BOT: 50}, **USUAL}, {Right.POSTS, Right.DELETES, Right.PINS}, Foothold.MEMBER),
        ({"users": {BOT: 50}}, {Right.POSTS, Right.DELETES, Right.PINS}, Foothold.ADMIN),
        ({"users": {BOT: 100}}, {Right.POSTS, Right.DELETES, Right.PINS}, Foothold.ADMIN),
        ({"events_default": 10}, set(), Foothold.MUTED),
        ({"events": {"m.room.message": 10}}, set(), Foothold.MUTED),
        (
            {"events": {"m.room.pinned_events": 0}},
            {Right.POSTS, Right.PINS},
            Foothold.MEMBER,
        ),
        ({"users": {BOT: 50}, "redact": 60, **USUAL}, {Right.POSTS, Right.PINS}, Foothold.MEMBER),
    ],
    ids=[
        "guest",
        "moderator",
        "no higher",
        "administrator",
        "muted",
        "closed",
        "may pin",
        "no redaction",
    ],
)
def test_rights_follow_from_power(levels: Json, rights: set[Right], foothold: Foothold) -> None:
    """In the words of all platforms; reading takes no power."""
    found = powers("11", levels)

    assert found.rights(BOT) == rights | {Right.READS_ALL}
    assert found.foothold(BOT) is foothold
