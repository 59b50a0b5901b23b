"""What the bot says, ready for a bridge to put into its platform's markup."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

from bot.domain.copies import Copy
from bot.domain.groups import GroupId
from bot.domain.messages import Media, MessageRef, UserRef
from bot.domain.richtext import RichText, rich
from bot.domain.richtext_json import Json, to_json

_BENEATH = "-"
"""Parts the digest of words and files from that of what stands beneath them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """Something to press under a message.

    Attributes:
        data: Comes back with the press; at most 64 bytes, no personal data in it.
        emoji: Stands for the button where a platform has reactions instead of buttons.
        url: Opens this page instead of pressing.
        start: Opens a private chat with the bot, which begins with this payload; it is left out
            where a platform has no such links.
    """

    label: str
    data: str = ""
    emoji: str | None = None
    url: str | None = None
    start: str | None = None

    def of(self, token: str) -> "Button":
        """Return it as a button of the copy with a token."""
        return replace(self, data=f"{token}.{self.data}") if self.data else self

    def leading(self, link: Callable[[str], str | None]) -> "Button | None":
        """Return it with the page that it opens; None if it leads nowhere."""
        if self.start is None:
            return self
        url = link(self.start)
        return replace(self, url=url, start=None) if url else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRequest:
    """Asks where the reader is, where a platform has a way to tell it with one press.

    Attributes:
        says: Stands beside the button where the platform wants words there.
        label: On the button.
    """

    says: str
    label: str


class Unshown(StrEnum):
    """Why a reader does not see a file."""

    TOO_LARGE = "too_large"
    GONE = "gone"
    UNWANTED = "unwanted"


Explain: TypeAlias = Callable[[Unshown, int], str]
"""Says in the reader's language why, and of how many MB a file may be there at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Whose words a message carries, where a platform can show them as that person's.

    Attributes:
        id: The same for all that somebody says in a group under one sort of name, and opaque.
        name: The text begins with it, a colon and a space.
    """

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """A message for one recipient, in that reader's language.

    Attributes:
        rows: Buttons, row by row.
        reply_to: A message in the same room that this one answers.
        thread: What began the thread in which it stands, where a platform has such.
        silent: Shown without sound.
        urgent: Goes before others where a platform limits how much may be said.
        pinned_in: In this group's rooms it hangs at the top; sending it alone does not hang it up.
        asks_place: Only in private; goes away with the edit that asks no more.
        stays_here: Its reader can't send it on, where a platform can see to that.
        is_remark: The bot says it by itself, about nothing that anybody has to hear at once.
        rings: A remark that somebody in the room has to hear all the same.
        explains: What is said of files that a platform does not show; None for names alone.
        keeps_media: As an edit it leaves the files that stand there, which the bot has forgotten.
        keeps_text: As an edit it leaves the words and the files, and changes the buttons alone.
        trail: By which rooms it came, see `trails`; goes with it, unseen, where a platform can.
        pings: Accounts that are told that they are mentioned; all others are only named.
        echoes: Emoji that the bot sets on it where buttons can't be changed without the words.
        speaker: Who says it; None if the bot does.
    """

    text: RichText
    rows: tuple[tuple[Button, ...], ...] = ()
    media: tuple[Media, ...] = ()
    reply_to: MessageRef | None = None
    thread: MessageRef | None = None
    silent: bool = field(default=False, compare=False)
    urgent: bool = field(default=False, compare=False)
    pinned_in: GroupId | None = field(default=None, compare=False)
    keeps_media: bool = False
    keeps_text: bool = False
    echoes: tuple[str, ...] = field(default=(), compare=False)
    pings: frozenset[UserRef] = field(default=frozenset(), compare=False)
    trail: tuple[str, ...] = field(default=(), compare=False)
    speaker: Speaker | None = field(default=None, compare=False)
    asks_place: PlaceRequest | None = None
    stays_here: bool = field(default=False, compare=False)
    is_remark: bool = field(default=False, compare=False)
    rings: bool = field(default=False, compare=False)
    explains: Explain | None = field(default=None, compare=False)

    def addressed(self, copy: Copy) -> "OutgoingMessage":
        """Return it for one copy: its buttons carry the copy's token."""
        rows = tuple(tuple(button.of(copy.token) for button in row) for row in self.rows)
        return replace(self, rows=rows, reply_to=self.reply_to or copy.answers)

    def telling_of(
        self, files: Sequence[Media], why: Unshown, *, most_bytes: int = 0
    ) -> "OutgoingMessage":
        """Return it with a line that names files which can't be shown, and says why."""
        if not files:
            return self
        names = (f"{file.name} ({file.size_bytes / 1_000_000:.1f} MB)" for file in files)
        line = "📎 " + ", ".join(names)
        if self.explains is not None:
            line += ": " + self.explains(why, most_bytes // 1_000_000)
        return replace(self, text=self.text + rich("\n" + line if self.text else line))

    def is_pinned_as(self, copy: Copy) -> bool:
        """Whether one copy of it hangs at the top of its room."""
        return self.pinned_in is not None and copy.group == self.pinned_in

    def leading(self, link: Callable[[str], str | None]) -> "OutgoingMessage":
        """Return it for one platform, whose links into a private chat its buttons carry."""
        rows = [[led for button in row if (led := button.leading(link))] for row in self.rows]
        return replace(self, rows=tuple(tuple(row) for row in rows if row))

    @property
    def fingerprint(self) -> str:
        """A short digest of what the reader sees: equal if nothing visible changed."""
        return self.fingerprint_over(None)

    def fingerprint_over(self, before: str | None) -> str:
        """Return the digest of what is seen once this stands in place of what had another."""
        words, _, _ = (before or "").partition(_BENEATH)
        if not self.keeps_text:
            files: list[Json] = [media.id for media in self.media]
            words = _digest([to_json(self.text), files])
        rows: list[Json] = [[[b.label, b.data, b.url] for b in row] for row in self.rows]
        asked = [self.asks_place.label] if self.asks_place else []
        return words + _BENEATH + _digest([rows, list(self.echoes), *asked])


def _digest(shown: Json) -> str:
    return hashlib.blake2b(json.dumps(shown).encode(), digest_size=12).hexdigest()
