"""What tokens a bot can be signed in with."""

import asyncio
from pathlib import Path
from typing import cast

import structlog
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.bridges.matrix.account import Credentials
from bot.bridges.matrix.invitations import Welcome
from bot.bridges.matrix.wiring import make_bridge
from bot.domain.platform_troubles import PlatformTrouble
from bot.domain.room_news import IncomingTroubles
from bot.ports.media import MediaStore
from tests.bridges.matrix.key_world import BOT
from tests.bridges.matrix.listening import PATIENCE_S, Keeper, secret
from tests.town import FakeClock


async def _is_nobody_s(_: web.Request) -> web.Response:
    return web.json_response({"user_id": BOT})


async def test_token_without_a_device_is_told_and_ends_nothing(tmp_path: Path) -> None:
    """Admin APIs make such; nothing can be sealed with it, and other platforms go on."""
    app, keeper = web.Application(), Keeper()
    app.router.add_get("/_matrix/client/v3/account/whoami", _is_nobody_s)
    async with TestServer(app) as server:
        bridge = make_bridge(
            Credentials(homeserver=str(server.make_url("")), token="made"),
            data_dir=tmp_path,
            media=cast("MediaStore", None),
            clock=FakeClock(),
            welcome=Welcome(),
            secret=secret,
        )
        with structlog.testing.capture_logs() as lines:
            running = asyncio.create_task(bridge.run(keeper))
            async with asyncio.timeout(PATIENCE_S):
                await asyncio.wait(
                    [running, asyncio.create_task(keeper.changed.wait())],
                    return_when=asyncio.FIRST_COMPLETED,
                )
        is_running = not running.done()
        running.cancel()
        await asyncio.wait([running])
    (update,) = keeper.updates.values()
    told = bridge.parse(update.payload)

    assert is_running
    assert [line["event"] for line in lines] == ["matrix.no_device"]
    assert "PASSWORD" in lines[0]["fix"]
    assert isinstance(told, IncomingTroubles)
    assert told.troubles == {PlatformTrouble.TOKEN_REFUSED}
