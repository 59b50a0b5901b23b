"""The people's side of the web chat: what a browser does for the one who sits before it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.bridges.web.client import WebBridge
from bot.bridges.web.inbound import written
from bot.bridges.web.markup import from_markdown
from bot.domain.areas import AreaMap
from bot.domain.messages import Media, MediaKind, Platform, Position, RoomRef
from bot.domain.positions import coarse
from bot.domain.richtext import NOTHING, RichText
from bot.domain.web_chat import PRIVATE, WebAccount, WebMessage, WebRoom, is_private
from bot.errors import NotPermitted, Unacceptable
from bot.ports.store import UnitOfWork

MAX_TYPED_CHARS = 50_000
"""What the chat takes at all; how much of it a report may hold is the bot's to say."""
LINK_SECRET_BYTES = 24


@dataclass(frozen=True)
class WebPlatform:
    """Acts for signed-in accounts. What happens is stored with the news of it for the bot."""

    bridge: WebBridge
    areas: AreaMap

    async def invite(self, account: WebAccount, rooms: Sequence[str]) -> str:
        """Make an account, let it into rooms, and return the secret of its personal link."""
        secret = secrets.token_urlsafe(LINK_SECRET_BYTES)
        async with self.bridge.store.write() as uow:
            await uow.web_accounts.put(account, login=secret)
            own = WebRoom(id=PRIVATE + account.id, title=self.bridge.bot_name)
            await uow.web_chat.put_room(own)
            for room in (*rooms, own.id):
                await self._join(room, account.id, uow)
        return secret

    async def sign_in(self, secret: str) -> WebAccount | None:
        """Return whose personal link it is, None if it is nobody's."""
        async with self.bridge.store.read() as uow:
            return await uow.web_accounts.by_login(secret)

    async def account(self, account: str) -> WebAccount | None:
        """Return an account, None if there is none such."""
        async with self.bridge.store.read() as uow:
            return await uow.web_accounts.get(account)

    async def rooms(self, account: str) -> Sequence[WebRoom]:
        """Return the rooms that an account is in."""
        async with self.bridge.store.read() as uow:
            return await uow.web_accounts.rooms_of(account)

    async def messages(self, room: str, *, last: int = 80) -> Sequence[WebMessage]:
        """Return the latest messages of a room, oldest first."""
        async with self.bridge.store.read() as uow:
            return await uow.web_chat.messages(room, last=last)

    async def write(
        self,
        account: str,
        room: str,
        typed: str,
        *,
        files: Sequence[Media] = (),
        position: Position | None = None,
        reply_to: int | None = None,
    ) -> int:
        """Post what somebody has typed; return the message's number.

        Where somebody is becomes coarse before anything is stored; the room sees the area alone.

        Raises:
            NotPermitted: The account is not in the room.
            Unacceptable: There is nothing in it, or far too much.
        """
        _require_fitting(typed, alone=not files and position is None)
        about = coarse(position) if position else None
        async with self.bridge.store.write() as uow:
            by = await self._member(account, room, uow)
            message = WebMessage(
                id=0,
                room=room,
                author=account,
                text=_read(typed),
                media=tuple(files),
                place=self._name_of(about) if about else None,
                reply_to=reply_to,
                sent_at=self.bridge.clock.now(),
            )
            number = await uow.web_chat.post(message)
            told = replace(message, id=number)
            await self._tell(written("message", told, by, position=about), uow)
        self._happened(room)
        return number

    async def keep_file(self, data: bytes, *, name: str, is_picture: bool) -> Media:
        """Take a file from the browser; a picture loses what it tells of its maker at once.

        Raises:
            Unacceptable: It is too large, or no picture although it claims to be one.
        """
        kind = MediaKind.PHOTO if is_picture else MediaKind.FILE
        return await self.bridge.media.keep(data, kind=kind, name=name)

    async def edit(self, account: str, number: int, typed: str) -> None:
        """Change one's own message.

        Raises:
            NotPermitted: It is somebody else's.
            Unacceptable: There is nothing left in it, or far too much.
        """
        async with self.bridge.store.write() as uow:
            message, by = await self._own(account, number, uow)
            _require_fitting(typed, alone=not message.media)
            changed = replace(message, text=_read(typed), edited_at=self.bridge.clock.now())
            await uow.web_chat.change(changed)
            await self._tell(written("edit", changed, by), uow)
        self._happened(message.room)

    async def delete(self, account: str, number: int) -> None:
        """Remove one's own message."""
        async with self.bridge.store.write() as uow:
            message, by = await self._own(account, number, uow)
            files = await uow.web_chat.remove(number)
            gone = replace(message, text=NOTHING, media=())
            await self._tell(written("deletion", gone, by), uow)
        for file in files:
            await self.bridge.media.discard(file)
        self._happened(message.room)

    async def react(self, account: str, number: int, emoji: str, *, on: bool) -> None:
        """Set an emoji on a message, or take it back."""
        async with self.bridge.store.write() as uow:
            message, by = await self._seen(account, number, uow)
            if await uow.web_chat.react(number, account, emoji, on=on):
                bare = replace(message, text=NOTHING, media=())
                await self._tell(written("reaction", bare, by, emoji=emoji, added=on), uow)
        self._happened(message.room)

    async def press(self, account: str, number: int, data: str) -> None:
        """Press a button under one of the bot's messages."""
        async with self.bridge.store.write() as uow:
            message, by = await self._seen(account, number, uow)
            bare = replace(message, text=NOTHING, media=())
            await self._tell(written("press", bare, by, data=data), uow)
        self._happened(message.room)

    def _name_of(self, position: Position) -> str:
        area = self.areas.at(position)
        return area.name if area else ""

    async def _own(
        self, account: str, number: int, uow: UnitOfWork
    ) -> tuple[WebMessage, WebAccount]:
        message, by = await self._seen(account, number, uow)
        if message.author != account:
            raise NotPermitted
        return message, by

    async def _seen(
        self, account: str, number: int, uow: UnitOfWork
    ) -> tuple[WebMessage, WebAccount]:
        message = await uow.web_chat.message(number)
        if message is None:
            raise NotPermitted
        return message, await self._member(account, message.room, uow)

    async def _member(self, account: str, room: str, uow: UnitOfWork) -> WebAccount:
        by = await uow.web_accounts.get(account)
        if by is None or not await uow.web_accounts.is_member(room, account):
            raise NotPermitted
        return by

    async def _join(self, room: str, account: str, uow: UnitOfWork) -> None:
        await uow.web_accounts.join(room, account)
        if not is_private(room):
            people = await uow.web_accounts.member_count(room)
            await uow.groups.note_member_count(RoomRef(Platform.WEB, room), people)

    async def _tell(self, payload: bytes, uow: UnitOfWork) -> None:
        await uow.web_chat.tell(payload, self.bridge.clock.now())

    def _happened(self, room: str) -> None:
        self.bridge.changes.tell(room)
        self.bridge.happened.set()


def _require_fitting(typed: str, *, alone: bool) -> None:
    if alone and not typed.strip():
        raise Unacceptable("report-needs-words")
    if len(typed) > MAX_TYPED_CHARS:
        raise Unacceptable("report-too-long", length=len(typed), most=MAX_TYPED_CHARS)


def _read(typed: str) -> RichText:
    """Read what was typed; half a character, which some keyboards send, becomes a `?`."""
    return from_markdown(typed.encode(errors="replace").decode())
