"""The emulated Bot API on a port of this machine."""

import asyncio
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.control.routes import Control, say_what_is_wrong
from tests.emulators.telegram.control.trouble import TroubleMaker
from tests.emulators.telegram.faults import Trouble
from tests.emulators.telegram.files import LARGEST_DOWNLOAD_BYTES
from tests.emulators.telegram.methods import METHODS
from tests.emulators.telegram.methods.call import Call
from tests.emulators.telegram.methods.getting_updates import get_updates
from tests.emulators.telegram.page import PAGE
from tests.emulators.telegram.parameters import check_names
from tests.emulators.telegram.params import Params, read_params
from tests.emulators.telegram.town import Town
from tests.emulators.telegram.wire import (
    Json,
    Refused,
    bad_request,
    not_found,
    too_many,
    unauthorized,
)

HTML = "text/html"
LARGEST_REQUEST_BYTES = 52 * 1024 * 1024
NAMES = {name.lower(): name for name in [*METHODS, "getUpdates"]}


@dataclass(eq=False)
class Emulator:
    """`async with Emulator() as emulator`: a Telegram of one's own, on loopback.

    Attributes:
        port: Where it listens; 0 takes any that is free.
    """

    town: Town = field(default_factory=Town)
    port: int = 0
    _runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot wants as `base_url`."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot wants as `base_file_url`."""
        return f"{self.url}/file/bot"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()
        assert error is not None or not self.town.violations, self.town.violations

    async def start(self) -> None:
        """Serve; after a stop on the same port, with everything as it was."""
        app = web.Application(
            client_max_size=LARGEST_REQUEST_BYTES, middlewares=[say_what_is_wrong]
        )
        Control(self.town).add_to(app)
        TroubleMaker(self.town).add_to(app)
        app.router.add_get("/", self._serve_page)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = int(self._runner.addresses[0][1])
        for bot in self.town.bots.values():
            bot.queue.is_closed = False
            bot.deliver()

    async def stop(self) -> None:
        """Be gone, as in an outage: connections are refused, and nothing is delivered."""
        for bot in self.town.bots.values():
            bot.queue.close()
            await bot.stop_delivery()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        bot = self.town.bots.get(request.match_info["token"])
        if bot is None or bot.is_revoked:
            # What doesn't even look like a token doesn't reach the service itself.
            is_token = ":" in request.match_info["token"]
            refusal = unauthorized() if is_token else not_found()
            return _answer(refusal.to_json(), status=refusal.code)
        try:
            return await self._answer(bot, request)
        except Refused as refusal:
            bot.refusals[refusal.code] += 1
            return _answer(refusal.to_json(), status=refusal.code)
        except ConnectionError:
            raise  # who asked has gone
        except Exception as bug:  # noqa: BLE001 - a bug here must not pass for the service's mood
            self.town.violations.append(f"{request.match_info['method']}: {bug!r}")
            return _answer(Refused(500, f"Internal Server Error: {bug!r}").to_json(), status=500)

    async def _answer(self, bot: Bot, request: web.Request) -> web.StreamResponse:
        """Do what is asked, unless something is to go wrong."""
        method = NAMES.get(request.match_info["method"].lower())
        if method is None:
            raise not_found()
        params = await read_params(request)
        bot.calls[method] += 1
        fault = self.town.faults.strike(method)
        if method != "getUpdates" and self.town.faults.latency_s:
            await asyncio.sleep(self.town.faults.latency_s)
        if fault and fault.trouble is Trouble.CUT_BEFORE:
            return _hang_up(request)
        if fault and fault.trouble is Trouble.FLOOD:
            raise too_many(fault.retry_after_s)
        is_cut = fault is not None and fault.trouble is Trouble.CUT_AFTER
        result = None
        if fault is None or is_cut or fault.is_done:
            result = await self._perform(bot, method, params)
        if is_cut:
            return _hang_up(request)
        if fault:
            return _broken(fault.code, is_html=fault.trouble is Trouble.HTML)
        return _answer({"ok": True, "result": result})

    async def _perform(self, bot: Bot, method: str, params: Params) -> object:
        self._check_request(method, params)
        call = Call(self.town, bot, params)
        if method == "getUpdates":
            result = await get_updates(call)
        else:
            result = METHODS[method](call)
            at_s = self.town.clock.monotonic_s()
            bot.log.append({"method": method, "at_s": at_s} | params.values)
        return self._checked(method, result)

    def _check_request(self, method: str, params: Params) -> None:
        check = self.town.schema.check_request if self.town.schema.methods else check_names
        wrong = check(method, params.values, set(params.uploads))
        if wrong:
            raise bad_request("; ".join(wrong))

    def _checked(self, method: str, result: object) -> object:
        if (
            method != "getUpdates"
        ):  # they were looked at one by one; a fault may have slipped some in
            wrong = self.town.schema.check_answer(method, result)
            self.town.violations += wrong
            if wrong:
                raise Refused(500, f"Internal Server Error: {'; '.join(wrong)}")
        return result

    async def _serve_page(self, request: web.Request) -> web.StreamResponse:
        return web.Response(text=PAGE, content_type=HTML)

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        bot = self.town.bots.get(request.match_info["token"])
        known = self.town.files.by_path.get(request.match_info["path"])
        if bot is None or bot.is_revoked:
            return _answer(unauthorized().to_json(), status=401)
        if known is None or len(known.content) > LARGEST_DOWNLOAD_BYTES:
            return _answer(not_found().to_json(), status=404)
        return web.Response(body=known.content, content_type="application/octet-stream")


def _hang_up(request: web.Request) -> web.StreamResponse:
    """Break the connection without a word."""
    if isinstance(request.transport, asyncio.Transport):
        request.transport.abort()
    return web.Response()


def _broken(code: int, *, is_html: bool) -> web.StreamResponse:
    reason = HTTPStatus(code).phrase
    if is_html:
        return web.Response(status=code, text=f"<html>{code} {reason}</html>", content_type=HTML)
    return _answer(Refused(code, reason).to_json(), status=code)


def _answer(body: Json, *, status: int = 200) -> web.Response:
    return web.json_response(body, status=status)
