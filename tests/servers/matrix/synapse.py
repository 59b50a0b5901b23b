"""A real homeserver in a process of its own, to be stopped, frozen and started again."""

import asyncio
import os
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.matrix.configuration import SERVER_NAME, write_configuration
from tests.servers.matrix.place import program

PATIENCE_S = 60.0
LOOK_EVERY_S = 0.2


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@dataclass
class Synapse:
    """A homeserver with its data in one folder; port and data stay over a stop and a start.

    Attributes:
        limited: Whether Synapse's own default limits hold; else there are none.
        room_version: What rooms are made as when nobody says otherwise.
        admin_token: Token of its administrator, once somebody has needed one.
    """

    folder: Path
    limited: bool = False
    room_version: str = "12"
    port: int = field(default_factory=_free_port)
    admin_token: str | None = None
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where clients find it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def name(self) -> str:
        """What stands after the colon in the ids of its users."""
        return SERVER_NAME

    def start(self) -> None:
        """Start it; return when it serves."""
        python = program("python")
        configuration = self.folder / "homeserver.json"
        if not configuration.exists():
            write_configuration(
                self.folder,
                port=self.port,
                limited=self.limited,
                room_version=self.room_version,
            )
        with self._log.open("ab") as log, _word_of_readiness(self.folder) as ready:
            self._process = subprocess.Popen(
                [python, "-m", "synapse.app.homeserver", "-c", configuration],
                cwd=self.folder,
                env={**os.environ, "NOTIFY_SOCKET": str(ready.getsockname())},
                stdout=log,
                stderr=log,
            )
            self._wait_for(ready)

    def stop(self) -> None:
        """Ask it to end."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        self._end(signal.SIGKILL)

    @asynccontextmanager
    async def down(self) -> AsyncIterator[None]:
        """Be gone for a while: nobody listens on its port."""
        await asyncio.to_thread(self.stop)
        try:
            yield
        finally:
            await asyncio.to_thread(self.start)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Hang for a while: connections are taken, and nothing is answered."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    @property
    def _log(self) -> Path:
        return self.folder / "synapse.log"

    def _wait_for(self, ready: socket.socket) -> None:
        assert self._process is not None
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                if b"READY=1" in ready.recv(1024):
                    return
            except TimeoutError:
                continue
        self.kill()
        raise AssertionError(f"Synapse does not serve:\n{self._log.read_text()[-4000:]}")

    def _end(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(PATIENCE_S)
            self._process = None


@contextmanager
def _word_of_readiness(folder: Path) -> Iterator[socket.socket]:
    """Listen for what a service says to the system when it is ready."""
    address = folder / "ready"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(address))
        listening.settimeout(LOOK_EVERY_S)
        try:
            yield listening
        finally:
            address.unlink()
