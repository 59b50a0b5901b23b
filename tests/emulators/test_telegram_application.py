"""A whole bot on python-telegram-bot, polled in the same event loop."""

import asyncio

import pytest
from telegram import Update
from telegram.ext import ApplicationBuilder, CommandHandler, ContextTypes

from tests.emulators.telegram import Emulator, Town
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.clock import RealClock
from tests.emulators.telegram.person import Person


@pytest.fixture
def clock() -> RealClock:
    """The library waits for real, so the service's time must pass too."""
    return RealClock()


@pytest.fixture
async def application(emulator: Emulator, group: Chat):
    """A bot that answers `/red`."""

    async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message is not None
        await update.effective_message.reply_text(f"🔴 {update.effective_message.text}")

    builder = ApplicationBuilder().token(emulator.town.bot("granne_bot").token)
    builder = builder.base_url(emulator.base_url).base_file_url(emulator.base_file_url)
    made = builder.build()
    made.add_handler(CommandHandler("red", answer))
    async with made:
        await made.start()
        yield made
        if made.updater is not None and made.updater.running:
            await made.updater.stop()
        await made.stop()


async def test_polling_bot_answers(application, town: Town, anna: Person, group: Chat):
    """What waited before it came, and what comes while it polls."""
    anna.writes(group, "/red före")
    assert application.updater is not None
    await application.updater.start_polling()
    await town.until(lambda: len(anna.reads(group)) == 2)
    anna.writes(group, "/red efter")
    await town.until(lambda: len(anna.reads(group)) == 4)

    assert {m.text for m in anna.reads(group)} > {"🔴 /red före", "🔴 /red efter"}


async def test_lost_answer_is_visible_as_a_message_nobody_knows_of(
    application, town: Town, anna: Person, group: Chat
):
    """The library reports an error, and the message is there."""
    failed = asyncio.Event()

    async def note(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        failed.set()

    application.add_error_handler(note)
    town.faults.cut_after(methods=["sendMessage"])
    assert application.updater is not None
    await application.updater.start_polling()
    anna.writes(group, "/red rök")
    async with asyncio.timeout(5):
        await failed.wait()

    assert [m.text for m in anna.reads(group)] == ["/red rök", "🔴 /red rök"]
