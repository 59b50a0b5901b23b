"""The program as its users run it: a process, its config folder, and an emulated Telegram."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.chaos.hurry import PACE, Hurry
from tests.e2e.hurried import BEGAN_AT, beginning
from tests.emulators.telegram import Emulator, Town
from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.person import Person
from tests.town import ROOT

PATIENCE_S = 90.0
GROUP = """\
[[group]]
slug = "alby"
name = "Alby grannar"
area = "albyberget"
purpose = "Vi håller ögonen öppna"
controller = "Alby grannförening"
rooms = ["telegram:{here}", "telegram:{there}"]
"""


@dataclass
class Program:
    """`grannbro run`, to be started, killed and started again.

    Attributes:
        module: What is run; another than the bot's own runs it in another time.
    """

    config: Path
    variables: dict[str, str]
    module: str = "bot"
    said: list[str] = field(default_factory=list)
    _process: asyncio.subprocess.Process | None = None
    _reading: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start it; return when it says that it has."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            self.module,
            "run",
            "--config",
            str(self.config),
            cwd=ROOT,
            env={**os.environ, **self.variables, "PYTHONUNBUFFERED": "1"},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self._reading = asyncio.create_task(self._read(self._process))
        await self.says("app.started")

    async def says(self, what: str) -> str:
        """Wait for a line of its log that holds some words, from the latest start on."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                found = [line for line in self.said if what in line]
                if found:
                    return found[-1]
                assert self._process is not None
                assert self._process.returncode is None, "\n".join(self.said)
                await asyncio.sleep(0.02)

    @property
    def pid(self) -> int:
        """Its process."""
        assert self._process is not None
        return self._process.pid

    async def kill(self) -> None:
        """End it without a chance to put anything in order."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Ask it to end; return its exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> int:
        if self._process is None or self._reading is None:
            return 0
        if self._process.returncode is None:
            self._process.send_signal(how)
        code = await self._process.wait()
        await self._reading
        self._process, self._reading = None, None
        self.said.clear()
        return code

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            self.said.append(line.decode().rstrip())


@dataclass
class Alby:
    """A town on Telegram: two chats of one group, a few people, and the program."""

    emulator: Emulator
    bot: Bot
    here: Chat
    there: Chat
    anna: Person
    bo: Person
    program: Program

    def texts(self, person: Person, where: Chat | Bot) -> Sequence[str]:
        """What somebody reads in a chat."""
        return [message.text for message in person.reads(where)]


@pytest.fixture
async def alby(tmp_path: Path) -> AsyncIterator[Alby]:
    """Everything but the start of the program."""
    async with open_alby(tmp_path, Emulator()) as opened:
        yield opened


@pytest.fixture
async def hurried(tmp_path: Path) -> AsyncIterator[Alby]:
    """The same, where a minute is over in six seconds."""
    clock = Hurry()
    async with open_alby(tmp_path, Emulator(Town(clock))) as opened:
        opened.program.module = "tests.e2e.hurried"
        opened.bot.queue.pace = PACE
        opened.program.variables[BEGAN_AT] = beginning(clock)
        yield opened


@asynccontextmanager
async def open_alby(tmp_path: Path, service: Emulator) -> AsyncIterator[Alby]:
    """Open everything but the program."""
    async with service as emulator:
        town = emulator.town
        bot, anna, bo = town.bot(), town.person("Anna"), town.person("Bo")
        owner = town.person("Cia")
        owner.starts(bot)
        here = town.supergroup("Alby torg", anna, bo, bot)
        there = town.supergroup("Alby backe", bo, bot)
        anna.manages(here).promotes(bot)
        bo.manages(there).promotes(bot)
        program = Program(
            config=write_config(tmp_path, here.id, there.id),
            variables={
                "GRANNBRO_OWNERS": f'["telegram:{owner.user.id}"]',
                "GRANNBRO_TELEGRAM__TOKEN": bot.token,
                "GRANNBRO_TELEGRAM__API_BASE": emulator.url,
                "GRANNBRO_DATA_DIR": str(tmp_path / "var"),
                "GRANNBRO_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/var/grannbro.db",
                "GRANNBRO_WEB__PORT": str(free_port()),
            },
        )
        yield Alby(emulator, bot, here, there, anna, bo, program)
        await program.stop()


def write_config(folder: Path, here: int, there: int) -> Path:
    """Make a config folder with the example's areas and one group."""
    config = folder / "config"
    config.mkdir()
    (config / "areas").symlink_to(ROOT / "config" / "areas")
    (config / "areas.toml").symlink_to(ROOT / "config" / "areas.toml")
    (config / "groups.toml").write_text(GROUP.format(here=here, there=there), encoding="utf-8")
    return config


async def until(holds: Callable[[], object]) -> None:
    """Wait for something that the emulated service does not tell of by itself."""
    async with asyncio.timeout(PATIENCE_S):
        while not holds():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.02)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
