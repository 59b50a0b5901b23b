"""Where messages are and who writes them, seen from no platform in particular."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType, Self, TypeAlias


class Platform(StrEnum):
    """A chat network the bot is on."""

    TELEGRAM = "telegram"
    MATRIX = "matrix"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class RoomRef:
    """One chat on one platform. The id is opaque outside bot.bridges."""

    platform: Platform
    room_id: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.room_id}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `telegram:-100123/7`, `matrix:!id:server`, `web:name`.

        Raises:
            ValueError: No known platform stands before the first colon, or nothing after it.
        """
        return cls(*_split(text))


@dataclass(frozen=True, slots=True)
class UserRef:
    """An account on one platform. The id is opaque outside bot.bridges."""

    platform: Platform
    user_id: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.user_id}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `telegram:42`.

        Raises:
            ValueError: No known platform stands before the first colon, or nothing after it.
        """
        return cls(*_split(text))


@dataclass(frozen=True, slots=True)
class MessageRef:
    """One message in one room."""

    room: RoomRef
    message_id: str


Recipient: TypeAlias = RoomRef | UserRef
MediaId = NewType("MediaId", str)


class MediaKind(StrEnum):
    """How a file wants to be shown."""

    PHOTO = "photo"
    FILE = "file"
    VOICE = "voice"
    AUDIO = "audio"
    VIDEO = "video"
    ANIMATION = "animation"
    STICKER = "sticker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that a platform offers; `handle` fetches it there.

    Attributes:
        original: Under what the platform itself shows it again, where it is more than what is
            fetched: a sticker that moves. It tells nothing of whoever sent it.
        shows_again: The platform shows it again under its handle, however large it is.
        identity: The same for as long as it is the same file; empty if the platform has none.
    """

    kind: MediaKind
    handle: str
    name: str
    size_bytes: int
    original: str | None = None
    shows_again: bool = False
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """A file as one platform has it, and it alone can show."""

    platform: Platform
    handle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A file the bot keeps, cleaned of what the picture says about its maker.

    Attributes:
        alt: What a picture of the bot's own shows, for whoever can't see it.
    """

    id: MediaId
    kind: MediaKind
    mime: str
    name: str
    size_bytes: int
    original: Original | None = None
    alt: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """A point on earth, WGS84 degrees."""

    lat: float
    lon: float


def _split(text: str) -> tuple[Platform, str]:
    platform, _, rest = text.partition(":")
    if not rest:
        raise ValueError(f"{text!r} is not of the form platform:id")
    return Platform(platform), rest
