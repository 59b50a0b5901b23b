"""What stands before a homeserver, as a proxy does, and can be out of order."""

from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web

_LEFT_OUT = {"transfer-encoding", "content-encoding", "content-length", "host", "connection"}


class Front:
    """Passes everything on, or answers in the homeserver's place.

    Attributes:
        url: Where it is.
        answers: With what it answers itself, in HTML as proxies do; None to pass on.
        asked: How often it was asked since it last began to answer itself.
    """

    def __init__(self, behind: str) -> None:
        self.behind, self.url = behind, ""
        self.answers: int | None = None
        self.asked: list[str] = []

    async def __aenter__(self) -> Self:
        """Stand there."""
        self._session = aiohttp.ClientSession(auto_decompress=False)
        application = web.Application(client_max_size=100_000_000)
        application.router.add_route("*", "/{path:.*}", self._take)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Be gone."""
        await self._runner.cleanup()
        await self._session.close()

    def breaks(self, status: int) -> None:
        """Answer everything with this from now on."""
        self.answers = status
        self.asked.clear()

    def mends(self) -> None:
        """Pass everything on."""
        self.answers = None

    async def _take(self, request: web.Request) -> web.Response:
        if self.answers is not None:
            self.asked.append(f"{request.method} {request.path}")
            return web.Response(
                status=self.answers, text="<h1>Out of order</h1>", content_type="text/html"
            )
        headers = {n: v for n, v in request.headers.items() if n.lower() not in _LEFT_OUT}
        asking = self._session.request(
            request.method,
            f"{self.behind}{request.raw_path}",
            data=await request.read(),
            headers=headers,
            allow_redirects=False,
        )
        try:
            async with asking as answer:
                told = {n: v for n, v in answer.headers.items() if n.lower() not in _LEFT_OUT}
                return web.Response(status=answer.status, body=await answer.read(), headers=told)
        except aiohttp.ClientError:
            return web.Response(status=502)
