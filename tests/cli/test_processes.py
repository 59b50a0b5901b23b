"""`grannbro run` and `demo` as processes: start, stop, and two of them."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.town import ROOT

pytestmark = pytest.mark.slow

PATIENCE_S = 60


@pytest.fixture
def port(data: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """A port that is free, and set."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        free = int(found.getsockname()[1])
    monkeypatch.setenv("GRANNBRO_WEB__PORT", str(free))
    return free


def command(*arguments: str, config: Path = ROOT / "config") -> list[str]:
    """What starts a process."""
    return [sys.executable, "-m", "bot", *arguments, "--config", str(config)]


def refused(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a process that ends by itself."""
    return subprocess.run(
        command(*arguments),
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )


@contextmanager
def started(
    *arguments: str, until: str, config: Path = ROOT / "config"
) -> Iterator[subprocess.Popen[str]]:
    """Run a process until it has said something; it is ended in any case."""
    process = subprocess.Popen(
        command(*arguments, config=config),
        cwd=ROOT,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if until in line:
                break
        else:
            pytest.fail(f"it ended without {until!r}: {''.join(said)}")
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE_S)


def ask(port: int, path: str, *, until: str) -> str:
    """What the web server answers, as soon as that holds something."""
    ends_at = time.monotonic() + PATIENCE_S
    said = ""
    while time.monotonic() < ends_at:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
                said = answer.read().decode()
        except OSError as error:
            said = str(error)
        if until in said:
            return said
        time.sleep(0.05)
    raise AssertionError(f"{path} never said {until!r}, but {said!r}")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda n: n.name)
def test_bot_runs_until_it_is_told_to_stop(port, number):
    """And ends well, so that a supervisor is content."""
    with started("run", until="app.started") as process:
        process.send_signal(number)
        said, _ = process.communicate(timeout=PATIENCE_S)

    assert process.returncode == 0
    assert "app.stopped" in said


def test_second_bot_is_refused_while_one_runs_and_not_after(port):
    """The lock goes with its process, also when that is killed."""
    with started("run", until="app.started") as first:
        second = refused("run")
        first.kill()

    assert second.returncode == 3
    assert "data_dir.in_use" in second.stderr
    with started("run", until="app.started"):
        pass


def test_port_that_is_taken_is_refused(port):
    """With the option's name, instead of a traceback."""
    with socket.create_server(("127.0.0.1", port)):
        ended = refused("run")

    assert ended.returncode == 2
    assert "set GRANNBRO_WEB__PORT to another" in ended.stderr
    assert "environment (GRANNBRO_WEB__PORT)" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_demo_greets_and_stops(port):
    """Two commands, and one key to end it."""
    with started("demo", "--fresh", "--paused", until="Ctrl+C ends it") as process:
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=PATIENCE_S)

    assert process.returncode == 0
    assert "app.stopped" in said


def test_demo_keeps_its_data_apart(port, data, monkeypatch, tmp_path):
    """A look at the demo does not touch what an installation has stored."""
    monkeypatch.delenv("GRANNBRO_DATA_DIR")
    monkeypatch.delenv("GRANNBRO_DATABASE_URL")
    config = tmp_path / "config"
    shutil.copytree(ROOT / "config", config)
    options = f'data_dir = "{tmp_path}/var"\n'
    (config / "grannbro.toml").write_text(options, encoding="utf-8")
    with started("demo", "--paused", until="Ctrl+C ends it", config=config):
        pass

    assert [path.name for path in (tmp_path / "var").iterdir()] == ["demo"]


def test_running_bot_answers_on_its_port(port):
    """That it lives, whether it can serve, and what it has to do."""
    with started("run", until="app.started"):
        alive = ask(port, "/healthz", until="ok")
        ready = ask(port, "/readyz", until='"ready":true')
        numbers = ask(port, "/metrics", until="grannbro_outbox_waiting")

    assert alive == "ok\n"
    assert '"database":true' in ready
    assert 'grannbro_outbox_given_up{platform="web"} 0.0' in numbers
