"""The bot's side of Telegram."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from telegram.constants import ChatMemberStatus, ReactionEmoji
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.bridges.telegram.addresses import (
    address_of,
    brings_keyboard,
    keyboard_ref,
    number_of,
    room_of,
)
from bot.bridges.telegram.announcing import show_writing
from bot.bridges.telegram.changes import Changes
from bot.bridges.telegram.editing import Editing
from bot.bridges.telegram.errors import to_bridge_error
from bot.bridges.telegram.introducing import Introducing
from bot.bridges.telegram.keyboards import keyboard_of
from bot.bridges.telegram.library import set_up_library
from bot.bridges.telegram.limits import Limiter, Wish
from bot.bridges.telegram.media import Files
from bot.bridges.telegram.meeting import Meeting, Unmet
from bot.bridges.telegram.outages import Outage
from bot.bridges.telegram.placing import PlaceKeyboards
from bot.bridges.telegram.posting import Posting
from bot.bridges.telegram.requests import FILE_TIMEOUT_S, Requests
from bot.bridges.telegram.rooms import TOPIC
from bot.bridges.telegram.splitting import MAX_CAPTION_UNITS
from bot.bridges.telegram.webhook import Webhook
from bot.domain.incoming import Incoming
from bot.domain.introductions import Introduction
from bot.domain.messages import Attachment, MessageRef, Platform, Recipient, RoomRef, UserRef
from bot.domain.outgoing import OutgoingMessage
from bot.domain.reactions import read_emoji
from bot.domain.rights import Right
from bot.errors import PermanentFailure, TemporaryFailure
from bot.ports.bridge import Accept, Capabilities, Membership
from bot.ports.clock import Clock
from bot.ports.media import MediaStore

CONNECTIONS = 32

REACTIONS = frozenset(read_emoji(emoji.value) for emoji in ReactionEmoji)
"""What a bot may set: not every emoji there is."""
_ADMINISTER = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR})


class Ears(Protocol):
    """What hears the account's updates, by polling or by webhook."""

    @property
    def last_round_trip(self) -> datetime | None:
        """When Telegram was last heard, None if it never was."""
        ...

    def private_link(self, payload: str) -> str:
        """Return where people begin a chat with the bot."""
        ...

    @property
    def webhook(self) -> Webhook | None:
        """What Telegram brings its updates to; None if they are asked for."""
        ...

    async def run(self, accept: Accept) -> None:
        """Offer updates in order, each at least once, until cancelled."""
        ...

    def parse(self, payload: bytes) -> Incoming | None:
        """Read one update."""
        ...


async def _none() -> Sequence[RoomRef]:
    return ()


@dataclass(kw_only=True)
class TelegramBridge:
    """Carries between Telegram and the core.

    Attributes:
        introductions: How it presents itself.
        unmet: Tells which rooms to look at once it runs.
    """

    bot: ExtBot[Wish]
    ears: Ears
    media: MediaStore
    clock: Clock
    introductions: Sequence[Introduction] = ()
    unmet: Unmet = _none
    platform: Platform = Platform.TELEGRAM
    capabilities: Capabilities = field(
        default_factory=lambda: Capabilities(
            repeats_safely=False,
            can_redact_others=True,
            can_pin=True,
            can_admit=True,
            inner_room_mark=TOPIC,
            can_keep_text=True,
            reactions=1,
            reaction_emoji=REACTIONS,
            caption_chars=MAX_CAPTION_UNITS,
            rights=frozenset(Right),
        )
    )
    _answered_at: datetime | None = None
    _changes: Changes = field(init=False)
    _keyboards: PlaceKeyboards = field(init=False)
    _posting: Posting = field(init=False)
    _editing: Editing = field(init=False)
    _outage: Outage = field(init=False)

    def __post_init__(self) -> None:
        """Share one bot between those who post and those who edit."""
        self._posting = Posting(bot=self.bot, files=Files(self.media))
        self._changes = Changes(bot=self.bot)
        self._outage = Outage(bot=self.bot, clock=self.clock)
        self._keyboards = PlaceKeyboards(bot=self.bot, changes=self._changes)
        self._editing = Editing(changes=self._changes, posting=self._posting)

    @property
    def account(self) -> UserRef:
        """The bot's own account: its number begins the token."""
        return UserRef(self.platform, self.bot.token.partition(":")[0])

    @property
    def last_round_trip(self) -> datetime | None:
        """When Telegram was last heard; what is sent says nothing of whether anything comes in."""
        return self.ears.last_round_trip or self._answered_at

    def private_link(self, payload: str) -> str | None:
        """Return where people begin a chat with the bot; the payload comes back with `/start`."""
        return self.ears.private_link(payload)

    async def open(self) -> None:
        """Open the connections; nothing is asked yet."""
        await self.bot.request.initialize()

    async def close(self) -> None:
        """Close the connections."""
        await self.bot.request.shutdown()

    async def run(self, accept: Accept) -> None:
        """Offer updates in order, each at least once, until cancelled."""
        await self.open()
        introducing = Introducing(bot=self.bot, introductions=self.introductions, clock=self.clock)
        meeting = Meeting(bot=self.bot, unmet=self.unmet, clock=self.clock)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(introducing.run())
                tasks.create_task(meeting.run(accept))
                tasks.create_task(self.ears.run(accept))
        finally:
            await self.close()

    def parse(self, payload: bytes) -> Incoming | None:
        """Read one update."""
        return self.ears.parse(payload)

    async def download(self, attachment: Attachment) -> bytes:
        """Fetch a file that was offered; Telegram gives out none beyond 20 MB."""
        async with self._asking(RoomRef(self.platform, "")):
            file = await self.bot.get_file(attachment.handle)
            return bytes(await file.download_as_bytearray(read_timeout=FILE_TIMEOUT_S))

    async def membership(self, user: UserRef, room: RoomRef) -> Membership:
        """Ask how somebody stands in a chat; who administers it administers its topics."""
        chat = address_of(room).chat_id
        async with self._asking(room):
            title = (await self.bot.get_chat(chat)).title or ""
            member = await self.bot.get_chat_member(chat, address_of(user).chat_id)
        return Membership(title=title, administers=member.status in _ADMINISTER)

    async def send(
        self, to: Recipient, message: OutgoingMessage, *, key: str
    ) -> Sequence[MessageRef]:
        """Post a message: all of its parts, or none. Telegram knows no key: twice is twice."""
        del key
        room, where = room_of(to), address_of(to)
        async with self._asking(room):
            placed = await self._posting.post(where, message)
            try:
                keyboards = await self._keyboards.fit(where, (), message)
            except (TelegramError, TemporaryFailure):
                # It will be sent again from the start, or never.
                await self._posting.remove(where, placed)
                raise
        return _refs(room, placed, keyboards)

    async def edit(
        self, parts: Sequence[MessageRef], message: OutgoingMessage
    ) -> Sequence[MessageRef]:
        """Change a message of the bot's own; its buttons stand below the last part."""
        room, where = parts[0].room, address_of(parts[0].room)
        numbers = [number_of(part) for part in parts if not brings_keyboard(part)]
        keyboards = [number_of(part) for part in parts if brings_keyboard(part)]
        async with self._asking(room):
            if message.keeps_text:
                await self._changes.buttons(where, numbers[-1], keyboard_of(message.rows))
                return parts
            shown = await self._editing.edit(where, numbers, message)
            return _refs(room, shown, await self._keyboards.fit(where, keyboards, message))

    async def react(self, target: MessageRef, emoji: Sequence[str]) -> None:
        """Set one emoji on a message; people's are not touched.

        Raises:
            PermanentFailure: The message is gone, or the chat does not allow that emoji.
        """
        async with self._asking(target.room):
            await self._changes.react(address_of(target.room), number_of(target), emoji)

    async def redact(self, target: MessageRef) -> None:
        """Remove a message; a message already gone is no error.

        Raises:
            PermanentFailure: It is older than 48 hours, or the bot has no right to.
        """
        async with self._asking(target.room):
            try:
                number = number_of(target)
            except PermanentFailure:
                return
            await self._changes.remove(address_of(target.room), number, Wish())

    async def pin(self, target: MessageRef) -> None:
        """Hang a message at the top of its chat; the chat is told by a line, without a sound.

        Raises:
            PermanentFailure: The bot has no right to, or the message is gone.
        """
        async with self._asking(target.room):
            await self._changes.pin(address_of(target.room), number_of(target))

    async def unpin(self, target: MessageRef) -> None:
        """Take a message down; one that does not hang is no error."""
        async with self._asking(target.room):
            await self._changes.unpin(address_of(target.room), number_of(target))

    async def admit(self, user: UserRef, room: RoomRef) -> None:
        """Let somebody in who asks to be; one who is in, or asks no more, is no error.

        Raises:
            PermanentFailure: The bot has no right to invite.
        """
        async with self._asking(room):
            await self._changes.admit(address_of(room), address_of(user).chat_id)

    async def reject(self, user: UserRef, room: RoomRef) -> None:
        """Leave somebody outside who asks to be let in; as `admit`."""
        async with self._asking(room):
            await self._changes.reject(address_of(room), address_of(user).chat_id)

    async def show_working(self, room: RoomRef) -> None:
        """Show that the bot writes; shown for five seconds, or until its message is there."""
        async with self._asking(room):
            await show_writing(self.bot, address_of(room))

    @asynccontextmanager
    async def _asking(self, room: RoomRef) -> AsyncIterator[None]:
        """Note that Telegram answers, and say what its refusals mean."""
        await self._outage.require_over()
        try:
            yield
        except TelegramError as error:
            if isinstance(error, BadRequest) or not isinstance(error, NetworkError):
                self._answered_at = self.clock.now()
            failure = to_bridge_error(error, chat=room.room_id)
            self._outage.note(failure)
            raise failure from error
        self._answered_at = self.clock.now()


def make_bot(token: str, *, clock: Clock, api_base: str) -> ExtBot[Wish]:
    """Make the library's bot, with this project's limits.

    Args:
        token: The account's.
        clock: What its limits are kept by.
        api_base: The service's address, without `/bot`.
    """
    set_up_library()
    return ExtBot(
        token,
        base_url=f"{api_base}/bot",
        base_file_url=f"{api_base}/file/bot",
        request=Requests(CONNECTIONS),
        rate_limiter=Limiter(clock),
    )


def _refs(
    room: RoomRef, numbers: Sequence[int], keyboards: Sequence[int]
) -> tuple[MessageRef, ...]:
    shown = (MessageRef(room, str(number)) for number in numbers)
    return (*shown, *(keyboard_ref(room, number) for number in keyboards))
