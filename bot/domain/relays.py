"""Lines carried from a room to the rooms that mirror it."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.groups import GroupId
from bot.domain.incoming import Extra
from bot.domain.messages import Media, MessageRef
from bot.domain.people import PersonId, Role
from bot.domain.reports import Byline
from bot.domain.richtext import RichText


@dataclass(frozen=True, slots=True)
class Voice:
    """For whom a line spoke when it was carried; for nobody but its author if both are None."""

    organisation: str | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """One line.

    Attributes:
        trail: By which rooms it came to the one where it was written, if another bot brought it.
        stays: Its author keeps it where it was written; it is known so that no other line quotes
            it there.
        text: None once it was delivered everywhere: the rooms keep it, the bot does not.
        media: Gone with the text; `had_media` tells that there were some.
        place: Slug of the area that was shared, empty for one off the map; None if no place was.
        reply_to: The message it answers in its own room.
        thread: What began the thread in which it was written; None outside of any.
        quote: What it quotes of that message; empty if the message itself is to be shown.
        forwarded_from: Who wrote it first, cleaned; empty if nobody may be named, None if the
            author wrote it.
        spoken_as: Under what name another program has shown its author, cleaned; None if under
            none, or one that could be taken for an authority.
        written_at: When it was written, if it could be read only later; else None.
        voice: As its byline was when it was stored last, and known longer than that; None if it is
            known no more. Whoever stores a line does not set it.
    """

    id: str
    group: GroupId
    author: PersonId
    byline: Byline
    origin: MessageRef
    text: RichText | None
    media: tuple[Media, ...] = ()
    had_media: bool = False
    place: str | None = None
    reply_to: MessageRef | None = None
    thread: MessageRef | None = None
    quote: str = ""
    forwarded_from: str | None = None
    spoken_as: str | None = None
    extra: Extra | None = None
    is_edited: bool = False
    stays: bool = False
    trail: tuple[str, ...] = ()
    written_at: datetime | None = None
    voice: Voice | None = None
    sent_at: datetime
