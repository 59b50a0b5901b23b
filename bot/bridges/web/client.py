"""The bot's side of the web chat."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.bridges.web.changes import Changes
from bot.bridges.web.inbound import PREFIXES, lane_of, read
from bot.domain.incoming import Incoming, RawUpdate
from bot.domain.messages import (
    Attachment,
    Media,
    MediaId,
    MessageRef,
    Platform,
    Recipient,
    RoomRef,
    UserRef,
)
from bot.domain.outgoing import OutgoingMessage
from bot.domain.reactions import written
from bot.domain.web_chat import PRIVATE, WebMessage, WebRoom
from bot.errors import PermanentFailure, PlatformAway, StorageUnavailable, Why
from bot.ports.bridge import Accept, Capabilities, Membership
from bot.ports.clock import Clock
from bot.ports.media import MediaStore
from bot.ports.store import Store, UnitOfWork

POLL_S = 1.0
BATCH = 50
NOBODY = ""
"""The account in whose name the bot sets emoji."""


@dataclass
class WebBridge:
    """Carries between the web chat's own tables and the core."""

    store: Store
    media: MediaStore
    clock: Clock
    bot_name: str = "Grannbro"
    changes: Changes = field(default_factory=Changes)
    happened: asyncio.Event = field(default_factory=asyncio.Event)
    last_round_trip: datetime | None = None
    platform: Platform = Platform.WEB
    capabilities: Capabilities = field(
        default_factory=lambda: Capabilities(
            repeats_safely=True,
            can_redact_others=True,
            can_keep_text=True,
            reactions=20,
            command_prefixes=PREFIXES,
        )
    )

    @property
    def account(self) -> None:
        """None: the bot has no account here, its messages have no author."""

    def private_link(self, payload: str) -> str | None:
        """Return nothing: the bot writes to everybody here."""
        del payload
        return None

    async def run(self, accept: Accept) -> None:
        """Offer what has happened, in order, each at least once, until cancelled."""
        while True:
            self.happened.clear()
            try:
                told = await self._offer(accept)
            except StorageUnavailable:
                told = 0
            if not told:
                await self.clock.wait(self.happened, at_most_s=POLL_S)

    async def _offer(self, accept: Accept) -> int:
        async with self.store.read() as uow:
            waiting = await uow.web_chat.untold(limit=BATCH)
        for update in waiting:
            await accept(
                RawUpdate(
                    platform=self.platform,
                    update_id=str(update.number),
                    lane=lane_of(update.payload),
                    payload=update.payload,
                )
            )
            async with self.store.write() as uow:
                await uow.web_chat.told(update.number)
        self.last_round_trip = self.clock.now()
        return len(waiting)

    def parse(self, payload: bytes) -> Incoming | None:
        """Read one update."""
        return read(payload)

    async def download(self, attachment: Attachment) -> bytes:
        """Return a file that somebody has put into the chat.

        Raises:
            StorageUnavailable: The files are the bot's own; whoever asks can't go on either.
        """
        data = await self.media.read(MediaId(attachment.handle))
        if data is None:
            raise PermanentFailure("the file is gone")
        return data

    async def membership(self, user: UserRef, room: RoomRef) -> Membership:  # noqa: ARG002
        """Say what a room is called; nobody administers one here, for the operator opens them."""
        with _refusals():
            async with self.store.read() as uow:
                found = await uow.web_chat.room(room.room_id)
        return Membership(title=found.title if found else "")

    async def send(
        self, to: Recipient, message: OutgoingMessage, *, key: str
    ) -> Sequence[MessageRef]:
        """Post a message; the same key posts it once."""
        with _refusals():
            async with self.store.read() as uow:
                posted = await uow.web_chat.by_key(key)
            if posted is None:
                posted = await self._post(to, message, key=key)
        self.changes.tell(posted.room)
        return (MessageRef(RoomRef(self.platform, posted.room), str(posted.id)),)

    async def edit(
        self, parts: Sequence[MessageRef], message: OutgoingMessage
    ) -> Sequence[MessageRef]:
        """Change a message of the bot's own."""
        with _refusals():
            shown = await self._shown(parts[0])
            if shown is None:
                raise PermanentFailure("message to edit not found")
            same_files = message.keeps_media or len(message.media) == len(shown.media)
            same_files = same_files or message.keeps_text
            media = shown.media if same_files else await self._own(message.media)
            changed = replace(
                shown,
                text=shown.text if message.keeps_text else message.text,
                rows=message.rows,
                media=media,
                edited_at=shown.edited_at if message.keeps_text else self.clock.now(),
            )
            async with self.store.write() as uow:
                await uow.web_chat.change(changed)
            if not same_files:
                await self._discard(shown.media)
        self.changes.tell(shown.room)
        return parts

    async def redact(self, target: MessageRef) -> None:
        """Remove a message with its files."""
        with _refusals():
            shown = await self._shown(target)
            if shown is None:
                return
            # First the files: who tries again after a failure must still find them.
            await self._discard(shown.media)
            async with self.store.write() as uow:
                await uow.web_chat.remove(shown.id)
        self.changes.tell(shown.room)

    async def react(self, target: MessageRef, emoji: Sequence[str]) -> None:
        """Set emoji on a message in place of those that the bot has set before."""
        with _refusals():
            shown = await self._shown(target)
            if shown is None:
                raise PermanentFailure("message to react to not found", why=Why.MESSAGE_GONE)
            wanted = {written(one) for one in emoji}
            before = {one for one, who in shown.reactions.items() if NOBODY in who}
            async with self.store.write() as uow:
                for one in sorted(wanted ^ before):
                    await uow.web_chat.react(shown.id, NOBODY, one, on=one in wanted)
        self.changes.tell(shown.room)

    async def pin(self, target: MessageRef) -> None:
        """Refuse: nothing hangs at the top of a room here."""
        raise PermanentFailure(f"nothing is pinned in {target.room}", why=Why.NO_RIGHTS)

    async def unpin(self, target: MessageRef) -> None:
        """Do nothing: nothing hangs at the top of a room here."""

    async def admit(self, user: UserRef, room: RoomRef) -> None:  # noqa: ARG002
        """Refuse: nobody asks to be let in here, for the operator opens the rooms."""
        raise PermanentFailure(f"nobody asks to come into {room}", why=Why.NO_RIGHTS)

    async def reject(self, user: UserRef, room: RoomRef) -> None:
        """Refuse, as `admit`."""
        await self.admit(user, room)

    async def show_working(self, room: RoomRef) -> None:
        """Show nothing: here an answer is there at once."""

    async def _post(self, to: Recipient, message: OutgoingMessage, *, key: str) -> WebMessage:
        media = await self._own(message.media)
        try:
            async with self.store.write() as uow:
                posted = WebMessage(
                    id=0,
                    room=await _room_for(to, uow, title=self.bot_name),
                    author=None,
                    text=message.text,
                    rows=message.rows,
                    media=media,
                    reply_to=_number(message.reply_to) if message.reply_to else None,
                    silent=message.silent,
                    sent_at=self.clock.now(),
                )
                return replace(posted, id=await uow.web_chat.post(posted, key=key))
        except BaseException:
            await self._discard(media)
            raise

    async def _shown(self, ref: MessageRef) -> WebMessage | None:
        number = _number(ref)
        if number is None:
            return None
        async with self.store.read() as uow:
            return await uow.web_chat.message(number)

    async def _own(self, media: Sequence[Media]) -> tuple[Media, ...]:
        """Copy files: the chat keeps its own, whatever the bot does with its."""
        copies = [await self.media.duplicate(file) for file in media]
        return tuple(copy for copy in copies if copy is not None)

    async def _discard(self, media: Sequence[Media]) -> None:
        for file in media:
            await self.media.discard(file.id)


@contextmanager
def _refusals() -> Iterator[None]:
    """Let the disk's failures be the platform's: what was to be done is not done."""
    try:
        yield
    except StorageUnavailable as error:
        raise PlatformAway(str(error)) from error


def _number(ref: MessageRef) -> int | None:
    """Return a message's number, None if no message here can have it."""
    return int(ref.message_id) if ref.message_id.isdecimal() else None


async def _room_for(to: Recipient, uow: UnitOfWork, *, title: str) -> str:
    if isinstance(to, RoomRef):
        if await uow.web_chat.room(to.room_id) is None:
            raise PermanentFailure("no such room")
        return to.room_id
    if await uow.web_accounts.get(to.user_id) is None:
        raise PermanentFailure("no such account")
    room = PRIVATE + to.user_id
    await uow.web_chat.put_room(WebRoom(id=room, title=title))
    await uow.web_accounts.join(room, to.user_id)
    return room
