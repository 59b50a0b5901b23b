"""The outbox and the bridge together, at Telegram's own limits and in real time."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest

from bot.bridges.telegram.client import TelegramBridge, make_bot
from bot.bridges.telegram.hearing import hear_by_polling
from bot.clock import SystemClock
from bot.domain.effects import Urgency
from bot.outbox.performing import Performer
from bot.storage.database import Database
from tests.bridges.telegram.stage import KeptFiles
from tests.emulators.telegram import Emulator
from tests.outbox.stage import Stage
from tests.town import FakeClock

pytestmark = pytest.mark.slow
NEIGHBOURS = 400
SENT_AT_ONCE = 30


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    """One that refuses what is beyond the limits."""
    async with Emulator() as emulator:
        emulator.town.limits.is_on = emulator.town.limits.counts_edits = True
        yield emulator


async def test_red_is_out_within_a_second_while_private_chats_wait(
    emulator: Emulator, folder: Path
) -> None:
    """And 98 % of what Telegram takes is used, without one refusal."""
    town, clock = emulator.town, SystemClock()
    account, anna = town.bot(), town.person("Anna")
    chat = town.supergroup("Torget", anna, account)
    for number in range(NEIGHBOURS):
        town.person(f"Granne {number}").starts(account)
    database = Database(
        f"sqlite+aiosqlite:///{folder}/grannbro.db",
        keys_url=f"sqlite+aiosqlite:///{folder}/keys.db",
        clock=clock,
    )
    await database.open()
    bot = make_bot(account.token, clock=clock, api_base=emulator.url)
    bridge = TelegramBridge(
        bot=bot,
        hearing=hear_by_polling(bot, clock),
        media=KeptFiles(),
        clock=clock,
    )
    stage = Stage(database, cast(FakeClock, clock), repeats_safely=False)
    stage.performer = Performer(bridge=bridge, writer=stage.writer)
    outbox = stage.new_outbox()
    people = [p.user.id for p in town.people.values() if p is not anna]
    await stage.spreads("gul", *map(str, people), urgency=Urgency.YELLOW)

    running = asyncio.create_task(outbox.run())
    await town.until(lambda: account.calls["sendMessage"] >= 120, timeout_s=20)
    await stage.spreads("röd", str(chat.id), urgency=Urgency.RED)
    outbox.wake.set()
    entered = asyncio.get_running_loop().time()
    await town.until(lambda: [m for m in anna.reads(chat) if m.text == "röd"], timeout_s=20)
    waited_s = asyncio.get_running_loop().time() - entered
    await town.until(lambda: account.calls["sendMessage"] > NEIGHBOURS, timeout_s=30)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    sent_s = sorted(town.limits.sent_s[account.id])
    await bridge.close()
    await database.close()

    assert waited_s < 1
    assert account.refusals[429] == 0
    rate = (len(sent_s) - SENT_AT_ONCE - 1) / (sent_s[-1] - sent_s[SENT_AT_ONCE])
    assert rate >= 30 * 0.98, (rate, waited_s)
