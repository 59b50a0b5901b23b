"""A group of three rooms, two of them on one platform: what holds for two holds for all."""

import pytest

from bot.domain.incoming import Extra, IncomingMessage
from bot.domain.messages import RoomRef
from bot.domain.richtext import Bullets, RichText, Text
from tests.town import ANNA, BO, CILLA, EVA, MX_ROOM, TG, TG_ROOM, alby, labels_of, shops

BACKYARD = RoomRef(TG, "-1003")


@pytest.fixture
async def town(open_town):
    """Anna sits in the square, Bo in the backyard, Eva on Matrix; Cilla in two of them."""
    groups = (alby(rooms=(TG_ROOM, BACKYARD, MX_ROOM)), shops())
    town = await open_town(groups=groups)
    await town.agrees(ANNA, BO, CILLA, EVA)
    return town


async def test_feelings_of_three_rooms_are_counted_once_each(town):
    """Whoever sits in two rooms is one; each copy shows all where others are among them."""
    line = await town.writes(ANNA, TG_ROOM, "Städdag?")
    await town.passes(seconds=10)
    backyard, matrix = town.in_room(BACKYARD)[-1], town.in_room(MX_ROOM)[-1]
    await town.reacts(CILLA, line, "👍")
    await town.reacts(CILLA, backyard.ref, "👍")
    await town.reacts(BO, backyard.ref, "👍")
    await town.reacts(EVA, matrix.ref, "👍")
    await town.passes(seconds=10)
    assert labels_of(backyard) == ["👍 3"]
    assert town.telegram.reactions == {line: ("👍",)}
    assert town.matrix.reactions == {matrix.ref: ("👍",)}
    await town.reacts(CILLA, line, "👍", added=False)
    await town.passes(seconds=10)

    assert labels_of(backyard) == ["👍 3"]


async def test_poll_of_three_rooms_has_one_tally(town):
    """A second vote of the same person elsewhere changes the first."""
    asked = RichText((Text("📊 Städdag?"), Bullets(((Text("Ja"),), (Text("Nej"),)))))
    await town.happens(
        IncomingMessage(
            ref=town.new_ref(ANNA, TG_ROOM),
            sender=town.sender(ANNA),
            sent_at=town.clock.now(),
            text=asked,
            is_direct=False,
            extra=Extra.POLL,
        )
    )
    await town.presses(CILLA, town.in_room(TG_ROOM)[-1], "Ja")
    await town.presses(CILLA, town.in_room(BACKYARD)[-1], "Nej")
    await town.presses(EVA, town.in_room(MX_ROOM)[-1], "Nej")
    await town.passes(seconds=5)

    for room in (TG_ROOM, BACKYARD, MX_ROOM):
        assert town.last(room).splitlines()[1:3] == ["1. Ja: 0", "2. Nej: 2 (100 %)"]


async def test_line_that_stays_stays_in_its_room_alone(town):
    """On its side means in that room, not on that platform."""
    await town.writes(ANNA, TG_ROOM, "/mute_relay")
    await town.writes(ANNA, TG_ROOM, "bara torget")

    assert [*town.texts(BACKYARD), *town.texts(MX_ROOM)] == []
