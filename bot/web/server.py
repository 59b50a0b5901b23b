"""The web server: pages, files, personal links, health and metrics, in the bot's own loop."""

import asyncio
import contextlib
import secrets
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse
from nicegui import ui
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import Response

from bot.bridges.web.platform import WebPlatform
from bot.domain.messages import MediaId
from bot.errors import ConfigError
from bot.ports.media import MediaStore
from bot.settings.options import WebOptions
from bot.web.chat import LINK
from bot.web.health import Health

SESSION_S = 60 * 60 * 24 * 30
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}


class Hook(Protocol):
    """Where a network brings its updates."""

    @property
    def path(self) -> str:
        """Where to mount it."""
        ...

    async def handle(self, request: Request) -> Response:
        """Answer one POST."""
        ...


@dataclass(frozen=True, kw_only=True)
class WebServer:
    """Everything that is served over HTTP.

    Attributes:
        port_set_in: Where its port is set, for whoever has to choose another.
        open_to_all: The demo shows its files to whoever looks; else only to the signed in.
        webhook: Takes what a network brings by itself.
    """

    options: WebOptions
    port_set_in: str
    data_dir: Path
    platform: WebPlatform
    media: MediaStore
    health: Health
    open_to_all: bool = False
    webhook: Hook | None = None

    async def run(self) -> None:
        """Serve until cancelled.

        Raises:
            ConfigError: The port is taken, or may not be used.
        """
        with _listen(self.options, self.port_set_in) as listener:
            config = uvicorn.Config(
                self._app(),
                log_level="warning",
                access_log=False,
                timeout_graceful_shutdown=GOODBYE_S,
            )
            await _Server(config).serve_until_cancelled(listener)

    def _app(self) -> FastAPI:
        app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
        app.add_middleware(
            SessionMiddleware,
            secret_key=_session_secret(self.options, self.data_dir),
            max_age=SESSION_S,
            same_site="lax",
            https_only=self.options.address.startswith("https://"),
        )
        app.get("/healthz")(self._healthz)
        app.get("/readyz")(self._readyz)
        app.get("/metrics")(self._metrics)
        app.get("/i/{secret}")(self._sign_in)
        app.get("/media/{media}")(self._file)
        if self.webhook is not None:
            app.add_route(self.webhook.path, self.webhook.handle, methods=["POST"])
        # NiceGUI answers every path that no route before it has taken.
        ui.run_with(app, title="Grannbro", favicon="🏘️", dark=None)
        return app

    async def _healthz(self) -> Response:
        return PlainTextResponse("ok\n")

    async def _readyz(self) -> Response:
        found = await self.health.readiness()
        body = {
            "ready": found.is_ready,
            "database": found.database,
            "bridges": found.bridges,
            "queues": found.queues,
            "late": found.late,
        }
        return JSONResponse(body, status_code=200 if found.is_ready else 503)

    async def _metrics(self) -> Response:
        return Response(await self.health.metrics(), media_type=CONTENT_TYPE_LATEST)

    async def _sign_in(self, secret: str, request: Request) -> Response:
        """Take a personal link; a wrong one leads to the page that says how to get one."""
        account = await self.platform.sign_in(secret)
        if account is not None:
            request.session[LINK] = secret
        return RedirectResponse("/chat" if account else "/?ended", status_code=303)

    async def _file(self, media: str, request: Request) -> Response:
        signed_in = await self.platform.sign_in(str(request.session.get(LINK, "")))
        if not (self.open_to_all or signed_in) or not media.isalnum():
            return PlainTextResponse("not here\n", status_code=404)
        data = await self.media.read(MediaId(media))
        if data is None:
            return PlainTextResponse("not here\n", status_code=404)
        is_picture = data.startswith(b"\xff\xd8")
        return Response(
            data,
            media_type="image/jpeg" if is_picture else "application/octet-stream",
            headers=_HEADERS,
        )


GOODBYE_S = 2
"""How long open pages may hold up the end."""


class _Server(uvicorn.Server):
    """A server that leaves signals to whoever runs the whole bot."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def serve_until_cancelled(self, listener: socket.socket) -> None:
        """Serve; when cancelled, let the pages go before the bot ends."""
        serving = asyncio.create_task(self.serve(sockets=[listener]))
        try:
            await asyncio.shield(serving)
        except asyncio.CancelledError:
            self.should_exit = True
            await serving
            raise


@contextlib.contextmanager
def _listen(options: WebOptions, where: str) -> Iterator[socket.socket]:
    try:
        listener = socket.create_server((options.host, options.port))
    except OSError as error:
        raise ConfigError(
            where=where,
            key="web.port",
            fix=f"{options.host}:{options.port} can't be used ({error.strerror}); "
            "set GRANNBRO_WEB__PORT to another",
        ) from error
    with listener:
        yield listener


def _session_secret(options: WebOptions, data_dir: Path) -> str:
    """Return the configured secret, or one made once and kept beside the data."""
    if options.secret is not None:
        return options.secret.get_secret_value()
    path = data_dir / "web.secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32), encoding="ascii")
    return path.read_text(encoding="ascii")
