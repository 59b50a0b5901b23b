"""Updates that Telegram brings itself."""

import hmac
import json
from dataclasses import dataclass

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from telegram import Bot, WebhookInfo
from telegram.error import TelegramError

from bot.bridges.telegram.intake import Intake
from bot.bridges.telegram.updates import ALLOWED_UPDATES, MAX_UPDATE_BYTES
from bot.domain.richtext_json import Json
from bot.errors import StorageUnavailable
from bot.ports.bridge import Accept

PREFIX = "/telegram/"
"""What the path of the address that Telegram is given begins with; the rest is free."""
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name
LOOK_EVERY_S = 30.0
CONNECTIONS = 1
"""Telegram brings updates over so many connections at once: over one they keep their order."""

log = structlog.get_logger("telegram")


@dataclass(kw_only=True)
class Webhook:
    """Answers 200 when an update is in safe keeping, and looks after what Telegram was told.

    Attributes:
        url: The public address, its path beginning with `/telegram/`.
        secret: What Telegram shows with each update.
    """

    bot: Bot
    url: str
    secret: str
    intake: Intake
    _accept: Accept | None = None
    _last_error: int = 0

    @property
    def path(self) -> str:
        """Where the web server has to mount `handle`, for POST."""
        return PREFIX + self.url.rpartition(PREFIX)[2]

    async def run(self, accept: Accept) -> None:
        """Have updates brought until cancelled; it stays set, so that none is lost meanwhile."""
        self._accept = accept
        is_ours = False
        while True:
            try:
                info = await self.bot.get_webhook_info()
                # The secret is not told: what stands there may be set with another one.
                if not (is_ours and self._is_as_wanted(info)):
                    await self._set(info)
                is_ours = True
            except TelegramError as error:
                await self.intake.failed(error, accept)
                continue
            await self.intake.answered(accept)
            self._tell_failures(info)
            await self.intake.clock.sleep(LOOK_EVERY_S)

    async def handle(self, request: Request) -> Response:
        """Take one update that Telegram brings.

        Returns:
            200 once it is kept, 503 if it can't be kept now: it will be brought again. 401 without
            the secret, 404 at another path, 413 and 400 for what no update can be.
        """
        if request.url.path != self.path:
            return PlainTextResponse("not here\n", status_code=404)
        shown = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(shown, self.secret.encode()):
            return PlainTextResponse("who are you?\n", status_code=401)
        body = await _body_of(request)
        if body is None:
            return PlainTextResponse("too large\n", status_code=413)
        try:
            update: Json = json.loads(body)
        except (ValueError, RecursionError):
            return PlainTextResponse("no JSON\n", status_code=400)
        return await self._keep(update)

    async def _keep(self, update: Json) -> Response:
        if self._accept is None:
            return _later()
        try:
            await self.intake.take(update, self._accept)
        except StorageUnavailable:
            return _later()
        self.intake.heard()
        return PlainTextResponse("ok\n")

    def _is_as_wanted(self, info: WebhookInfo) -> bool:
        return info.url == self.url and set(info.allowed_updates) == set(ALLOWED_UPDATES)

    async def _set(self, before: WebhookInfo) -> None:
        if before.url and before.url != self.url:
            log.warning("telegram.webhook_changed", fix="nothing, if the bot has moved here")
        await self.bot.set_webhook(
            self.url,
            secret_token=self.secret,
            allowed_updates=ALLOWED_UPDATES,
            max_connections=CONNECTIONS,
        )

    def _tell_failures(self, info: WebhookInfo) -> None:
        """Tell once that Telegram could not bring something, and what it says about that."""
        failed_at = int(info.last_error_date.timestamp()) if info.last_error_date else 0
        if failed_at > self._last_error:
            log.error(
                "telegram.webhook_fails",
                reason=info.last_error_message,
                waiting=info.pending_update_count,
                fix="let Telegram reach the address of GRANNBRO_TELEGRAM__WEBHOOK_URL",
            )
        self._last_error = max(self._last_error, failed_at)


def _later() -> Response:
    return PlainTextResponse("later\n", status_code=503)


async def _body_of(request: Request) -> bytes | None:
    """Return what was sent, None if it is too large; no more than that is ever in memory."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > MAX_UPDATE_BYTES:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)
