"""The bridge over an emulated Telegram, with a group and two people in it."""

import asyncio
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from PIL import Image

from bot.bridges.telegram.client import TelegramBridge
from bot.bridges.telegram.webhook import Webhook
from bot.domain.incoming import Incoming
from bot.domain.messages import Media, MediaId, MediaKind, MessageRef, Platform, RoomRef, UserRef
from bot.domain.outgoing import OutgoingMessage
from bot.domain.richtext import rich
from bot.errors import MalformedUpdate
from bot.ports.bridge import Accept
from tests.emulators.telegram import Emulator
from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.person import Person
from tests.town import FakeClock


@dataclass
class NoEars:
    """Hears nothing, and can't read."""

    last_round_trip: datetime | None = None
    webhook: Webhook | None = None

    def private_link(self, payload: str) -> str:
        return f"https://t.me/grannbro_bot?start={payload}"

    async def run(self, accept: Accept) -> None:
        pass

    def parse(self, payload: bytes) -> Incoming | None:
        raise MalformedUpdate("nothing is heard here")


@dataclass
class KeptFiles:
    """A media store in memory."""

    files: dict[MediaId, bytes] = field(default_factory=dict)

    def photo(self, name: str, *, size: tuple[int, int] = (40, 30)) -> Media:
        """Keep a picture."""
        data = io.BytesIO()
        Image.new("RGB", size, f"#{abs(hash(name)) % 0xFFFFFF:06x}").save(data, "JPEG")
        return self._put(data.getvalue(), MediaKind.PHOTO, "image/jpeg", f"{name}.jpg")

    def file(self, name: str) -> Media:
        """Keep a file."""
        return self._put(name.encode(), MediaKind.FILE, "text/plain", f"{name}.txt")

    def any(self, kind: MediaKind, name: str) -> Media:
        """Keep a file of a kind under its full name."""
        return self._put(name.encode(), kind, "application/octet-stream", name)

    async def keep(self, data: bytes, *, kind: MediaKind, name: str) -> Media:
        return self._put(data, kind, "application/octet-stream", name)

    async def duplicate(self, media: Media) -> Media | None:
        return media

    async def read(self, media: MediaId) -> bytes | None:
        return self.files.get(media)

    async def kept_before(self, before: datetime | None) -> frozenset[MediaId]:
        return frozenset()

    async def discard(self, media: MediaId) -> None:
        self.files.pop(media, None)

    def _put(self, data: bytes, kind: MediaKind, mime: str, name: str) -> Media:
        self.files[MediaId(name)] = data
        return Media(id=MediaId(name), kind=kind, mime=mime, name=name, size_bytes=len(data))


@dataclass(frozen=True)
class ServiceClock:
    """The bridge's own time, as the emulated service wants it told."""

    clock: FakeClock

    def unix_s(self) -> float:
        return self.clock.now().timestamp()

    def monotonic_s(self) -> float:
        return self.clock.now().timestamp()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)


@dataclass(kw_only=True)
class Stage:
    """Everybody's view of one group and of Anna's private chat."""

    emulator: Emulator
    bridge: TelegramBridge
    files: KeptFiles
    clock: FakeClock
    account: Bot
    anna: Person
    chat: Chat

    @property
    def room(self) -> RoomRef:
        """The group."""
        return RoomRef(Platform.TELEGRAM, str(self.chat.id))

    @property
    def user(self) -> UserRef:
        """Anna."""
        return UserRef(Platform.TELEGRAM, str(self.anna.user.id))

    def seen(self, where: "Chat | Bot | None" = None) -> list[Message]:
        """What the bot has written, oldest first."""
        messages = self.anna.reads(where or self.chat)
        return [message for message in messages if message.author.is_bot]

    def texts(self) -> list[str]:
        """The words of what the bot has written in the group."""
        return [message.text for message in self.seen()]

    def kinds(self) -> list[str]:
        """What the bot has posted in the group: text, photo, document."""
        return [message.kind() for message in self.seen()]

    async def send(
        self, text: str, *media: Media, to: RoomRef | None = None, **more: object
    ) -> Sequence[MessageRef]:
        """Send a message to the group, or to another room."""
        return await self.bridge.send(to or self.room, said(text, *media, **more), key="k")


def said(text: str, *media: Media, **more: object) -> OutgoingMessage:
    """A message of words and files."""
    return OutgoingMessage(text=rich(text), media=media, **more)  # type: ignore[arg-type]


def numbers(refs: Iterable[MessageRef]) -> list[int]:
    """The numbers of messages."""
    return [int(ref.message_id) for ref in refs]
