"""`grannbro doctor`: what is well, what is not, and what only a human can look after."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from threading import Thread

import pytest

from tests.bridges.mail.server import Desk, mail_server

pytestmark = pytest.mark.slow


@pytest.fixture
def desk(data, monkeypatch) -> Iterator[Desk]:
    """A mail server on loopback, which the environment names; a command has a loop of its own."""
    desk, loop, open_ones = Desk(), asyncio.new_event_loop(), AsyncExitStack()
    thread = Thread(target=loop.run_forever)
    thread.start()
    serving = open_ones.enter_async_context(mail_server(desk))
    port = asyncio.run_coroutine_threadsafe(serving, loop).result(timeout=10)
    monkeypatch.setenv("GRANNBRO_MAIL__SMTP_URL", f"smtp://127.0.0.1:{port}")
    monkeypatch.setenv("GRANNBRO_MAIL__FROM", "Grannbro <koder@example.org>")
    yield desk
    asyncio.run_coroutine_threadsafe(open_ones.aclose(), loop).result(timeout=10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(timeout=10)
    loop.close()


def test_doctor_says_where_bounces_go(grannbro, desk):
    """The bot reads none, so somebody has to; nothing is sent."""
    ended = grannbro("doctor")

    assert ended.exit_code == 0
    assert "mail: the server answers" in ended.out
    assert "come back to koder@example.org" in ended.out
    assert desk.mails == []
