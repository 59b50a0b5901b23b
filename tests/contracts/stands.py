"""One room, one account and one way to look at what stands there, on every kind of bridge."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.bridges.memory import MemoryBridge
from bot.bridges.telegram.client import TelegramBridge
from bot.bridges.web.client import NOBODY, WebBridge
from bot.bridges.web.platform import WebPlatform
from bot.domain.messages import (
    Media,
    MediaId,
    MediaKind,
    MessageRef,
    Platform,
    Recipient,
    RoomRef,
    UserRef,
)
from bot.domain.outgoing import Button
from bot.domain.reactions import read_emoji
from bot.domain.web_chat import PRIVATE
from bot.ports.bridge import Capabilities
from bot.storage.database import Database
from bot.storage.media import SealedFiles
from tests.emulators.telegram import Emulator
from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.person import Person
from tests.town import AREAS


@dataclass(frozen=True)
class Seen:
    """What somebody sees of one message."""

    text: str
    buttons: Sequence[Sequence[Button]]
    media: Sequence[Media]
    reply_to: str | None
    silent: bool


@dataclass(frozen=True)
class Memory:
    """The bridge in memory."""

    bridge: MemoryBridge
    room: RoomRef
    user: UserRef

    async def sees(self, where: Recipient) -> list[Seen]:
        """What stands there, oldest first."""
        return [
            Seen(
                text=shown.text,
                buttons=shown.message.rows,
                media=shown.message.media,
                reply_to=shown.message.reply_to.message_id if shown.message.reply_to else None,
                silent=shown.message.silent,
            )
            for shown in self.bridge.shown
            if shown.to == where and not shown.removed
        ]

    async def feels(self, ref: MessageRef) -> list[str]:
        """What the bot has set on a message."""
        return list(self.bridge.reactions.get(ref, ()))

    def hanging(self) -> list[MessageRef]:
        """What hangs at the top of the room."""
        return list(self.bridge.pinned)

    async def keep(self) -> Media:
        """A file of the bot's."""
        return Media(
            id=MediaId("f1"), kind=MediaKind.FILE, mime="text/plain", name="a.txt", size_bytes=3
        )


@dataclass(frozen=True)
class Web:
    """The web chat over a real database."""

    bridge: WebBridge
    database: Database
    media: SealedFiles
    folder: Path
    room: RoomRef
    user: UserRef

    @property
    def platform(self) -> WebPlatform:
        """The people's side."""
        return WebPlatform(self.bridge, AREAS)

    async def sees(self, where: Recipient) -> list[Seen]:
        """What stands there, oldest first."""
        name = where.room_id if isinstance(where, RoomRef) else PRIVATE + where.user_id
        async with self.database.read() as uow:
            messages = await uow.web_chat.messages(name, last=100)
        return [
            Seen(
                text=message.text.plain,
                buttons=message.rows,
                media=message.media,
                reply_to=str(message.reply_to) if message.reply_to else None,
                silent=message.silent,
            )
            for message in messages
        ]

    async def feels(self, ref: MessageRef) -> list[str]:
        """What the bot has set on a message."""
        async with self.database.read() as uow:
            message = await uow.web_chat.message(int(ref.message_id))
        felt = message.reactions.items() if message else ()
        return [read_emoji(emoji) for emoji, who in felt if NOBODY in who]

    def hanging(self) -> list[MessageRef]:
        """Nothing can hang at the top of a room."""
        return []

    async def keep(self) -> Media:
        """A file of the bot's."""
        return await self.media.keep(b"abc", kind=MediaKind.FILE, name="a.txt")

    def files(self) -> int:
        """How many files lie on the disk."""
        return sum(1 for file in (self.folder / "media").rglob("*") if file.is_file())


@dataclass(frozen=True)
class Telegram:
    """Telegram's bridge over an emulated service; Anna and the bot in one group."""

    bridge: TelegramBridge
    emulator: Emulator
    account: Bot
    anna: Person
    chat: Chat
    media: SealedFiles

    @property
    def room(self) -> RoomRef:
        """The group."""
        return RoomRef(Platform.TELEGRAM, str(self.chat.id))

    @property
    def user(self) -> UserRef:
        """Anna, who has written to the bot."""
        return UserRef(Platform.TELEGRAM, str(self.anna.user.id))

    async def sees(self, where: Recipient) -> list[Seen]:
        """What the bot has written there, oldest first."""
        messages = self.anna.reads(self.chat if isinstance(where, RoomRef) else self.account)
        return [
            Seen(
                text=message.text,
                buttons=_buttons(message),
                media=_files(message),
                reply_to=str(message.reply_to.message_id) if message.reply_to else None,
                silent=message.is_silent,
            )
            for message in messages
            if message.author.is_bot
        ]

    async def feels(self, ref: MessageRef) -> list[str]:
        """What the bot has set on a message."""
        (message,) = [m for m in self.anna.reads(self.chat) if str(m.message_id) == ref.message_id]
        return [str(one["emoji"]) for one in message.reactions.get(self.account.user.id, [])]

    def hanging(self) -> list[MessageRef]:
        """What hangs at the top of the group."""
        return [MessageRef(self.room, str(number)) for number in self.chat.pinned]

    async def keep(self) -> Media:
        """A file of the bot's."""
        return await self.media.keep(b"abc", kind=MediaKind.FILE, name="a.txt")


def _buttons(message: Message) -> Sequence[Sequence[Button]]:
    return tuple(
        tuple(
            Button(
                label=str(button["text"]),
                data=str(button.get("callback_data", "")),
                url=str(button["url"]) if "url" in button else None,
            )
            for button in row
        )
        for row in message.rows
    )


def _files(message: Message) -> Sequence[Media]:
    match message.content.get("document"):
        case {
            "file_unique_id": str(number),
            "file_name": str(name),
            "mime_type": str(mime),
            "file_size": int(size),
        }:
            file = Media(
                id=MediaId(number), kind=MediaKind.FILE, mime=mime, name=name, size_bytes=size
            )
            return (file,)
        case _:
            return ()


Stand = Memory | Web | Telegram


def memory(*, repeats_safely: bool) -> Memory:
    """A bridge in memory."""
    return Memory(
        bridge=MemoryBridge(
            Platform.TELEGRAM,
            Capabilities(
                repeats_safely=repeats_safely,
                can_redact_others=True,
                can_pin=True,
                can_keep_text=True,
                reactions=1,
            ),
        ),
        room=RoomRef(Platform.TELEGRAM, "torget"),
        user=UserRef(Platform.TELEGRAM, "anna"),
    )
