"""What is known when something is written for those who read it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.domain.areas import AreaMap
from bot.domain.copies import Subject
from bot.domain.messages import Platform, RoomRef
from bot.domain.outgoing import OutgoingMessage
from bot.domain.richtext import RichText
from bot.domain.words import Words
from bot.ports.store import UnitOfWork
from bot.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """All that a message may depend on besides its subject: like readers get the same.

    Attributes:
        room: Where they read it; None in private, and where it makes no difference.
        is_untouched: It has certainly not reached them yet.
    """

    language: str
    platform: Platform
    is_private: bool
    is_untouched: bool
    room: RoomRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """A subject that is about to be shown, and to whom."""

    subject: Subject
    reader: Reader
    uow: UnitOfWork
    texts: Texts
    areas: AreaMap
    now: datetime

    def say(self, said: Words) -> RichText:
        """Say something in the reader's language."""
        return self.texts.say(said, self.reader.language)

    def label(self, said: Words) -> str:
        """Say something on a button."""
        return self.texts.plain(said, self.reader.language)


Write: TypeAlias = Callable[[Showing], Awaitable[OutgoingMessage | None]]
"""Writes what a subject shows now; None if it is gone and its copies must go too.

Buttons carry actions only: whose they are is added for each copy, as is what it replies to.
"""


@dataclass(frozen=True, slots=True)
class Renderer:
    """How one kind of subject is written.

    Attributes:
        minds_the_room: Rooms of one language do not all get the same.
    """

    write: Write
    minds_the_room: bool = False
