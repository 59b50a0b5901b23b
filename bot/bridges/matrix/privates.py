"""Private chats: rooms that people call direct, of which each account keeps a list of its own.

Source: Matrix client-server API, "Direct Messaging" (m.direct).
"""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from bot.bridges.matrix.answers import as_object, objects_in
from bot.bridges.matrix.api import CLIENT, Api, Object, of_room, text_of
from bot.bridges.matrix.errors import Refusal
from bot.bridges.matrix.limits import Bucket, Limits
from bot.domain.richtext_json import Json
from bot.errors import PermanentFailure, Why

WITH = "se.grannbro.direct"
"""Stands in what makes a room: with whom it is private, should a crash keep it off the list."""
_IS_IN = frozenset({"join", "invite"})
_TWO = 2


@dataclass(kw_only=True)
class Privates:
    """Finds the private chat with somebody, and makes one if there is none.

    Attributes:
        present: Who is in a room or invited to it, as long as nobody comes or goes; nobody if
            the bot is not in it itself.
    """

    api: Api
    limits: Limits
    present: dict[str, frozenset[str]] = field(default_factory=dict)
    _rooms: dict[str, list[str]] = field(default_factory=dict)
    _found: dict[str, str] = field(default_factory=dict)
    _turns: defaultdict[str, asyncio.Lock] = field(
        default_factory=lambda: defaultdict(asyncio.Lock)
    )
    _is_known: bool = False
    _changes: int = 0

    def is_direct(self, room_id: str) -> bool:
        """Whether a room is somebody's private chat with the bot."""
        return any(room_id in rooms for rooms in self._rooms.values())

    def is_listed_for(self, room_id: str, user_id: str) -> bool:
        """Whether a room is or was a private chat of somebody's."""
        return room_id in self._rooms.get(user_id, [])

    async def is_shared(self, room_id: str) -> bool:
        """Whether a private chat is read by others than one person and the bot.

        Raises:
            MatrixError: It can't be told now.
        """
        return self.is_direct(room_id) and len(await self._in(room_id)) > _TWO

    def learn(self, told: Json) -> None:
        """Take the list as the server tells it, with what is not in it yet."""
        self._is_known = True
        for user_id, rooms in (told if isinstance(told, dict) else {}).items():
            for room_id in rooms if isinstance(rooms, list) else []:
                self._note(user_id, str(room_id))

    def learn_made(self, create: Object) -> None:
        """Take a room that the bot has made for somebody by what it was made with."""
        content = create.get("content")
        user_id = content.get(WITH) if isinstance(content, dict) else None
        room_id = create.get("room_id")
        is_own = create.get("sender") == self.api.user_id
        if is_own and isinstance(user_id, str) and isinstance(room_id, str):
            self._note(user_id, room_id)

    def is_of(self, room_id: str, user_id: str) -> bool:
        """Whether a room is where the bot now writes to somebody."""
        rooms = self._rooms.get(user_id, [])
        return room_id == (self._found.get(user_id) or next(reversed(rooms), None))

    def note_change(self, room_id: str) -> None:
        """Note that somebody may have come into a room, or left it."""
        self._changes += 1
        self.present.pop(room_id, None)

    async def add(self, user_id: str, room_id: str) -> None:
        """Add a room to the list, here and at the server.

        Raises:
            MatrixError: The server does not take it now.
        """
        await self._know()
        self._note(user_id, room_id)
        await self._write()

    def accounts(self) -> Collection[str]:
        """Return those with whom there is a private chat, as far as the list is known."""
        return list(self._rooms)

    async def end(self, user_id: str) -> Sequence[str]:
        """Take somebody off the list and leave the chats in which nobody else is.

        Returns:
            The rooms that were left.

        Raises:
            MatrixError: Not now; what was done already needn't be done again.
        """
        async with self._turns[user_id]:
            await self._know()
            alone, left = {self.api.user_id, user_id}, []
            for room_id in self._rooms.get(user_id, []):
                present = await self._in(room_id)
                if self.api.user_id in present and present <= alone:
                    await self._leave(room_id)
                    left.append(room_id)
            if user_id in self._rooms:
                await self._write(but=user_id)
            self._rooms.pop(user_id, None)
            self._found.pop(user_id, None)
        return left

    async def _leave(self, room_id: str) -> None:
        self.note_change(room_id)
        await self.api.post(of_room(room_id, "leave"), {})
        await self.api.post(of_room(room_id, "forget"), {})

    async def room_of(self, user_id: str) -> str:
        """Return the room to write in to somebody, made and listed if there was none.

        Raises:
            PermanentFailure: Somebody has left it, and does not want to be written to.
            MatrixError: It can't be found or made.
        """
        async with self._turns[user_id]:
            room_id = await self._find(user_id)
            self._found[user_id] = room_id
            return room_id

    async def require_private(self, room_id: str) -> None:
        """See that nobody reads a private chat but the bot and one other; all others are let be.

        Raises:
            PermanentFailure: Others have come.
            MatrixError: It can't be told now.
        """
        if await self.is_shared(room_id):
            raise PermanentFailure("others read the private chat", why=Why.MESSAGE_GONE)

    async def _find(self, user_id: str) -> str:
        await self._know()
        are_shared = False
        for room_id in reversed(self._rooms.get(user_id, [])):
            present = await self._in(room_id)
            if present == {self.api.user_id, user_id}:
                return room_id
            if len(present) == 1 and not are_shared:
                raise PermanentFailure("the private chat was left", why=Why.BLOCKED)
            # Whoever opens a chat calls it direct, with however many people.
            are_shared = are_shared or len(present) >= _TWO
        return await self._make(user_id)

    async def _in(self, room_id: str) -> frozenset[str]:
        """Return who is in a room or invited to it; nobody if the bot is not in it itself."""
        known, changes = self.present.get(room_id), self._changes
        if known is not None:
            return known
        found = await self._ask_who_is_in(room_id)
        if changes == self._changes:
            self.present[room_id] = found
        return found

    async def _ask_who_is_in(self, room_id: str) -> frozenset[str]:
        try:
            told = await self.api.get(of_room(room_id, "members"), {"not_membership": "leave"})
        except Refusal as refusal:
            if refusal.is_forbidden or refusal.is_not_found:
                return frozenset()
            raise
        found = frozenset(
            str(event.get("state_key"))
            for event in objects_in(told.get("chunk"))
            if as_object(event.get("content")).get("membership") in _IS_IN
        )
        return found if self.api.user_id in found else frozenset()

    async def _make(self, user_id: str) -> str:
        if not user_id.startswith("@") or ":" not in user_id:
            raise PermanentFailure("no account is called that", why=Why.ACCOUNT_GONE)
        body: Mapping[str, Json] = {
            "preset": "trusted_private_chat",
            "is_direct": True,
            "invite": [user_id],
            "creation_content": {WITH: user_id},
        }
        async with self.limits.asking(Bucket.ROOMS):
            made = await self.api.post(f"{CLIENT}/createRoom", body)
        room_id = text_of(made, "room_id")
        await self.add(user_id, room_id)
        return room_id

    async def _know(self) -> None:
        """Ask for the list unless it is known: to write it without would lose what it held."""
        if self._is_known:
            return
        try:
            self.learn(dict(await self.api.get(self._path)))
        except Refusal as refusal:
            if not refusal.is_not_found:
                raise
            self.learn({})

    async def _write(self, *, but: str = "") -> None:
        listed = [(user, rooms) for user, rooms in self._rooms.items() if user != but]
        rooms: dict[str, Json] = {user: [*rooms] for user, rooms in listed}
        await self.api.put(self._path, rooms)

    def _note(self, user_id: str, room_id: str) -> None:
        rooms = self._rooms.setdefault(user_id, [])
        if room_id not in rooms:
            rooms.append(room_id)

    @property
    def _path(self) -> str:
        return f"{CLIENT}/user/{quote(self.api.user_id, safe='')}/account_data/m.direct"
