"""A conversation under kill -9: what the chat has taken arrives once, in order."""

import asyncio
import re
import secrets
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.app import WholeApp, make_parts
from bot.clock import SystemClock
from bot.domain.web_chat import WebAccount
from bot.settings.loading import Installation, load_installation
from tests.chaos.killing import KILLS, kill_again_and_again
from tests.town import ROOT

pytestmark = pytest.mark.slow

HERE, THERE = "alby-torget", "alby-backen"
LINES = max(80, 10 * KILLS)
RED_EVERY = 10
_NAME = re.compile(r"(?:rad|larm) \d+ [0-9a-f]{8}")


def test_what_was_taken_arrives_once_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Killed anywhere between a post and the mirror room, nothing is lost or doubled."""
    monkeypatch.setenv("GRANNBRO_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("GRANNBRO_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/var/grannbro.db")
    # Each line is looked for, so none may stand among others in one message.
    monkeypatch.setenv("GRANNBRO_RELAY__BURST_AFTER_LINES", "500")
    installation = load_installation(ROOT / "config")
    diary = tmp_path / "taken"

    killed = kill_again_and_again(lambda: asyncio.run(_talk(installation, diary)), seed=7)

    assert killed.finished
    assert killed.kills > KILLS // 3
    taken = diary.read_text(encoding="utf-8").splitlines()
    there, here = asyncio.run(_read(installation))
    assert set(taken) <= set(there)
    assert [name for name, times in Counter(there).items() if times > 1] == []
    talk = [_number(name) for name in there if name.startswith("rad")]
    assert talk == sorted(talk)
    reds = {name for name in there if name.startswith("larm")}
    assert {name for name in here if name.startswith("larm")} == reds


async def _talk(installation: Installation, diary: Path) -> None:
    """Write numbered lines from where an earlier process was stopped, until all have arrived."""
    app = WholeApp(make_parts(installation, SystemClock()))
    await app.open()
    await app.platform.invite(WebAccount(id="anna", name="Anna"), [HERE])
    await app.platform.invite(WebAccount(id="bo", name="Bo"), [THERE])
    async with asyncio.TaskGroup() as tasks:
        bot = tasks.create_task(app.run())
        for number in range(_next_number(diary), LINES):
            kind = "larm" if number % RED_EVERY == 0 else "rad"
            # A line whose taking was cut off is written again under another name.
            name = f"{kind} {number} {secrets.token_hex(4)}"
            await app.platform.write("anna", HERE, f"/red {name}" if kind == "larm" else name)
            _note(diary, name)
        while await _is_busy(app):  # noqa: ASYNC110 - other tasks empty it
            await asyncio.sleep(0.02)
        bot.cancel()
    await app.close()


def _next_number(diary: Path) -> int:
    taken = diary.read_text(encoding="utf-8").splitlines() if diary.exists() else []
    return _number(taken[-1]) + 1 if taken else 0


def _note(diary: Path, name: str) -> None:
    with diary.open("a", encoding="utf-8") as page:
        page.write(f"{name}\n")


async def _is_busy(app: WholeApp) -> bool:
    async with app.parts.database.read() as uow:
        untold = await uow.web_chat.untold(limit=1)
        return bool(untold) or await uow.inbox.depth() > 0 or await app.waiting() > 0


async def _read(installation: Installation) -> tuple[Sequence[str], Sequence[str]]:
    """Return the names of the lines in both rooms, in the order in which they stand."""
    app = WholeApp(make_parts(installation, SystemClock()))
    await app.open()
    there = [m.text.plain for m in await app.platform.messages(THERE, last=10_000)]
    here = [m.text.plain for m in await app.platform.messages(HERE, last=10_000)]
    await app.close()
    return _names(there), _names(here)


def _names(texts: Sequence[str]) -> Sequence[str]:
    found = (_NAME.search(text) for text in texts)
    return [match[0] for match in found if match]


def _number(name: str) -> int:
    return int(name.split()[1])
