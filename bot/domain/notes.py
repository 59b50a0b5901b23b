"""Notes: what the bot says to somebody, with buttons, and what it then waits for."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

from bot.domain.media_json import media_from_json
from bot.domain.messages import Media
from bot.domain.people import PersonId
from bot.domain.reports import ReportId
from bot.domain.richtext_json import Json
from bot.domain.words import Words

NoteId = NewType("NoteId", str)

AWAITED_PLACES = frozenset({"place", "area"})
"""What notes wait for that ask for a place: their end must be seen, not only known."""
_ON_ANOTHER = ">"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what stands on it, and what the feature gets when it is pressed.

    Attributes:
        url: Opens this page instead; nobody hears of it.
        start: Opens a private chat that begins with this payload instead.
    """

    label: Words
    action: str = ""
    url: str | None = None
    start: str | None = None

    def data(self, number: int, stamp: str) -> str:
        """Return what the button carries, after the token of the message."""
        return f"{number}.{stamp}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One message of the bot's own words.

    Attributes:
        feature: Name of the feature that made it and gets its presses.
        person: The only one who may press; None in a room, where everybody may.
        awaits: What kind of free answer the feature waits for; None if it asks nothing.
        asks_place: What it waits for may be the place where the person is.
        about: The report whose words are shown with it as `text`; they are not stored with it, and
            it goes when the report is erased.
        state: What the feature needs to go on; kept sealed.
        expires_at: After this the buttons are dead and no answer is expected.
        is_silent: It comes without a sound.
        rings: In a room, too, it comes with one: somebody there has to hear it.
        language: In which it is shown whoever reads it; None for that of its reader.
    """

    id: NoteId
    feature: str
    person: PersonId | None
    words: Words
    choices: tuple[tuple[Choice, ...], ...] = ()
    media: tuple[Media, ...] = ()
    awaits: str | None = None
    asks_place: bool = False
    about: ReportId | None = None
    state: Mapping[str, Json] = field(default_factory=dict)
    expires_at: datetime
    is_silent: bool = False
    rings: bool = False
    language: str | None = None

    def choice(self, index: int) -> Choice | None:
        """Return a button by its number, counted row by row; None if there is none."""
        flat = [choice for row in self.choices for choice in row]
        return flat[index] if 0 <= index < len(flat) else None

    @property
    def stamp(self) -> str:
        """A short digest of the buttons: a press of one that was replaced since does not fit."""
        shown = [(choice.label.text_id, choice.action) for row in self.choices for choice in row]
        return hashlib.blake2b(repr(shown).encode(), digest_size=4).hexdigest()

    @property
    def files(self) -> tuple[Media, ...]:
        """All files it holds: those it shows, and those a draft in its state waits with."""
        return (*self.media, *media_from_json(self.state.get("media")))


def press_on(note: Note, action: str) -> str:
    """Return the action of a button that stands for one on another note, far above by now."""
    return f"{_ON_ANOTHER}{note.id} {action}"


def read_press_on(action: str) -> tuple[NoteId, str] | None:
    """Return the other note, and what is pressed there; None if it is a button of its own."""
    if not action.startswith(_ON_ANOTHER):
        return None
    note, _, pressed = action.removeprefix(_ON_ANOTHER).partition(" ")
    return NoteId(note), pressed
