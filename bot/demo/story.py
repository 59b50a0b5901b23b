"""The written day: who is in it, and what happens when."""

from dataclasses import dataclass
from datetime import time
from pathlib import Path

from pydantic import Field

from bot.settings.files import read_model
from bot.settings.sections import Section

FILE = Path("demo") / "day.toml"


class InBoth(Section):
    """A text in both languages."""

    sv: str
    en: str

    def in_language(self, language: str) -> str:
        """Return it in one of them."""
        return self.sv if language == "sv" else self.en


class Actor(Section):
    """One of the people."""

    id: str = Field(pattern=r"^[a-z]+$")
    name: str
    language: str = "sv"
    rooms: tuple[str, ...] = ()
    about: InBoth


class Scene(Section):
    """Something that one of them does.

    Without `room` it happens in private with the bot. `quick` scenes set the stage. A `reply`
    answers the latest message there that has the button `to`. Whoever `types_code` takes it from
    the mail, which the demo shows in their private chat.
    """

    at: time
    who: str
    room: str | None = None
    write: str | None = None
    reply: str | None = None
    to: str = "seen"
    press: str | None = None
    reply_last: bool = False
    types_code: bool = False
    quick: bool = False
    note: InBoth | None = None

    @property
    def place(self) -> str:
        """The room in the web chat where it happens."""
        return self.room or f"@{self.who}"


class _DayFile(Section):
    person: tuple[Actor, ...]
    scene: tuple[Scene, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A day."""

    people: tuple[Actor, ...]
    scenes: tuple[Scene, ...]


def read_story(folder: Path) -> Story:
    """Read the day of a config folder.

    Raises:
        ConfigError: It is missing, or a key in it is unknown or wrong.
    """
    day = read_model(folder / FILE, _DayFile)
    return Story(day.person, day.scene)
