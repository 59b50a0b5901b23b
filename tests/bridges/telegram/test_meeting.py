"""What the bot says in a chat that it was in before anybody told it of the chat's number."""

from datetime import timedelta
from functools import partial

import pytest
from structlog.testing import capture_logs

from bot.bridges.telegram.meeting import Meeting
from bot.domain.messages import Platform, RoomRef
from bot.domain.organisations import Organisation, OrganisationId
from bot.domain.people import Role
from bot.networks import unmet
from tests.bridges.telegram.way import Way
from tests.emulators.telegram.chats import Chat
from tests.town import MX_ROOM, alby


async def starts(way: Way) -> None:
    """Let the bot do what it does at each start."""
    store = way.app.parts.database
    meeting = Meeting(
        bot=way.bridge.bot,
        unmet=partial(unmet, store, Platform.TELEGRAM),
        clock=way.people.clock,
    )
    await meeting.run(way.app.inbox.accept)
    await way.settles()


async def yard(way: Way, *rights: str, topic: bool = False) -> Chat:
    """A chat of a group's, into which the bot came while nothing of it ran."""
    town = way.emulator.town
    chat = town.forum("Gården", way.anna) if topic else town.supergroup("Gården", way.anna)
    way.anna.manages(chat).adds(way.account, *rights)
    way.account.queue.waiting.clear()
    suffix = f"/{way.anna.manages(chat).creates_topic('Larm').id}" if topic else ""
    way.account.queue.waiting.clear()
    async with way.app.parts.database.write() as uow:
        room = RoomRef(Platform.TELEGRAM, f"{chat.id}{suffix}")
        await uow.groups.put(alby(rooms=(room, MX_ROOM)))
    return chat


def signs(way: Way, chat: Chat) -> list[str]:
    """The signs of the steps, for each message that stands in a chat."""
    return [
        "".join(line[0] for line in text.splitlines() if line[:1] in {"✅", "◻"})
        for text in way.reads(chat)
    ]


@pytest.mark.parametrize("topic", [False, True], ids=["chat", "topic"])
async def test_room_of_the_configuration_is_told_what_is_missing(way: Way, *, topic: bool) -> None:
    """Once, and not at each start."""
    chat = await yard(way, topic=topic)
    for _ in range(3):
        await starts(way)
        way.people.clock.at += timedelta(days=3)

    assert signs(way, chat) == ["✅◻◻✅"]


async def test_what_is_done_then_is_ticked_off(way: Way) -> None:
    """As if the bot had been heard to come in."""
    chat = await yard(way)
    await starts(way)
    way.anna.manages(chat).promotes(way.account, "can_delete_messages")
    await way.settles()

    assert signs(way, chat) == ["✅✅◻✅"]


async def test_room_in_which_nothing_is_missing_is_left_in_peace(way: Way) -> None:
    """Also by the next start."""
    chat = await yard(way, "can_delete_messages", "can_pin_messages")
    for _ in range(2):
        await starts(way)

    assert way.reads(chat) == []


async def test_room_that_the_bot_has_seen_itself_come_into_is_not_looked_at(way: Way) -> None:
    """It was told then."""
    chat = await yard(way)
    way.anna.manages(chat).removes(way.account)
    way.anna.manages(chat).adds(way.account)
    await way.settles()
    before = way.account.calls["getChatMember"]
    await starts(way)

    assert way.account.calls["getChatMember"] - before <= 1
    assert signs(way, chat) == ["✅◻◻✅"]


async def test_room_that_the_bot_is_not_in_is_named_to_the_operator(way: Way) -> None:
    """With what to do; and asked for again at the next start."""
    chat = await yard(way)
    way.anna.manages(chat).removes(way.account)
    way.account.queue.waiting.clear()
    with capture_logs() as logs:
        for _ in range(2):
            await starts(way)
    told = [log for log in logs if log["event"] == "telegram.not_in_room"]

    assert [log["room"] for log in told] == [f"telegram:{chat.id}"] * 2
    assert "groups.toml" in told[0]["fix"]


async def test_room_whose_number_is_no_number_harms_nothing(way: Way) -> None:
    """The others are looked at."""
    async with way.app.parts.database.write() as uow:
        await uow.organisations.put(
            Organisation(
                id=OrganisationId("kommunen"),
                name="Kommunen",
                role=Role.MUNICIPALITY,
                areas=frozenset(),
                mail_domains=(),
                desk_rooms=(RoomRef(Platform.TELEGRAM, "torget"),),
            )
        )
    chat = await yard(way)
    await starts(way)

    assert signs(way, chat) == ["✅◻◻✅"]


async def test_telegram_that_does_not_answer_is_asked_again(way: Way) -> None:
    """Nobody has to restart the bot for it."""
    chat = await yard(way)
    way.emulator.town.faults.fail(methods=["getChat"])
    await starts(way)

    assert signs(way, chat) == ["✅◻◻✅"]
