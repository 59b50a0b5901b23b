"""`grannbro` as an operator types it, over a data folder of the test's own."""

import gzip
import json
import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog

from bot.cli import main
from tests.town import ROOT


@dataclass(frozen=True)
class Ended:
    """How a command has ended."""

    exit_code: int
    out: str
    err: str


Grannbro = Callable[..., Ended]
Events = Callable[..., Path]


@pytest.fixture
def data(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that the environment names."""
    monkeypatch.setenv("GRANNBRO_DATA_DIR", str(folder))
    monkeypatch.setenv("GRANNBRO_DATABASE_URL", f"sqlite+aiosqlite:///{folder}/grannbro.db")
    monkeypatch.setenv("COLUMNS", "200")
    return folder


@pytest.fixture
def grannbro(
    data: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Grannbro]:
    """Runs a command in this process, with the example's configuration."""

    def run(*arguments: str, config: Path = ROOT / "config") -> Ended:
        given = [] if "--help" in arguments else ["--config", str(config)]
        monkeypatch.setattr(sys, "argv", ["grannbro", *arguments, *given])
        capfd.readouterr()
        exit_code = 0
        try:
            main()
        except SystemExit as ended:
            exit_code = int(ended.code or 0)
        said = capfd.readouterr()
        return Ended(exit_code, said.out, said.err)

    handlers = list(logging.root.handlers)
    yield run
    logging.root.handlers[:] = handlers
    structlog.reset_defaults()


@pytest.fixture
def events(tmp_path: Path) -> Events:
    """Makes a file of police events; what is no mapping is written as it is."""

    def write(*entries: object, name: str = "events.json") -> Path:
        path = tmp_path / name
        text = json.dumps(list(entries), ensure_ascii=False).encode()
        path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
        return path

    return write


def fire(
    number: int = 1, place: str = "Botkyrka", summary: str = "Rök syns."
) -> dict[str, object]:
    """An event as the police's API gives it."""
    return {
        "id": number,
        "datetime": f"2026-08-0{number} 14:05:00 +02:00",
        "name": f"0{number} augusti 14.00, Brand, {place}",
        "summary": summary,
        "url": f"/aktuellt/{number}/",
        "type": "Brand",
        "location": {"name": "Stockholms län", "gps": "59.2,18.0"},
    }
