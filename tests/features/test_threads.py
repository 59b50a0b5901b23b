"""Lines in threads: each room shows them in the nearest way it has."""

import pytest

from bot.domain.messages import MessageRef, RoomRef
from tests.town import ANNA, EVA, MX, MX_ROOM, TG_ROOM, alby, shops

GARDEN = RoomRef(MX, "!garden:hem.se")


@pytest.fixture
async def town(open_town):
    """Eva writes in one of two rooms on Matrix; Anna on Telegram."""
    groups = (alby(rooms=(TG_ROOM, MX_ROOM, GARDEN)), shops())
    town = await open_town(groups=groups)
    await town.agrees(ANNA, EVA)
    return town


def latest(town, room: RoomRef) -> tuple[MessageRef | None, MessageRef | None]:
    """What the latest line of a room answers, and which thread it goes on."""
    message = town.in_room(room)[-1].message
    return message.reply_to, message.thread


async def test_thread_is_a_chain_of_answers_where_there_are_none(town):
    """To its beginning, unless one answers a line in it."""
    begun = await town.writes(EVA, MX_ROOM, "början")
    there = town.in_room(TG_ROOM)[-1].ref
    second = await town.sends(EVA, MX_ROOM, "inne", thread=begun, reply_to=begun)
    assert latest(town, TG_ROOM)[0] == there
    inside = town.in_room(TG_ROOM)[-1].ref
    await town.sends(EVA, MX_ROOM, "svar", thread=begun, reply_to=second)

    assert latest(town, TG_ROOM)[0] == inside


async def test_thread_goes_on_as_one_in_other_rooms(town):
    """Also once the words that began it are forgotten."""
    begun = await town.writes(EVA, MX_ROOM, "början")
    there = town.in_room(GARDEN)[-1].ref
    await town.passes(seconds=10)
    second = await town.sends(EVA, MX_ROOM, "inne", thread=begun, reply_to=begun)
    inside = town.in_room(GARDEN)[-1].ref
    assert latest(town, GARDEN) == (there, there)
    await town.sends(EVA, MX_ROOM, "svar", thread=begun, reply_to=second)

    assert latest(town, GARDEN) == (inside, there)


async def test_thread_begun_by_a_copy_goes_on_beneath_the_line_itself(town):
    """Where it was written, too, if there are threads there."""
    begun = await town.writes(EVA, MX_ROOM, "början")
    copy = town.in_room(GARDEN)[-1].ref
    await town.sends(EVA, GARDEN, "inne", thread=copy, reply_to=copy)

    assert latest(town, MX_ROOM) == (begun, begun)


async def test_thread_of_a_line_that_nobody_knows_is_none(town):
    """Older than the bot."""
    old = town.new_ref(EVA, MX_ROOM)
    await town.sends(EVA, MX_ROOM, "inne", thread=old, reply_to=old)

    assert latest(town, GARDEN) == latest(town, TG_ROOM) == (None, None)


async def test_command_in_a_thread_is_one(town):
    """And its report is told where all see it."""
    begun = await town.writes(EVA, MX_ROOM, "början")
    await town.sends(EVA, MX_ROOM, "!röd rök", thread=begun, reply_to=begun)

    assert "rök" in town.card(TG_ROOM).text
    assert town.card(MX_ROOM).message.thread is None
