"""The program as a user starts it, on a port of its own."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.town import ROOT

PATIENCE_S = 30.0
LOOK_EVERY_S = 0.05


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@dataclass
class Program:
    """`grannbro` with these arguments, over a data folder of its own."""

    folder: Path
    arguments: tuple[str, ...]
    port: int = field(default_factory=_free_port)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it serves."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", *self.arguments],
                cwd=ROOT,
                env=self._environment(),
                stdout=log,
                stderr=log,
            )
        for _ in range(int(PATIENCE_S / LOOK_EVERY_S)):
            if self.get("/healthz") == 200:
                return
            if self._ended_within(LOOK_EVERY_S):
                break
        raise AssertionError(f"it does not serve:\n{self._log.read_text()}")

    def stop(self) -> None:
        """Ask it to end, as Ctrl+C does; it has to be running until then."""
        self.still_runs()
        self._end(signal.SIGINT)

    def still_runs(self) -> None:
        """It has not ended by itself; what it logged says why, if it has."""
        if self._process is not None and self._process.poll() is not None:
            ended, self._process = self._process.returncode, None
            raise AssertionError(f"it ended by itself with {ended}:\n{self._log.read_text()}")

    def freeze(self) -> None:
        """Let it stand still: what is told to it from now on it doesn't hear."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        self._end(signal.SIGKILL)

    def says(self, *arguments: str) -> str:
        """Run another command over the same data and return what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=ROOT,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def get(self, path: str) -> int | None:
        """Return the status of a page, None if nobody answers."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=PATIENCE_S) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code
        except OSError:
            return None

    @property
    def _log(self) -> Path:
        return self.folder / "log"

    def _environment(self) -> Mapping[str, str]:
        data = self.folder / "data"
        return {
            **os.environ,
            "GRANNBRO_DATA_DIR": str(data),
            "GRANNBRO_DATABASE_URL": f"sqlite+aiosqlite:///{data}/grannbro.db",
            "GRANNBRO_WEB__PORT": str(self.port),
        }

    def _end(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(PATIENCE_S)
            self._process = None

    def _ended_within(self, seconds: float) -> bool:
        try:
            return self._process is None or self._process.wait(seconds) is not None
        except subprocess.TimeoutExpired:
            return False
