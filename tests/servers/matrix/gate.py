"""A way to a homeserver on which everything that goes through is noted."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web

from tests.servers.matrix.asking import as_object

_OF_THE_WAY = {"host", "content-length", "transfer-encoding", "content-encoding", "connection"}
_PATIENCE = aiohttp.ClientTimeout(120)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request, and how it was answered.

    Attributes:
        asked_at_s: When it came, by a clock that only runs.
        answered_at_s: When the answer went back.
        wait_s: For how long nothing of the kind shall be asked, as the server says.
    """

    method: str
    path: str
    status: int
    asked_at_s: float
    answered_at_s: float
    wait_s: float = 0.0

    @property
    def is_sending(self) -> bool:
        """Whether it sends an event into a room."""
        return self.method == "PUT" and "/send/" in self.path


@dataclass
class Gate:
    """`async with Gate(synapse.url) as gate:`, and a program that is told `gate.url`."""

    to: str
    asked: list[Asked] = field(default_factory=list)
    url: str = ""
    _session: aiohttp.ClientSession | None = None
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        """Open it, on loopback alone."""
        self._session = aiohttp.ClientSession(auto_decompress=False)
        app = web.Application(client_max_size=100_000_000)
        app.router.add_route("*", "/{path:.*}", self._pass)
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        assert self._runner is not None
        assert self._session is not None
        await self._runner.cleanup()
        await self._session.close()

    def sent(self, status: int) -> Sequence[Asked]:
        """Return what was sent into rooms and answered so."""
        return [one for one in self.asked if one.is_sending and one.status == status]

    async def _pass(self, request: web.Request) -> web.Response:
        assert self._session is not None
        asked_at_s = time.monotonic()
        async with self._session.request(
            request.method,
            f"{self.to}{request.raw_path}",
            data=await request.read(),
            headers=_headers(request.headers),
            timeout=_PATIENCE,
        ) as answer:
            body = await answer.read()
            waits_ms = 0.0
            if answer.status == 429:
                waits_ms = float(str(as_object(await answer.json()).get("retry_after_ms", 0)))
            self.asked.append(
                Asked(
                    method=request.method,
                    path=request.path,
                    status=answer.status,
                    asked_at_s=asked_at_s,
                    answered_at_s=time.monotonic(),
                    wait_s=waits_ms / 1000,
                )
            )
            headers = _headers(answer.headers)
            return web.Response(status=answer.status, body=body, headers=headers)


def _headers(told: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in told.items() if name.lower() not in _OF_THE_WAY}
