"""Private chats: between the bot and one account, and no other's to close."""

import pytest

from bot.domain.incoming import IncomingMessage
from bot.domain.messages import Platform, RoomRef, UserRef
from bot.domain.outgoing import OutgoingMessage
from bot.domain.richtext import rich
from bot.domain.room_news import Foothold, IncomingFoothold
from bot.errors import PermanentFailure
from tests.bridges.matrix.listening import Listening
from tests.servers.matrix.people import People
from tests.servers.matrix.person import Person


def _user(person: Person) -> UserRef:
    return UserRef(Platform.MATRIX, person.id)


async def _says(bot: Listening, to: Person, text: str) -> RoomRef:
    parts = await bot.bridge.send(_user(to), OutgoingMessage(text=rich(text)), key=text)
    return parts[0].room


async def test_chat_that_others_read_is_nobody_s_private_chat(
    bot: Listening, people: People
) -> None:
    """However it was called by who opened it: what is for one person goes where one reads it."""
    anna, bo = await people.arrive("Anna", "Bo")
    await bot.starts()
    shared = await anna.opens(invites=[bot.account.id, bo], is_direct=True)
    await bo.joins(shared)
    await bot.hears(IncomingMessage)
    first = await _says(bot, anna, "ett")
    second = await _says(bot, anna, "två")
    await anna.joins(first.room_id)

    assert first.room_id != shared
    assert first == second
    assert set(await anna.manages(first.room_id).members()) == {anna.id, bot.account.id}


async def test_what_is_said_where_others_read_is_not_private(
    bot: Listening, people: People
) -> None:
    """From when they are asked in until they are gone; the one whose chat it was is told why."""
    anna, bo = await people.arrive("Anna", "Bo")
    await bot.starts()
    room = await anna.opens("", invites=[bot.account.id], is_direct=True)
    await bot.hears(IncomingMessage)
    await anna.writes(room, "bara vi")
    await anna.manages(room).invites(bo.id)
    await anna.writes(room, "nu är vi tre")
    await bo.joins(room)
    await bo.writes(room, "hej")
    await bo.leaves(room)
    await anna.writes(room, "bara vi igen")
    heard = (await bot.hears(IncomingMessage, 5))[1:]

    assert [(m.text.plain, m.is_direct, m.was_private) for m in heard] == [
        ("bara vi", True, False),
        ("nu är vi tre", False, True),
        ("hej", False, False),
        ("bara vi igen", True, False),
    ]


async def test_chat_is_left_and_changed_no_more_when_others_come(
    bot: Listening, people: People
) -> None:
    """They would read the news of a card that was sent when it was private."""
    anna, bo = await people.arrive("Anna", "Bo")
    await bot.starts()
    room = await anna.opens(invites=[bot.account.id], is_direct=True)
    await bot.hears(IncomingMessage)
    card = await bot.bridge.send(_user(anna), OutgoingMessage(text=rich("ett")), key="k1")
    await anna.manages(room).invites(bo.id)
    await bot.until(lambda: room not in bot.bridge.privates.present)
    with pytest.raises(PermanentFailure):
        await bot.bridge.edit(card, OutgoingMessage(text=rich("hemligt")))

    assert card[0].room.room_id == room
    assert (await _says(bot, anna, "två")).room_id != room


async def test_who_is_put_out_of_another_s_chat_stays_reachable(
    bot: Listening, people: People
) -> None:
    """Else anybody could cut off anybody from all alerts."""
    anna, mallory = await people.arrive("Anna", "Mallory")
    await bot.starts()
    own = await anna.opens(invites=[bot.account.id], is_direct=True)
    await bot.hears(IncomingMessage)
    trap = await mallory.opens(invites=[bot.account.id, anna], is_direct=True)
    await anna.joins(trap)
    await bot.hears(IncomingMessage, 2)
    await mallory.manages(trap).kicks(anna.id)
    await mallory.manages(trap).kicks(bot.account.id)
    await bot.until(lambda: trap not in bot.bridge.hearing.known.joined)
    still = await _says(bot, anna, "ett")
    await anna.leaves(own)
    told = await bot.hears(IncomingFoothold, 2)

    assert still.room_id == own
    assert {one.foothold for one in told} == {Foothold.GONE}
    assert [(one.room.room_id, one.sender.user) for one in told] == [
        (trap, _user(mallory)),
        (own, _user(anna)),
    ]
