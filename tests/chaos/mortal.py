"""The bot as a process that is killed and started again, beside a service that lives on.

A server process imports the bot once and forks for each life. It knows nothing of the sockets of
the service, so that an outage of that is one for the bot, too.
"""

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.app import WholeApp, make_parts
from bot.logs import set_up_logs
from bot.settings.loading import load_installation
from tests.chaos.hurry import Hurry

LOOK_EVERY_S = 0.005
UP = "app.started"
_PROCESSES = multiprocessing.get_context("forkserver")


@dataclass(kw_only=True)
class Mortal:
    """`grannbro run` without its web server.

    Attributes:
        variables: Its environment.
        kills: How often it was killed while it lived.
        ended: The exit codes of lives that ended by themselves; there should be none.
    """

    config: Path
    variables: Mapping[str, str]
    clock: Hurry
    kills: int = 0
    ended: list[int] = field(default_factory=list)
    _process: BaseProcess | None = None
    _was_up: int = 0

    async def starts(self) -> None:
        """Begin a life."""
        self._was_up = self.log.read_text("utf-8").count(UP) if self.log.exists() else 0
        _PROCESSES.set_forkserver_preload([__name__])
        self._process = _PROCESSES.Process(
            target=_live, args=(self.config, dict(self.variables), self.clock)
        )
        await asyncio.to_thread(self._process.start)

    async def comes_up(self) -> None:
        """Wait until this life says that it works."""
        while self._process is not None and self._process.exitcode is None:
            if self.log.exists() and self.log.read_text("utf-8").count(UP) > self._was_up:
                return
            await asyncio.sleep(LOOK_EVERY_S)

    @property
    def log(self) -> Path:
        """What all its lives have said."""
        return Path(self.variables["GRANNBRO_DATA_DIR"]).parent / "log"

    async def dies(self) -> None:
        """End without a chance to put anything in order."""
        if self._process is None:
            return
        if self._process.exitcode is None:
            self._process.kill()
            self.kills += 1
        else:
            self.ended.append(self._process.exitcode)
        while self._process.exitcode is None:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(LOOK_EVERY_S)
        self._process.close()
        self._process = None


def _live(config: Path, variables: Mapping[str, str], clock: Hurry) -> None:
    os.environ.update(variables)
    log = Path(variables["GRANNBRO_DATA_DIR"]).parent / "log"
    sys.stdout = sys.stderr = log.open("a", encoding="utf-8", buffering=1)
    set_up_logs(level="info", json_lines=False)
    asyncio.run(_serve(config, clock))


async def _serve(config: Path, clock: Hurry) -> None:
    app = WholeApp(make_parts(load_installation(config), clock))
    await app.open()
    await app.run()
