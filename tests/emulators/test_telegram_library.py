"""python-telegram-bot drives the emulator, as it drives the real service."""

from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
    BotCommandScopeAllPrivateChats,
    ChatPermissions,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
)
from telegram.error import BadRequest, Forbidden

from tests.emulators import tour
from tests.emulators.telegram import Emulator, Town
from tests.pictures import jpeg


@pytest.fixture
async def bot(emulator: Emulator) -> AsyncIterator[Bot]:
    """The library with a token of the emulated service."""
    token = emulator.town.bot("granne_bot").token
    async with Bot(
        token, base_url=emulator.base_url, base_file_url=emulator.base_file_url
    ) as library:
        yield library


async def test_library_reads_what_people_write_and_answers(bot: Bot, town: Town):
    """The whole way: update, message, edit, press, deletion."""
    anna, granne = town.person("Anna"), town.bot("granne_bot")
    group = town.supergroup("Alby", anna, granne)
    anna.writes(group, "/red rök ur fönster")

    (update,) = await bot.get_updates()
    button = InlineKeyboardButton("Sett", callback_data="seen")
    sent = await bot.send_message(
        group.id, "🔴 rök", reply_markup=InlineKeyboardMarkup([[button]])
    )
    press = anna.presses(anna.reads(group)[-1], "Sett")
    (pressed,) = await bot.get_updates(offset=update.update_id + 1)
    assert pressed.callback_query is not None
    await pressed.callback_query.answer("Tack")
    await sent.edit_text("🔴 rök, sett av 1")

    assert update.message is not None
    assert update.message.text == "/red rök ur fönster"
    assert press.answer == "Tack"
    assert [m.text for m in anna.reads(group)] == ["/red rök ur fönster", "🔴 rök, sett av 1"]
    await sent.delete()
    assert len(anna.reads(group)) == 1


async def test_library_raises_what_it_raises_for_the_real_service(bot: Bot, town: Town):
    """Texts are those of the service; the library makes its errors of them."""
    anna, granne = town.person("Anna"), town.bot("granne_bot")

    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(anna.user.id, "hej")
    anna.starts(granne)
    sent = await bot.send_message(anna.user.id, "hej")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text("hej")
    anna.blocks(granne)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(anna.user.id, "hej")


async def test_library_understands_everything_that_can_happen(bot: Bot, town: Town):
    """Each update becomes an object with the field that its kind promises."""
    tour.walk(town)
    kinds, offset = set(), None
    while updates := await bot.get_updates(offset=offset):
        kinds |= {kind for update in updates for kind in update.to_dict()} - {"update_id"}
        offset = updates[-1].update_id + 1

    assert kinds == set(tour.KINDS) - {"callback_query", "poll", "poll_answer"}


async def test_library_sends_every_kind_of_content(bot: Bot, town: Town):
    """In forms and multipart bodies, as files and by id."""
    anna, _, group = tour.prepare(town)
    photo = await bot.send_photo(group.id, jpeg(), caption="bild")
    await bot.send_photo(group.id, photo.photo[-1])
    await bot.send_media_group(group.id, [InputMediaPhoto(jpeg()), InputMediaPhoto(jpeg())])
    document = await bot.send_document(group.id, b"%PDF", filename="karta.pdf")
    assert document.document is not None
    file = await bot.get_file(document.document)
    await bot.send_voice(group.id, b"OggS", duration=7)
    await bot.send_video(group.id, b"film", width=10, height=10, thumbnail=jpeg())
    await bot.send_sticker(group.id, b"RIFF")
    await bot.send_location(group.id, 59.24, 17.84)
    await bot.send_venue(group.id, 59.24, 17.84, "Centrum", "Albyvägen 1")
    poll = await bot.send_poll(group.id, "När?", ["Nu", "Sen"])
    await bot.stop_poll(group.id, poll.message_id)
    await bot.edit_message_media(InputMediaPhoto(jpeg()), group.id, photo.message_id)
    await bot.set_message_reaction(group.id, photo.message_id, "👀")
    await bot.pin_chat_message(group.id, photo.message_id)
    await bot.set_my_commands(
        [("red", "Akut")], scope=BotCommandScopeAllPrivateChats(), language_code="sv"
    )
    await bot.restrict_chat_member(group.id, town.person("Bo").user.id, ChatPermissions())
    topics = town.forum("Ämnen", anna, town.bot("granne_bot"))
    anna.manages(topics).promotes(town.bot("granne_bot"))
    topic = await bot.create_forum_topic(topics.id, "Klotter")
    await bot.send_message(topics.id, "hej", message_thread_id=topic.message_thread_id)

    assert bytes(await file.download_as_bytearray()) == b"%PDF"
    kinds = [m.kind() for m in anna.reads(group) if not m.is_service]
    assert kinds == [
        "photo", "photo", "photo", "photo", "document", "voice", "video", "sticker", "location",
        "venue", "poll",
    ]  # fmt: skip
