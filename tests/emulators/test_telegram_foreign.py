"""A library that this project doesn't use understands all that the emulator says."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.emulators import tour
from tests.emulators.telegram import Emulator
from tests.pictures import jpeg
from tests.town import ROOT

HERE = Path(__file__).parent
PATIENCE_S = 120


@pytest.fixture(scope="session")
def foreign_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python with aiogram, in an environment of its own that is made when it is missing."""
    lock = HERE / "aiogram.lock"
    place = ROOT / "build" / "aiogram"
    python, stamp = place / "bin" / "python", place / "made-from.lock"
    wanted = lock.read_text(encoding="utf-8")
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", place], check=True)
        quiet = ["--disable-pip-version-check", "--quiet"]
        install: list[str | Path] = [python, "-m", "pip", "install", *quiet]
        install += ["--require-hashes", "-r", lock]
        subprocess.run(install, check=True)
        stamp.write_text(wanted, encoding="utf-8")
    return python


@pytest.mark.slow
async def test_aiogram_parses_every_update_and_every_answer(
    foreign_python: Path, emulator: Emulator
):
    """It is strict about what must be there, and of which type."""
    town = emulator.town
    tour.walk(town)
    group = next(chat for chat in town.chats.values() if chat.username == "albygrannar")
    token, anna = town.bot("granne_bot").token, town.person("Anna").user.id
    script = str(HERE / "aiogram_client.py")
    process = await asyncio.create_subprocess_exec(
        foreign_python, script, emulator.url, token, str(group.id), str(anna),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    async with asyncio.timeout(PATIENCE_S):
        said, complaint = await process.communicate(jpeg())

    assert process.returncode == 0, complaint.decode()
    understood = json.loads(said)
    kinds = {kind.partition(":")[0] for kind in understood["updates"]}
    assert kinds >= set(tour.KINDS) - {"callback_query", "poll", "poll_answer"}
    assert "message:unknown" not in understood["updates"]
    assert len(understood["answers"]) == 43
