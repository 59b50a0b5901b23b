"""Asking for updates: what is kept before it is confirmed, and what is said when it fails."""

import asyncio
import json
import random
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.bridges.telegram.inbound import read
from bot.bridges.telegram.intake import Intake
from bot.bridges.telegram.polling import Polling
from bot.bridges.telegram.requests import Requests
from bot.bridges.telegram.updates import ALLOWED_UPDATES
from bot.domain.incoming import IncomingMessage, IncomingReaction, RawUpdate
from bot.domain.richtext_json import Json
from tests.bridges.telegram.captured import ME, update
from tests.bridges.telegram.service import Answer, Keeper, Scripted, refusal, said, updates
from tests.emulators.telegram import Emulator
from tests.town import START, FakeClock

POLLED_TWICE = "Conflict: terminated by other getUpdates request; make sure that only one runs"
HAS_WEBHOOK = "Conflict: can't use getUpdates method while webhook is active"
SECONDS_OF_OUTAGE = 600
NOTHING: Answer = said([])


async def hear(
    *answers: Any, keeper: Keeper | None = None
) -> tuple[Scripted, Keeper, Polling, list[Any]]:
    """Let the bot ask until the script ends."""
    request, keeper = Scripted(*answers), keeper or Keeper()
    polling = Polling(request=request, base_url="http://t/botT", intake=Intake(clock=FakeClock()))
    with capture_logs() as logs, pytest.raises(asyncio.CancelledError):
        await polling.run(keeper.accept)
    return request, keeper, polling, list(logs)


async def test_update_is_confirmed_by_the_question_after_it_was_kept() -> None:
    """Never before: a crash between loses nothing."""
    request, keeper, _, _ = await hear(updates(7, 8), updates(9), NOTHING)

    assert keeper.numbers == [7, 8, 9]
    assert [question["offset"] for question in request.asked] == ["0", "9", "10", "0"]


async def test_every_kind_is_asked_for_by_name() -> None:
    """Members and reactions never come unasked."""
    request, _, _, _ = await hear()
    (question,) = request.asked

    assert json.loads(question["allowed_updates"]) == list(ALLOWED_UPDATES)
    assert {"chat_member", "message_reaction"} <= set(ALLOWED_UPDATES)
    assert 0 < int(question["timeout"]) < 60


async def test_ids_that_begin_anew_are_heard() -> None:
    """After a quiet week Telegram takes any number, a lower one as well."""
    request, keeper, _, _ = await hear(updates(900), NOTHING, updates(3))

    assert keeper.numbers == [900, 3]
    assert [question["offset"] for question in request.asked] == ["0", "901", "0", "4"]


async def test_disk_that_is_full_keeps_the_offset_and_the_order() -> None:
    """What can't be kept is offered again until it can."""
    request, keeper, polling, _ = await hear(updates(7, 8), keeper=Keeper(refusals=5))

    assert keeper.numbers == [7, 8]
    assert [question["offset"] for question in request.asked] == ["0", "9"]
    assert polling.intake.clock.now() >= START + timedelta(seconds=10)


async def test_update_is_kept_with_all_that_telegram_said() -> None:
    """Also what no version of any library knows yet."""
    _, keeper, _, _ = await hear(said([update("of_tomorrow")]))

    assert json.loads(keeper.kept[0].payload) == update("of_tomorrow")


async def test_update_without_a_number_stops_nobody() -> None:
    """It can't be kept and can't be confirmed; the others can."""
    _, keeper, _, logs = await hear(said([{"message": {}}, {"update_id": 5}, 7]))

    assert keeper.numbers == [5]
    assert [entry["event"] for entry in logs] == ["telegram.update_without_number"] * 2


@pytest.mark.parametrize(
    ("answer", "event", "fix"),
    [
        (refusal(409, POLLED_TWICE), "telegram.conflict", "other process"),
        (refusal(409, HAS_WEBHOOK), "telegram.webhook_is_set", "WEBHOOK_URL"),
        (refusal(401, "Unauthorized"), "telegram.token_refused", "BotFather"),
        (refusal(404, "Not Found"), "telegram.token_refused", "BotFather"),
        (refusal(502, "Bad Gateway"), "telegram.unreachable", "network"),
        ((502, b"<html>"), "telegram.unreachable", "network"),
        ((200, b"<html>"), "telegram.unreachable", "network"),
        ((200, b'{"ok": true, "result": 7}'), "telegram.unreachable", "network"),
        (said([{"no": "number"}]), "telegram.unreachable", "network"),
        (OSError("no route"), "telegram.unreachable", "network"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else str(value)[:20],
)
async def test_failure_is_told_once_with_what_to_do(answer: Any, event: str, fix: str) -> None:
    """Not at each attempt; and once more that it is over."""
    _, keeper, polling, logs = await hear(*[answer] * 8, updates(7), answer)

    assert keeper.numbers == [7]
    events = [entry["event"] for entry in logs]
    assert events == [event, "telegram.reachable_again", event]
    assert fix in logs[0]["fix"]
    assert polling.intake.last_round_trip is not None


@pytest.mark.parametrize(
    ("code", "text", "waits"),
    [(401, "Unauthorized", "0"), (502, "Bad Gateway", "0"), (409, POLLED_TWICE, "25")],
)
async def test_end_of_a_failure_is_heard_at_once(code: int, text: str, waits: str) -> None:
    """But beside another poller only a question that was held to its end shows that it is gone."""
    request, *_ = await hear(refusal(code, text), updates(), updates())

    assert [asked["timeout"] for asked in request.asked] == ["25", waits, "25", "25"]


async def test_log_holds_no_token_and_no_words() -> None:
    """Reasons name what failed, not what was said."""
    _, _, _, logs = await hear(refusal(400, "Bad Request: Anna http://t/botT"))

    assert "Anna" not in str(logs)
    assert "botT" not in str(logs)


@pytest.mark.parametrize("seed", range(5))
async def test_ten_minutes_without_network_cost_few_questions(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At most one in ten seconds, and never more than half a minute to the end of it."""
    random.seed(seed)
    clock, asked_at = FakeClock(), list[Any]()

    def fail() -> Answer:
        asked_at.append(clock.now())
        if clock.now() > START + timedelta(seconds=SECONDS_OF_OUTAGE):
            raise asyncio.CancelledError
        return 502, b""

    request = Scripted(*[fail] * 1000)
    polling = Polling(request=request, base_url="http://t/botT", intake=Intake(clock=clock))
    with pytest.raises(asyncio.CancelledError):
        await polling.run(Keeper().accept)

    assert len(asked_at) <= 60
    pauses = [after - before for before, after in pairwise(asked_at)]
    assert max(pauses) <= timedelta(seconds=30)
    assert polling.intake.last_round_trip is None


async def test_telegram_s_own_pause_is_kept() -> None:
    """Who is told to wait, waits."""
    _, _, polling, _ = await hear(
        refusal(429, "Too Many Requests: retry after 90", retry_after=90)
    )

    assert polling.intake.clock.now() >= START + timedelta(seconds=90)


async def test_bug_in_what_keeps_updates_ends_the_polling_aloud() -> None:
    """A task that is dead must not look alive: whoever runs it hears of it."""

    async def stumble(_update: RawUpdate) -> None:
        raise RuntimeError("bug")

    polling = Polling(
        request=Scripted(updates(1)), base_url="http://t/botT", intake=Intake(clock=FakeClock())
    )
    with pytest.raises(RuntimeError):
        await polling.run(stumble)


async def test_presses_wait_to_be_answered_once_they_are_kept() -> None:
    """The button stops to turn when what it stands for can't be lost any more."""
    pressed: Json = {"update_id": 4, "callback_query": {"id": "11", "data": "x"}}
    _, _, polling, _ = await hear(said([pressed]))

    assert polling.intake.presses.get_nowait() == "11"


async def test_whole_way_from_the_emulated_service(emulator: Emulator) -> None:
    """What people write and set there arrives, in order, and is confirmed."""
    town = emulator.town
    anna, granne = town.person("Anna"), town.bot("grannbro_bot", reads_all=True)
    group = town.supergroup("Alby", anna, granne)
    wall = anna.writes(group, "någon?")
    keeper = Keeper()
    async with Requests(1) as request:
        intake = Intake(clock=FakeClock())
        base_url = f"{emulator.base_url}{granne.token}"
        polling = Polling(request=request, base_url=base_url, intake=intake, wait_s=1)
        task = asyncio.create_task(polling.run(keeper.accept))
        await keeper.until(1)
        anna.edits(wall, "är någon hemma?")
        await keeper.until(2)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    first, second = [read(kept.payload, ME) for kept in keeper.kept]
    assert isinstance(first, IncomingMessage)
    assert first.text.plain == "någon?"
    assert second is not None
    assert not isinstance(second, IncomingReaction)
    assert second.ref == first.ref


async def test_presses_are_answered_while_the_bot_runs(emulator: Emulator) -> None:
    """And one that came too late stops nobody."""
    granne = emulator.town.bot("grannbro_bot")
    intake = Intake(clock=FakeClock())
    anna = emulator.town.person("Anna")
    anna.starts(granne)
    async with Bot(granne.token, base_url=emulator.base_url) as bot:
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Sett", callback_data="x")]])
        await bot.send_message(anna.user.id, "🔴 rök", reply_markup=keyboard)
        press = anna.presses(anna.reads(granne)[-1], "Sett")
        for pressed in ("too-old", press.id):
            intake.presses.put_nowait(pressed)
        task = asyncio.create_task(intake.answer_presses(bot))
        async with asyncio.timeout(5):
            while granne.calls["answerCallbackQuery"] < 2:  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    assert press.answer == ""
