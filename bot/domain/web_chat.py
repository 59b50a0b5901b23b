"""The web chat: rooms, accounts and messages of the platform that lives in the browser."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.messages import Media
from bot.domain.outgoing import Button
from bot.domain.richtext import RichText

PRIVATE = "@"
"""A private room with the bot is called `@` and the account."""


def is_private(room: str) -> bool:
    """Whether a room is one account's talk with the bot."""
    return room.startswith(PRIVATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebAccount:
    """Somebody who signs in with a personal link."""

    id: str
    name: str
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WebRoom:
    """A room in the browser."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebMessage:
    """One message in a room.

    Attributes:
        author: The account that wrote it; None if the bot did.
        place: Name of the area that was shared, empty for one off the map; None if no place was.
        reactions: The accounts behind each emoji.
    """

    id: int
    room: str
    author: str | None
    author_name: str = ""
    text: RichText
    rows: tuple[tuple[Button, ...], ...] = ()
    media: tuple[Media, ...] = ()
    place: str | None = None
    reply_to: int | None = None
    silent: bool = False
    reactions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sent_at: datetime
    edited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Something that happened in the web chat, numbered in order."""

    number: int
    payload: bytes
