"""Answering people who knock at a room of a real homeserver."""

import pytest

from bot.domain.messages import Platform, RoomRef, UserRef
from bot.domain.room_news import Coming, IncomingFoothold, IncomingMembership
from tests.bridges.matrix.listening import Listening
from tests.servers.matrix.people import People
from tests.servers.matrix.person import Person


async def _knocks(bot: Listening, people: People) -> tuple[RoomRef, Person, Person]:
    """Let Bo knock at a room in which the bot may let people in."""
    await bot.starts()
    anna, bo = await people.arrive("Anna", "Bo")
    room = await anna.opens(invites=[bot.account.id])
    await bot.hears(IncomingFoothold)
    await anna.manages(room).lets_knock()
    await anna.manages(room).empowers(bot.account.id, 50)
    await bo.knocks(room)
    told = await bot.hears(IncomingMembership)
    assert (told[-1].coming, told[-1].sender.user.user_id) == (Coming.ASKS, bo.id)
    return RoomRef(Platform.MATRIX, room), anna, bo


async def test_whoever_knocks_is_let_in(bot: Listening, people: People) -> None:
    """By an invitation, which opens the door."""
    room, anna, bo = await _knocks(bot, people)
    await bot.bridge.admit(UserRef(Platform.MATRIX, bo.id), room)
    await bo.joins(room.room_id)

    assert (await anna.manages(room.room_id).members())[bo.id] == "join"


@pytest.mark.parametrize("late", ["admit", "reject"])
async def test_who_was_sent_away_is_neither_called_nor_sent_again(
    bot: Listening, people: People, late: str
) -> None:
    """Somebody else may press the other button a moment later."""
    room, anna, bo = await _knocks(bot, people)
    user = UserRef(Platform.MATRIX, bo.id)
    await bot.bridge.reject(user, room)
    await getattr(bot.bridge, late)(user, room)

    told = await anna.manages(room.room_id).state("m.room.member", bo.id)
    assert told["membership"] == "leave"
