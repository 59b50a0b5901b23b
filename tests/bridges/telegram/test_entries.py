"""People who ask to be let into an emulated Telegram's chats."""

import pytest

from bot.domain.messages import Platform, RoomRef, UserRef
from bot.errors import PermanentFailure, Why
from tests.bridges.telegram.stage import Stage
from tests.bridges.telegram.way import Way
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.person import Person
from tests.town import MX_ROOM, alby

INVITES = "can_invite_users"


@pytest.fixture
def fia(stage: Stage) -> Person:
    """Asks to be let into the group, where the bot may invite."""
    stage.anna.manages(stage.chat).promotes(stage.account, INVITES)
    fia = stage.emulator.town.person("Fia")
    fia.asks_to_join(stage.chat)
    return fia


def account_of(person: Person) -> UserRef:
    """Somebody's account."""
    return UserRef(Platform.TELEGRAM, str(person.user.id))


def is_in(person: Person, chat: Chat) -> bool:
    """Whether somebody is in a chat."""
    member = chat.member(person.user.id)
    return member is not None and member.is_inside


@pytest.mark.parametrize("admits", [True, False], ids=["let in", "left outside"])
async def test_twice_is_as_good_as_once(stage: Stage, fia: Person, *, admits: bool) -> None:
    """An effect may be performed again, and somebody may have decided in the app."""
    answer = stage.bridge.admit if admits else stage.bridge.reject
    for _ in range(2):
        await answer(account_of(fia), stage.room)

    assert is_in(fia, stage.chat) is admits
    assert stage.chat.asking == {}


async def test_what_was_decided_in_the_app_stands(stage: Stage, fia: Person) -> None:
    """The bot comes too late, and that is no error."""
    stage.anna.manages(stage.chat).accepts(fia)
    await stage.bridge.reject(account_of(fia), stage.room)
    assert is_in(fia, stage.chat)
    gun = stage.emulator.town.person("Gun")
    gun.asks_to_join(stage.chat)
    stage.anna.manages(stage.chat).refuses(gun)
    await stage.bridge.admit(account_of(gun), stage.room)

    assert not is_in(gun, stage.chat)


async def test_bot_without_the_right_is_told_so(stage: Stage, fia: Person) -> None:
    """Nobody is let in, and the reason is one that whoever administers the chat can mend."""
    stage.anna.manages(stage.chat).promotes(stage.account, "can_delete_messages")
    for answer in (stage.bridge.admit, stage.bridge.reject):
        with pytest.raises(PermanentFailure) as refused:
            await answer(account_of(fia), stage.room)
        assert refused.value.why is Why.NO_RIGHTS

    assert not is_in(fia, stage.chat)


async def test_request_in_a_topic_s_name_is_one_of_the_whole_chat(
    stage: Stage, fia: Person
) -> None:
    """People come into chats, not into topics."""
    topic = RoomRef(Platform.TELEGRAM, f"{stage.room.room_id}/7")
    await stage.bridge.admit(account_of(fia), topic)

    assert is_in(fia, stage.chat)


async def _closed_yard(way: Way) -> Chat:
    """A group's chat on Telegram into which people are let by Anna."""
    chat = way.emulator.town.supergroup("Gården", way.anna)
    way.anna.manages(chat).adds(way.account, INVITES, "can_delete_messages", "can_pin_messages")
    async with way.app.parts.database.write() as uow:
        room = RoomRef(Platform.TELEGRAM, str(chat.id))
        await uow.groups.put(alby(rooms=(room, MX_ROOM)))
    await way.settles()
    return chat


async def test_whole_way_in(way: Way) -> None:
    """Asked, told what the group is for, let in with one press; Telegram's own line is no talk."""
    chat = await _closed_yard(way)
    fia = way.emulator.town.person("Fia")
    fia.asks_to_join(chat)
    await way.settles()
    card = next(m for m in way.anna.reads(chat) if "Fia vill komma in" in m.text)
    (told,) = [m.text for m in fia.reads(way.account) if m.author.is_bot]
    way.anna.presses(card, "Släpp in")
    await way.settles(seconds=5)

    assert "Vi håller ögonen öppna" in told
    assert is_in(fia, chat)
    assert "Fia släpps in." in "\n".join(way.reads(chat))
    assert way.shown == []


async def test_who_only_reads_there_lets_nobody_in(way: Way) -> None:
    """Telegram is asked, and says so."""
    chat = await _closed_yard(way)
    bo, fia = way.emulator.town.person("Bo"), way.emulator.town.person("Fia")
    bo.joins(chat)
    fia.asks_to_join(chat)
    await way.settles()
    card = next(m for m in bo.reads(chat) if "Fia vill komma in" in m.text)
    bo.presses(card, "Släpp in")
    await way.settles(seconds=5)

    assert not is_in(fia, chat)
    assert "Fia vill komma in" in "\n".join(way.reads(chat))


async def test_word_that_comes_too_late_disturbs_nobody(way: Way) -> None:
    """Five minutes are over: it is not sent, and no operator is called."""
    chat = await _closed_yard(way)
    fia = way.emulator.town.person("Fia")
    fia.asks_to_join(chat)
    way.people.clock.at = way.people.clock.at.replace(minute=30)
    await way.settles(seconds=5)

    assert fia.reads(way.account) == []
    assert way.people.rows("SELECT count(*) FROM effects") == [(0,)]
