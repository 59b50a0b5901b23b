"""What the bot says in a chat on Telegram that does not let it do its work yet."""

import pytest

from bot.domain.messages import Platform, RoomRef
from tests.bridges.telegram.way import Way
from tests.emulators.telegram.chats import Chat
from tests.town import MX_ROOM, alby

RIGHTS = ("can_delete_messages", "can_pin_messages")


async def yard(way: Way, *rights: str, reads_all: bool = False) -> Chat:
    """Another chat of Anna's, into which she lets the bot."""
    way.account.reads_all = reads_all
    chat = way.emulator.town.supergroup("Gården", way.anna)
    way.anna.manages(chat).adds(way.account, *rights)
    await way.settles()
    return chat


def signs(way: Way, chat: Chat) -> str:
    """The signs of the steps on the one message that stands in a chat."""
    (text,) = way.reads(chat)
    return "".join(line[0] for line in text.splitlines() if line[:1] in {"✅", "◻"})


async def test_bot_without_rights_says_once_what_it_needs(way: Way) -> None:
    """With the steps that Telegram's own app shows."""
    chat = await yard(way)

    (text,) = way.reads(chat)
    assert text.startswith("Hej! Jag är Grannbro.")
    assert signs(way, chat) == "◻◻◻◻"
    assert "/setprivacy till @BotFather" in text


async def test_message_is_in_the_language_of_whoever_let_the_bot_in(way: Way) -> None:
    """As their app is set."""
    kim = way.emulator.town.person("Kim", language="en")
    chat = way.emulator.town.supergroup("Yard", kim, way.anna)
    kim.manages(chat).adds(way.account)
    await way.settles()

    assert way.reads(chat)[0].startswith("Hello! I am Grannbro.")


@pytest.mark.parametrize(
    ("rights", "expected"),
    [
        (("can_invite_users",), "✅◻◻◻"),
        (RIGHTS[:1], "✅✅◻◻"),
        (RIGHTS[1:], "✅◻✅◻"),
        (RIGHTS, "✅✅✅◻"),
        ((), "✅✅✅◻"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
async def test_promoted_bot_ticks_off_what_it_got(
    way: Way, rights: tuple[str, ...], expected: str
) -> None:
    """An administrator sees everything; the rest is a right of its own."""
    chat = await yard(way)
    way.anna.manages(chat).promotes(way.account, *rights)
    await way.settles()
    assert signs(way, chat) == expected
    way.anna.manages(chat).demotes(way.account)
    await way.settles()

    assert signs(way, chat) == "◻◻◻◻"


async def test_privacy_mode_that_is_off_is_enough_to_read(way: Way) -> None:
    """Without any right."""
    chat = await yard(way, reads_all=True)

    assert signs(way, chat) == "✅◻◻◻"


async def test_privacy_mode_is_learnt_when_the_bot_is_added_again(way: Way) -> None:
    """It takes hold only then; nobody has to restart the bot."""
    chat = await yard(way)
    way.account.reads_all = True
    way.anna.manages(chat).removes(way.account)
    await way.settles()
    way.anna.manages(chat).adds(way.account)
    await way.settles()

    assert signs(way, chat) == "✅◻◻◻"


async def test_privacy_mode_that_can_t_be_asked_for_stops_nothing(way: Way) -> None:
    """What was known last is taken."""
    way.emulator.town.faults.fail(methods=["getMe"])
    chat = await yard(way)

    assert signs(way, chat) == "✅◻◻◻"


async def test_group_that_upgrades_shows_one_message_in_the_new_chat(way: Way) -> None:
    """The old one can't be seen any more."""
    way.account.reads_all = False
    old = way.emulator.town.group("Gården", way.anna)
    way.anna.manages(old).adds(way.account)
    await way.settles()
    new = way.anna.manages(old).upgrades()
    await way.settles()
    assert signs(way, new) == "◻◻◻◻"
    way.anna.manages(new).promotes(way.account)
    await way.settles()

    assert signs(way, new) == "✅✅✅◻"


async def test_everything_in_place_is_said_in_one_line_and_goes(way: Way) -> None:
    """When the chat is a group's and the bot has all rights."""
    chat = await yard(way)
    way.anna.manages(chat).promotes(way.account)
    await way.settles()
    async with way.app.parts.database.write() as uow:
        room = RoomRef(Platform.TELEGRAM, str(chat.id))
        await uow.groups.put(alby(rooms=(room, MX_ROOM)))
    await way.settles(seconds=1)
    assert way.reads(chat) == ["✅ Allt är på plats i Alby grannar. Listan försvinner i morgon."]
    await way.people.passes(hours=25)

    assert way.reads(chat) == []


async def test_telegram_is_not_asked_about_the_account_for_what_people_write(way: Way) -> None:
    """Whatever they write: a line must not cost a question."""
    asked = way.account.calls["getMe"]
    way.anna.writes(way.chat, '{"my_chat_member": {"status": "member"}}')
    await way.settles()

    assert way.account.calls["getMe"] == asked
