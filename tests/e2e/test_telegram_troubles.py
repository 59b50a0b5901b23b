"""What an operator reads when something is wrong with the account, and what goes on meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import aiohttp
import pytest

from tests.e2e.conftest import Alby
from tests.emulators.asking import Answered, Asker

pytestmark = pytest.mark.slow

SOME_ROUNDS_S = 0.8
"""Time enough for a line that comes with each try to come more than once."""


@pytest.fixture
def alby(hurried: Alby) -> Alby:
    """All of it in time that runs fast: the pauses between tries are long."""
    return hurried


async def test_wrong_token_is_told_and_mended_without_a_restart(alby: Alby) -> None:
    """As when somebody has copied half of it; @BotFather's is known a little later."""
    bots = alby.emulator.town.bots
    account = bots.pop(alby.bot.token)
    await alby.program.start()
    line = await alby.program.says("telegram.token_refused")
    await _goes_on(alby)
    await asyncio.sleep(SOME_ROUNDS_S)
    told = troubles(alby)
    bots[account.token] = account
    await alby.program.says("telegram.reachable_again")
    await _relays(alby)

    assert told == [line]
    assert "GRANNBRO_TELEGRAM__TOKEN" in line
    assert "@BotFather" in line


async def test_revoked_token_is_told_once_by_all_who_use_it(alby: Alby) -> None:
    """What comes in and what goes out have one token, and the operator one thing to do."""
    await alby.program.start()
    await _relays(alby, "före")
    alby.bot.is_revoked = True
    alby.anna.writes(alby.here, "en rad till")
    line = await alby.program.says("telegram.token_refused")
    await _goes_on(alby)
    await asyncio.sleep(SOME_ROUNDS_S)
    told = troubles(alby)
    alby.bot.is_revoked = False
    await alby.program.says("telegram.reachable_again")
    await alby.bo.sees(alby.there, "en rad till", timeout_s=30)

    assert told == [line]
    assert "GRANNBRO_TELEGRAM__TOKEN" in line


async def test_webhook_of_somebody_else_is_told_and_left_alone(alby: Alby) -> None:
    """It may be another server's, and updates wait for who takes them."""
    async with _other_program(alby) as ask:
        await ask("setWebhook", url="https://127.0.0.1:1/elsewhere")
        await alby.program.start()
        line = await alby.program.says("telegram.webhook_is_set")
        await _goes_on(alby)
        await asyncio.sleep(SOME_ROUNDS_S)
        told = troubles(alby)
        info = await ask.record("getWebhookInfo")
        await ask("deleteWebhook")
    await alby.program.says("telegram.reachable_again")
    await _relays(alby)

    assert told == [line]
    assert "deleteWebhook" in line
    assert info["url"] == "https://127.0.0.1:1/elsewhere"


async def test_second_poller_is_told_of_and_outlived(alby: Alby) -> None:
    """Somebody has left the bot running on another machine."""
    await alby.program.start()
    await _relays(alby, "före")
    async with _other_program(alby) as ask:
        polling = asyncio.create_task(_poll(ask))
        line = await alby.program.says("telegram.conflict")
        await _goes_on(alby)
        await asyncio.sleep(SOME_ROUNDS_S)
        told = troubles(alby)
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
    await alby.program.says("telegram.reachable_again")
    await _relays(alby)

    assert set(told) == {line}
    assert "stop the other process" in line


async def test_kicked_bot_is_told_once_and_speaks_when_let_in_again(alby: Alby) -> None:
    """The other room goes on meanwhile, and nothing is tried in vain."""
    await alby.program.start()
    await _relays(alby, "före")
    alby.bo.manages(alby.there).removes(alby.bot)
    line = await alby.program.says("room.foothold")
    alby.anna.writes(alby.here, "medan den var borta")
    await _goes_on(alby)
    await asyncio.sleep(SOME_ROUNDS_S)
    told = troubles(alby)
    alby.bo.manages(alby.there).adds(alby.bot, "can_manage_chat", "can_delete_messages")
    await _relays(alby)

    assert told == [line]
    assert str(alby.there.id) in line


def troubles(alby: Alby) -> Sequence[str]:
    """What stands in the log since the start that somebody should look at."""
    return [line for line in alby.program.said if "[error" in line or "[warning" in line]


async def _goes_on(alby: Alby) -> None:
    """See that the web server answers."""
    port = alby.program.variables["GRANNBRO_WEB__PORT"]
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/healthz") as answer,
    ):
        assert answer.status == 200


async def _relays(alby: Alby, text: str = "efter") -> None:
    """See that what is written in one room is read in the other."""
    alby.anna.writes(alby.here, text)
    await alby.bo.sees(alby.there, text, timeout_s=60)


@asynccontextmanager
async def _other_program(alby: Alby) -> AsyncIterator[Asker]:
    async with aiohttp.ClientSession() as session:
        yield Asker(alby.emulator, alby.bot, session)


async def _poll(ask: Asker) -> None:
    """Ask for updates as another program would, and confirm none."""
    while True:
        with suppress(Answered):
            await ask.updates(timeout=1)
        await asyncio.sleep(0.1)
