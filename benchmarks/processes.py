"""Start time and memory of the program as people run it."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figures import Figure

PATIENCE_S = 60.0


def starts() -> list[Figure]:
    """Start with no database, with one, and after a kill; look at memory at rest."""
    with tempfile.TemporaryDirectory(prefix="grannbro-bench-") as folder:
        with _serving(Path(folder)) as (first_s, _):
            pass
        with _serving(Path(folder)) as (later_s, process):
            time.sleep(2)
            memory_mb = resident_mb(process.pid)
            process.send_signal(signal.SIGKILL)
            process.wait()
        with _serving(Path(folder)) as (after_kill_s, _):
            pass
    return [
        Figure(what="first start to serving", value=first_s, unit="s", goal=3, how="new database"),
        Figure(
            what="later start to serving", value=later_s, unit="s", goal=3, how="/readyz is 200"
        ),
        Figure(
            what="restart after kill -9 to serving", value=after_kill_s, unit="s", goal=5, how=""
        ),
        Figure(what="memory at rest", value=memory_mb, unit="MB", goal=200, how="resident set"),
    ]


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[float, subprocess.Popen[bytes]]]:
    port = _free_port()
    environment = {
        **os.environ,
        "GRANNBRO_DATA_DIR": str(folder),
        "GRANNBRO_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/grannbro.db",
        "GRANNBRO_WEB__PORT": str(port),
    }
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], env=environment, stderr=subprocess.DEVNULL
    )
    try:
        yield _seconds_until_ready(port, began), process
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_S)


def _seconds_until_ready(port: int, began: float) -> float:
    while time.perf_counter() - began < PATIENCE_S:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1) as answer:
                if answer.status == 200:
                    return time.perf_counter() - began
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise TimeoutError("the bot did not become ready")


def resident_mb(pid: int) -> float:
    """Return how much memory a process holds."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
