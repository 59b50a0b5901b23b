"""Requests to the service, as the library asks for them."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import InputFile
from telegram.error import BadRequest, NetworkError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.bridges.telegram.errors import to_bridge_error
from bot.bridges.telegram.requests import Requests
from bot.errors import TemporaryFailure, UnknownOutcome

TOKEN = "42:secret"


async def _echo(request: web.Request) -> web.Response:
    form = await request.post()
    said = {
        name: [value.filename, value.content_type, value.file.read().decode()]
        if isinstance(value, web.FileField)
        else value
        for name, value in form.items()
    }
    return web.json_response({"ok": True, "result": said})


async def _refuse(_: web.Request) -> web.Response:
    return web.json_response({"ok": False, "description": "nej"}, status=400)


async def _break(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.close()
    return web.Response()


@pytest.fixture
def heard() -> asyncio.Event:
    """Set once the service holds a request."""
    return asyncio.Event()


@pytest.fixture
async def service(heard: asyncio.Event) -> AsyncIterator[str]:
    """A service that echoes, refuses, never answers or hangs up."""

    async def hold(_: web.Request) -> web.Response:
        heard.set()
        await asyncio.Event().wait()
        return web.Response()

    app = web.Application()
    for name, does in {"echo": _echo, "refuse": _refuse, "hold": hold, "break": _break}.items():
        app.router.add_post(f"/bot{TOKEN}/{name}", does)
    async with TestServer(app) as server:
        yield str(server.make_url(f"/bot{TOKEN}"))


@pytest.fixture
async def requests() -> AsyncIterator[Requests]:
    """Open connections."""
    async with Requests(2) as opened:
        yield opened


def data(*given: RequestParameter) -> RequestData:
    """What a method is asked with."""
    return RequestData(list(given))


async def test_parameters_arrive(service: str, requests: Requests) -> None:
    """Texts as they are, everything else as JSON."""
    asked = data(RequestParameter("text", "hej å 👋", None), RequestParameter("n", [1], None))

    assert await requests.post(f"{service}/echo", asked) == {"text": "hej å 👋", "n": "[1]"}


async def test_files_arrive_with_their_names(service: str, requests: Requests) -> None:
    """Beside the other parameters."""
    asked = data(
        RequestParameter.from_input("chat_id", 7),
        RequestParameter.from_input("document", InputFile(b"abc", filename="a.txt")),
    )

    answer = await requests.post(f"{service}/echo", asked)

    assert answer == {"chat_id": "7", "document": ["a.txt", "text/plain", "abc"]}


async def test_refusal_is_told(service: str, requests: Requests) -> None:
    """As what the service says."""
    with pytest.raises(BadRequest, match="nej"):
        await requests.post(f"{service}/refuse")


async def test_silence_leaves_it_open_whether_it_was_delivered(
    service: str, requests: Requests
) -> None:
    """The service may have done it all the same."""
    with pytest.raises(TimedOut) as failure:
        await requests.post(f"{service}/hold", read_timeout=0.05)

    assert isinstance(to_bridge_error(failure.value), UnknownOutcome)


async def test_broken_connection_leaves_it_open(service: str, requests: Requests) -> None:
    """And is not asked once more behind the outbox's back; the token is not told."""
    with pytest.raises(NetworkError) as failure:
        await requests.post(f"{service}/break")

    assert isinstance(to_bridge_error(failure.value), UnknownOutcome)
    assert TOKEN not in str(failure.value)


async def test_what_was_not_reached_was_not_told(requests: Requests) -> None:
    """So it can be sent again; the token is not told."""
    with pytest.raises(NetworkError) as failure:
        await requests.post(f"http://127.0.0.1:1/bot{TOKEN}/echo")

    assert isinstance(to_bridge_error(failure.value), TemporaryFailure)
    assert TOKEN not in str(failure.value)


async def test_whoever_waits_in_vain_for_a_connection_was_not_heard(
    service: str, heard: asyncio.Event
) -> None:
    """All are in use, so nothing went out."""
    async with Requests(1) as one:
        held = asyncio.create_task(one.post(f"{service}/hold"))
        await heard.wait()
        with pytest.raises(TimedOut) as failure:
            await one.post(f"{service}/echo", pool_timeout=0.05)
        held.cancel()
        await asyncio.gather(held, return_exceptions=True)

    assert isinstance(to_bridge_error(failure.value), TemporaryFailure)


async def test_proxy_of_the_environment_is_used(
    service: str, requests: Requests, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As operators behind one expect, unless it is to be gone around."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with pytest.raises(NetworkError):
        await requests.post(f"{service}/echo")

    monkeypatch.setenv("no_proxy", "127.0.0.1")
    async with Requests(1) as direct:
        assert await direct.post(f"{service}/echo") == {}
