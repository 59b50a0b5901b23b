"""One room, one account and one way to look at what stands there, on every kind of bridge."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.bridges.matrix.buttons import BUTTONS
from bot.bridges.matrix.client import MatrixBridge
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
from tests.servers.matrix.person import Person as MatrixPerson
from tests.servers.matrix.sight import Seen as SeenOnMatrix
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

    async def hanging(self) -> list[MessageRef]:
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

    async def hanging(self) -> list[MessageRef]:
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

    async def hanging(self) -> list[MessageRef]:
        """What hangs at the top of the group."""
        return [MessageRef(self.room, str(number)) for number in self.chat.pinned]

    async def keep(self) -> Media:
        """A file of the bot's."""
        return await self.media.keep(b"abc", kind=MediaKind.FILE, name="a.txt")


@dataclass(frozen=True)
class Matrix:
    """Matrix's bridge over a real homeserver; Anna and the bot in one room."""

    bridge: MatrixBridge
    anna: MatrixPerson
    room_id: str
    media: SealedFiles

    @property
    def room(self) -> RoomRef:
        """The room."""
        return RoomRef(Platform.MATRIX, self.room_id)

    @property
    def user(self) -> UserRef:
        """Anna, who has no private chat with the bot yet."""
        return UserRef(Platform.MATRIX, self.anna.id)

    async def sees(self, where: Recipient) -> list[Seen]:
        """What the bot has written there, oldest first."""
        me = self.bridge.api.user_id
        if isinstance(where, RoomRef):
            room = where.room_id
        else:
            room = await self.anna.is_invited(me)
            await self.anna.joins(room)
        return [
            Seen(
                text=seen.text,
                buttons=_described(seen.content.get(BUTTONS)),
                media=_shown(seen),
                reply_to=seen.reply_to,
                silent=seen.kind == "m.notice",
            )
            for seen in await self.anna.reads(room)
            if seen.sender == me and not seen.is_gone
        ]

    async def feels(self, ref: MessageRef) -> list[str]:
        """What the bot has set on a message: nobody else reacts here."""
        (seen,) = [s for s in await self.anna.reads(self.room_id) if s.event_id == ref.message_id]
        return [read_emoji(emoji) for emoji in seen.reactions]

    async def hanging(self) -> list[MessageRef]:
        """What hangs at the top of the room."""
        found = await self.anna.manages(self.room_id).state("m.room.pinned_events")
        pinned = found["pinned"]
        assert isinstance(pinned, list)
        return [MessageRef(self.room, str(event_id)) for event_id in pinned]

    async def keep(self) -> Media:
        """A file of the bot's."""
        return await self.media.keep(b"abc", kind=MediaKind.FILE, name="a.txt")


def _described(field: object) -> Sequence[Sequence[Button]]:
    rows = field if isinstance(field, list) else []
    return tuple(
        tuple(Button(label=b["label"], data=b.get("data", ""), url=b.get("url")) for b in row)
        for row in rows
    )


def _shown(seen: SeenOnMatrix) -> Sequence[Media]:
    match seen.content:
        case {"url": str(url), "filename": str(name), "info": {"size": int(size)}}:
            kind, mime = MediaKind.FILE, "text/plain"
            return (Media(id=MediaId(url), kind=kind, mime=mime, name=name, size_bytes=size),)
        case _:
            return ()


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


Stand = Memory | Web | Telegram | Matrix


def memory(*, repeats_safely: bool) -> Memory:
    """A bridge in memory."""
    return Memory(
        bridge=MemoryBridge(
            Platform.TELEGRAM,
            Capabilities(
                repeats_safely=repeats_safely,
                can_redact_others=True,
                can_pin=True,
                can_admit=True,
                can_keep_text=True,
                reactions=1,
            ),
        ),
        room=RoomRef(Platform.TELEGRAM, "torget"),
        user=UserRef(Platform.TELEGRAM, "anna"),
    )
