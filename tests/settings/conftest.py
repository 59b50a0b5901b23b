"""A config folder to be filled, and an environment that says nothing yet."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.settings.loading import Installation, load_installation
from bot.settings.options import PREFIX


@dataclass(frozen=True)
class Refusal:
    """What the operator is told."""

    where: str
    key: str
    fix: str


@dataclass(frozen=True)
class Folder:
    """A config folder."""

    path: Path
    environment: pytest.MonkeyPatch

    def says(self, name: str, text: str | bytes) -> "Folder":
        """Let a file hold this."""
        data = text.encode() if isinstance(text, str) else text
        (self.path / name).write_bytes(data)
        return self

    def with_variable(self, name: str, value: str) -> "Folder":
        """Set a variable, without its prefix."""
        self.environment.setenv(PREFIX + name, value)
        return self

    def load(self) -> Installation:
        """Read everything."""
        return load_installation(self.path)

    def refusal(self) -> Refusal:
        """Read everything, in vain."""
        with pytest.raises(ConfigError) as caught:
            self.load()
        error = caught.value
        where = error.where.replace(f"{self.path}/", "")
        return Refusal(where, error.key, error.fix.replace(f"{self.path}/", ""))


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """An empty one."""
    for name in os.environ:
        if name.upper().startswith(PREFIX):
            monkeypatch.delenv(name)
    return Folder(tmp_path, monkeypatch)
