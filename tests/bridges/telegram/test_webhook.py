"""Updates that Telegram brings: who may, what is kept, what is answered."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from structlog.testing import capture_logs
from telegram import Bot

from bot.bridges.telegram.hearing import Hearing, hear_by_polling, hear_by_webhook, secret_of
from bot.bridges.telegram.intake import Intake
from bot.bridges.telegram.updates import ALLOWED_UPDATES, MAX_UPDATE_BYTES
from bot.bridges.telegram.webhook import SECRET_HEADER, Webhook
from bot.domain.incoming import IncomingMessage
from bot.domain.richtext_json import Json
from tests.bridges.telegram.captured import payload, update
from tests.bridges.telegram.service import Keeper, Scripted, refusal, said
from tests.emulators.telegram import Emulator
from tests.town import FakeClock

URL = "https://grannbro.example/telegram/k7Qx"
SECRET = "s3cret"
INFO: dict[str, Json] = {
    "url": URL,
    "has_custom_certificate": False,
    "pending_update_count": 0,
    "allowed_updates": list(ALLOWED_UPDATES),
}
YES = (200, b'{"ok": true, "result": true}')


def webhook(*answers: Any) -> Webhook:
    """A webhook of a bot whom Telegram answers so."""
    request = Scripted(*answers)
    bot = Bot("42:T", request=request, get_updates_request=request)
    return Webhook(bot=bot, url=URL, secret=SECRET, intake=Intake(clock=FakeClock()))


async def bring(
    hook: Webhook,
    body: bytes = b"{}",
    *,
    path: str = "/telegram/k7Qx",
    secret: str | None = SECRET,
) -> int:
    """Bring an update as Telegram does; return the answer's code."""
    app = Starlette(routes=[Route("/telegram/{path:path}", hook.handle, methods=["POST"])])
    headers = {SECRET_HEADER: secret} if secret is not None else {}
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://t") as telegram:
        return (await telegram.post(path, content=body, headers=headers)).status_code


async def running(hook: Webhook, keeper: Keeper) -> list[Any]:
    """Let it look after itself until the script ends; return what it logs."""
    with capture_logs() as logs, pytest.raises(asyncio.CancelledError):
        await hook.run(keeper.accept)
    return list(logs)


async def test_update_is_kept_before_it_is_answered() -> None:
    """200 means that it can't be lost any more."""
    hook, keeper = webhook(), Keeper()
    await running(hook, keeper)

    assert await bring(hook, payload("text")) == 200
    assert json.loads(keeper.kept[0].payload) == update("text")
    assert hook.intake.last_round_trip is not None


async def test_what_can_t_be_kept_is_brought_again() -> None:
    """503 makes Telegram come back."""
    hook, keeper = webhook(), Keeper(refusals=1)
    assert await bring(hook, payload("text")) == 503
    await running(hook, keeper)

    assert await bring(hook, payload("text")) == 503
    assert await bring(hook, payload("text")) == 200
    assert len(keeper.kept) == 1


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"secret": None}, 401),
        ({"secret": "s3cres"}, 401),
        ({"secret": ""}, 401),
        ({"path": "/telegram/other"}, 404),
        ({"path": "/telegram/"}, 404),
        ({"body": b"x" * (MAX_UPDATE_BYTES + 1)}, 413),
        ({"body": b"{"}, 400),
        ({"body": b"\xff"}, 400),
        ({"body": b"[" * 200_000}, 400),
    ],
    ids=lambda value: str(value)[:30],
)
async def test_others_get_nothing_in(request_: dict[str, Any], code: int) -> None:
    """Refused, and nothing is left behind."""
    hook, keeper = webhook(), Keeper()
    await running(hook, keeper)

    assert await bring(hook, **request_) == code
    assert keeper.kept == []


@pytest.mark.parametrize("body", [b"null", b"[]", b'{"no": "number"}', b"7"])
async def test_nonsense_with_the_secret_is_not_asked_for_again(body: bytes) -> None:
    """It can't be kept; told again and again it would hold up the others."""
    hook, keeper = webhook(), Keeper()
    await running(hook, keeper)

    assert await bring(hook, body) == 200
    assert keeper.kept == []


@pytest.mark.parametrize("url", ["", URL], ids=["none", "ours"])
async def test_webhook_is_set_once_with_each_start(url: str) -> None:
    """Telegram does not tell with which secret one that stands there was set."""
    hook = webhook(said({**INFO, "url": url}), YES, said(INFO), said(INFO))
    logs = await running(hook, Keeper())

    assert logs == []
    assert len(hook.bot.request.asked) == 5  # type: ignore[attr-defined]  # Scripted's


async def test_secret_that_was_changed_is_told_to_telegram(emulator: Emulator) -> None:
    """Else each update would be turned away at the door."""
    account = emulator.town.bot()
    secrets = []
    for secret in ("den gamla", "den nya"):
        async with Bot(account.token, base_url=emulator.base_url) as bot:
            intake = Intake(clock=FakeClock())
            url = "https://127.0.0.1:1/telegram/x"
            hook = Webhook(bot=bot, url=url, secret=secret_of("42:T", secret), intake=intake)
            task = asyncio.create_task(hook.run(Keeper().accept))
            async with asyncio.timeout(5):
                while intake.last_round_trip is None:  # noqa: ASYNC110 - nobody tells
                    await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        secrets.append(account.webhook.secret if account.webhook else None)

    assert secrets == ["den_gamla", "den_nya"]


async def test_webhook_that_somebody_else_has_set_is_set_again() -> None:
    """It was this bot's, and its account is."""
    hook = webhook(said(INFO), YES, said({**INFO, "url": "https://elsewhere.example"}), YES)
    await running(hook, Keeper())

    assert len(hook.bot.request.asked) == 5  # type: ignore[attr-defined]  # Scripted's


async def test_webhook_of_another_server_is_told() -> None:
    """Whoever has moved the bot knows; whoever has not finds out."""
    hook = webhook(said({**INFO, "url": "https://elsewhere.example"}), YES)
    logs = await running(hook, Keeper())

    assert [entry["event"] for entry in logs] == ["telegram.webhook_changed"]


async def test_what_telegram_could_not_bring_is_told_once() -> None:
    """With what it says about that."""
    failing = {**INFO, "last_error_date": 1795000000, "last_error_message": "SSL error"}
    logs = await running(webhook(said(failing), YES, said(failing)), Keeper())

    assert [(entry["event"], entry["reason"]) for entry in logs] == [
        ("telegram.webhook_fails", "SSL error")
    ]


async def test_refused_token_is_told_once_and_tried_again() -> None:
    """The rest of the bot goes on meanwhile."""
    hook = webhook(*[refusal(401, "Unauthorized")] * 5, said(INFO), YES)
    logs = await running(hook, Keeper())

    assert [entry["event"] for entry in logs] == [
        "telegram.token_refused",
        "telegram.reachable_again",
    ]


def test_secret_is_the_same_for_all_workers_and_tells_nothing() -> None:
    """Made of the token where none is configured; in the characters that Telegram takes."""
    assert secret_of("42:T", None) == secret_of("42:T", None) != secret_of("42:U", None)
    assert len(secret_of("42:T", None)) == 64
    assert secret_of("42:T", "å hemligt!") == "__hemligt_"


async def _until_kept(hearing: Hearing, keeper: Keeper, number: int) -> None:
    task = asyncio.create_task(hearing.run(keeper.accept))
    await keeper.until(number)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_bot_learns_its_name_and_hears_by_polling(emulator: Emulator) -> None:
    """Commands that name another bot are not its own."""
    town, keeper = emulator.town, Keeper()
    anna, granne = town.person("Anna"), town.bot("grannbro_bot", reads_all=True)
    group = town.supergroup("Alby", anna, granne)
    anna.writes(group, "/red@grannbro_bot rök")
    anna.writes(group, "/red@vader_bot regn")
    async with Bot(granne.token, base_url=emulator.base_url) as bot:
        hearing = hear_by_polling(bot, FakeClock())
        await _until_kept(hearing, keeper, 1)

    found = [hearing.parse(kept.payload) for kept in keeper.kept]
    assert isinstance(found[0], IncomingMessage)
    assert found[0].command is not None
    assert [one for one in found[1:] if one is not None] == []
    assert hearing.last_round_trip is not None


async def test_bot_that_can_t_be_named_yet_asks_again() -> None:
    """Until Telegram answers."""
    me: Json = {"id": 42, "is_bot": True, "first_name": "G", "username": "grannbro_bot"}
    request = Scripted(refusal(502, "Bad Gateway"), said(me))
    bot = Bot("42:T", request=request, get_updates_request=request)
    hearing = hear_by_webhook(bot, FakeClock(), url=URL, secret=None)
    with capture_logs() as logs:
        task = asyncio.create_task(hearing.run(Keeper().accept))
        async with asyncio.timeout(5):
            while not hearing.account.username:  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    assert hearing.account.username == "grannbro_bot"
    assert [entry["event"] for entry in logs][:2] == [
        "telegram.unreachable",
        "telegram.reachable_again",
    ]
