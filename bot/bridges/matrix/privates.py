"""Private chats: rooms that people call direct, of which each account keeps a list of its own.

Source: Matrix client-server API, "Direct Messaging" (m.direct).
"""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from bot.bridges.matrix.api import CLIENT, Api, Object, of_room, text_of
from bot.bridges.matrix.errors import Refusal
from bot.bridges.matrix.limits import Bucket, Limits
from bot.domain.richtext_json import Json
from bot.errors import PermanentFailure, Why

WITH = "se.grannbro.direct"
"""Stands in what makes a room: with whom it is private, should a crash keep it off the list."""
_IS_IN = frozenset({"join", "invite"})


@dataclass(kw_only=True)
class Privates:
    """Finds the private chat with somebody, and makes one if there is none."""

    api: Api
    limits: Limits
    _rooms: dict[str, list[str]] = field(default_factory=dict)
    _found: dict[str, str] = field(default_factory=dict)
    _turns: defaultdict[str, asyncio.Lock] = field(
        default_factory=lambda: defaultdict(asyncio.Lock)
    )
    _is_known: bool = False

    def is_direct(self, room_id: str) -> bool:
        """Whether a room is somebody's private chat with the bot."""
        return any(room_id in rooms for rooms in self._rooms.values())

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

    def left(self, user_id: str) -> None:
        """Note that somebody may have left a private chat."""
        self._found.pop(user_id, None)

    async def add(self, user_id: str, room_id: str) -> None:
        """Add a room to the list, here and at the server.

        Raises:
            MatrixError: The server does not take it now.
        """
        await self._know()
        self._note(user_id, room_id)
        rooms: dict[str, Json] = {user: [*rooms] for user, rooms in self._rooms.items()}
        await self.api.put(self._path, rooms)

    async def room_of(self, user_id: str) -> str:
        """Return the room to write in to somebody, made and listed if there was none.

        Raises:
            PermanentFailure: Somebody has left it, and does not want to be written to.
            MatrixError: It can't be found or made.
        """
        async with self._turns[user_id]:
            room_id = self._found.get(user_id) or await self._find(user_id)
            self._found[user_id] = room_id
            return room_id

    async def _find(self, user_id: str) -> str:
        await self._know()
        rooms = self._rooms.get(user_id, [])
        for room_id in reversed(rooms):
            standing = await self._standing(user_id, room_id)
            if standing in _IS_IN:
                return room_id
            if standing is not None:
                raise PermanentFailure("the private chat was left", why=Why.BLOCKED)
        return await self._make(user_id)

    async def _standing(self, user_id: str, room_id: str) -> str | None:
        """Return how somebody stands in a room; None if the bot is not in it itself."""
        try:
            told = await self.api.get(of_room(room_id, "state", "m.room.member", user_id))
        except Refusal as refusal:
            if refusal.is_forbidden or refusal.is_not_found:
                return None
            raise
        return str(told.get("membership"))

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

    def _note(self, user_id: str, room_id: str) -> None:
        rooms = self._rooms.setdefault(user_id, [])
        if room_id not in rooms:
            rooms.append(room_id)

    @property
    def _path(self) -> str:
        return f"{CLIENT}/user/{quote(self.api.user_id, safe='')}/account_data/m.direct"
