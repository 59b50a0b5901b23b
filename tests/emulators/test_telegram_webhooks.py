"""Getting updates by being told, on loopback."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from tests.emulators.asking import Answered
from tests.emulators.telegram.wire import Json, as_object

SECRET = "Granne-1"


@dataclass
class Listener:
    """A bot's own server; it answers with the codes it is given, then with 200."""

    url: str = ""
    codes: list[int] = field(default_factory=list)
    heard: "asyncio.Queue[Json]" = field(default_factory=asyncio.Queue)
    secrets: set[str | None] = field(default_factory=set)

    async def hear(self, request: web.Request) -> web.Response:
        """Take an update."""
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.heard.put_nowait(as_object(await request.json()))
        return web.Response(status=self.codes.pop(0) if self.codes else 200)

    async def text(self) -> object:
        """The words of the next update."""
        async with asyncio.timeout(5):
            return as_object((await self.heard.get())["message"])["text"]


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    """A server of the bot's own."""
    made = Listener()
    app = web.Application()
    app.router.add_post("/hook", made.hear)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def test_updates_are_carried_to_the_webhook(ask, anna, granne, listener):
    """With the secret that was agreed on, also those that waited."""
    anna.writes(granne, "före")
    await ask("setWebhook", url=listener.url, secret_token=SECRET, max_connections=1)
    anna.writes(granne, "efter")

    assert [await listener.text(), await listener.text()] == ["före", "efter"]
    assert listener.secrets == {SECRET}


async def test_update_comes_again_until_it_is_taken(ask, anna, granne, listener, clock):
    """After longer and longer pauses; one connection keeps the order."""
    listener.codes = [500, 503]
    await ask("setWebhook", url=listener.url, max_connections=1)
    anna.writes(granne, "ett")
    anna.writes(granne, "två")
    assert await listener.text() == "ett"
    told = await ask.record("getWebhookInfo")
    await clock.waited_for(1)
    clock.advance(1)
    assert await listener.text() == "ett"
    await clock.waited_for(1)
    clock.advance(2)

    assert [await listener.text(), await listener.text()] == ["ett", "två"]
    assert told["pending_update_count"] == 2


async def test_updates_may_come_out_of_order(ask, town, anna, granne, listener):
    """As they do on many connections."""
    town.faults.is_shuffled = True
    anna.writes(granne, "ett")
    anna.writes(granne, "två")
    await ask("setWebhook", url=listener.url, max_connections=1)

    assert [await listener.text(), await listener.text()] == ["två", "ett"]


async def test_failure_is_told_in_the_webhooks_info(ask, anna, granne, listener, clock):
    """When, and what the bot's server has said."""
    listener.codes = [500]
    await ask("setWebhook", url=listener.url, max_connections=1)
    anna.writes(granne, "ett")
    await clock.waited_for(1)
    told = await ask.record("getWebhookInfo")

    assert told["last_error_message"] == (
        "Wrong response from the webhook: 500 Internal Server Error"
    )
    assert told["last_error_date"] == int(clock.unix_s())


async def test_deleting_a_webhook_can_forget_what_waits(ask, anna, granne):
    """Or keep it for polling."""
    await ask("setWebhook", url="http://127.0.0.1:1/hook")
    anna.writes(granne, "ett")
    await ask("deleteWebhook")
    assert await ask.texts() == ["ett"]

    await ask("deleteWebhook", drop_pending_updates=True)
    assert await ask.texts() == []


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"url": "https://bot.example/hook"}, id="elsewhere"),
        pytest.param({"url": "http://127.0.0.1:1/", "secret_token": "å"}, id="secret"),
        pytest.param({"url": "http://127.0.0.1:1/", "max_connections": 101}, id="connections"),
    ],
)
async def test_webhook_that_can_not_be_is_refused(ask, asked):
    """The emulator leaves this machine alone."""
    with pytest.raises(Answered, match="400 Bad Request"):
        await ask("setWebhook", **asked)
    assert (await ask.record("getWebhookInfo"))["url"] == ""
