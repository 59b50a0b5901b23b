"""python-telegram-bot drives the emulator, as it drives the real service."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden

from tests.emulators.telegram import Emulator, Town


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
