"""The town over HTTP, and the emulator as a program of its own."""

import asyncio
import base64
import re
import sys
from dataclasses import dataclass

import aiohttp
import pytest

from tests.emulators.telegram import Emulator
from tests.pictures import jpeg
from tests.town import ROOT


@dataclass(frozen=True)
class Hand:
    """Somebody with curl."""

    session: aiohttp.ClientSession
    url: str

    async def post(self, path, **body):
        """Do something; say how it went and what came of it."""
        async with self.session.post(f"{self.url}/control/{path}", json=body) as answer:
            return answer.status, await answer.json()

    async def get(self, path):
        """Look at something."""
        async with self.session.get(f"{self.url}/control/{path}") as answer:
            assert answer.status == 200
            return await answer.json()


@pytest.fixture
async def hand(emulator: Emulator):
    """Somebody with curl."""
    async with aiohttp.ClientSession() as session:
        yield Hand(session, emulator.url)


async def test_town_is_built_and_played_over_http(hand, ask, town):
    """As over the objects."""
    await hand.post("people", name="Anna", language="sv")
    _, bot = await hand.post("bots", username="granne_bot")
    _, group = await hand.post("chats", title="Alby", members=["Anna", "granne_bot"])
    await hand.post("people/Anna/writes", **{"in": "Alby", "text": "/red rök"})
    await hand.post("people/Anna/writes", **{"in": "granne_bot", "text": "hej"})

    assert bot["token"] == ask.bot.token
    assert await ask.texts() == ["/red rök", "hej"]
    keyboard = {"inline_keyboard": [[{"text": "Sett", "callback_data": "s"}]]}
    await ask("sendMessage", chat_id=group["id"], text="🔴 rök", reply_markup=keyboard)
    (shown,) = await hand.get("people/Anna/chats/Alby?text=🔴&wait_s=5")
    _, press = await hand.post(
        "people/Anna/presses", **{"in": "Alby", "message": -1, "label": "Sett"}
    )
    await ask("answerCallbackQuery", callback_query_id=press["id"], text="Tack")
    assert shown["buttons"][0][0]["text"] == "Sett"
    assert (await hand.get(f"people/Anna/presses/{press['id']}"))["answer"] == "Tack"
    calls = await hand.get("bots/granne_bot/calls")
    assert [call["method"] for call in calls] == ["sendMessage", "answerCallbackQuery"]
    assert (await hand.get("counters"))["granne_bot"]["calls"]["sendMessage"] == 1


async def test_media_go_over_http_in_base64(hand, ask, group):
    """Each kind with its own fields."""
    picture = base64.b64encode(jpeg()).decode()
    for body in (
        {"kind": "photo", "file": picture, "caption": "Se"},
        {"kind": "location", "lat": 59.24, "lon": 17.84},
        {"kind": "poll", "question": "När?", "options": ["Nu", "Sen"]},
        {"kind": "voice", "file": picture},
    ):
        status, _ = await hand.post("people/Anna/sends", **{"in": "granne_bot"}, **body)
        assert status == 200
    sent = await hand.post(
        "people/Anna/sends_album",
        **{"in": "granne_bot", "parts": [{"kind": "photo", "file": picture}] * 2},
    )

    assert sent[0] == 200
    assert len(await ask.messages()) == 6


async def test_every_verb_of_management_is_there(hand, town, anna, granne, group):
    """From renaming to the upgrade."""
    where = {"in": "Alby"}
    deeds: dict[str, dict[str, object]] = {
        "promotes": {"who": "granne_bot", "rights": ["can_pin_messages"]},
        "demotes": {"who": "granne_bot"},
        "restricts": {"who": "Bo", "permissions": []},
        "removes": {"who": "Bo"},
        "adds": {"who": "Bo"},
        "writes": {"text": "hej"},
        "pins": {"message": -1},
    }
    for verb, body in deeds.items():
        status, told = await hand.post(f"people/Anna/{verb}", **where, **body)
        assert status == 200, told

    assert not group.members[granne.id].is_admin


async def test_wrong_requests_are_told_what_is_wrong(hand, town, anna, bo, group):
    """Unknown names, and what the app would not let anybody do."""
    anna.manages(group).removes(bo)

    assert (await hand.post("people/Nobody/writes", **{"in": "Alby"}))[0] == 404
    assert (await hand.post("people/Anna/sings", **{"in": "Alby"}))[0] == 404
    assert (await hand.post("people/Anna/writes", **{"in": "Ingenstans", "text": "x"}))[0] == 404
    assert (await hand.post("people/Bo/writes", **{"in": "Alby", "text": "x"}))[0] == 409


async def test_faults_limits_and_time_are_set_over_http(hand, town, clock, granne, anna):
    """So that a process can be tested too."""
    await hand.post("faults", trouble="fail", times=3, methods=["sendMessage"], latency_s=0.5)
    await hand.post("limits", is_on=True, group_per_minute=5)
    await hand.post("clock", advance_s=60)
    anna.writes(granne, "hej")
    await hand.post("bots/granne_bot/repeat_update")
    await hand.post("bots/granne_bot/revoke")

    assert town.faults.planned[0].times == 3
    assert town.faults.latency_s == 0.5
    assert (town.limits.is_on, town.limits.group_per_minute) == (True, 5)
    assert clock.passed_s == 60
    assert len(granne.queue.waiting) == 2
    assert granne.is_revoked


async def test_page_for_a_hand_is_served(hand, emulator):
    """Without anything from elsewhere."""
    async with hand.session.get(f"{emulator.url}/") as answer:
        page = await answer.text()

    assert "Emulated Telegram" in page
    assert not re.search(r"(src|href)=", page)


@pytest.mark.slow
async def test_emulator_runs_as_a_program_and_says_how_to_use_it():
    """It prints the token and lines to try, and ends when told."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.emulators.telegram", "--port", "0",
        cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    async with asyncio.timeout(30):
        said = (await process.stdout.readuntil(b"/control/faults\n")).decode()
    found = re.search(r"curl (http\S+/getMe)", said)
    assert found is not None
    async with aiohttp.ClientSession() as session, session.get(found[1]) as answer:
        told = await answer.json()
    process.terminate()

    assert told["result"]["username"] == "grannbro_bot"
    assert await process.wait() == 0
