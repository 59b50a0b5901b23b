"""Answering people who knock at a room."""

from dataclasses import dataclass

from bot.bridges.matrix.api import Api, of_room
from bot.bridges.matrix.asking import Asking


@dataclass(frozen=True, kw_only=True)
class Entries:
    """Lets people in who knock, or leaves them outside; raises MatrixError.

    Who does not knock any more was answered by somebody else, or has gone: nothing is done, for
    an invitation would call them back, and a kick put out who is in.
    """

    api: Api
    asking: Asking

    async def admit(self, user_id: str, room_id: str) -> None:
        """Invite whoever knocks: that is how a knock is answered."""
        await self._answer("invite", user_id, room_id)

    async def reject(self, user_id: str, room_id: str) -> None:
        """Send whoever knocks away; they may knock again."""
        await self._answer("kick", user_id, room_id)

    async def _answer(self, how: str, user_id: str, room_id: str) -> None:
        told = await self.asking.state(room_id, "m.room.member", user_id)
        if told is not None and told.get("membership") == "knock":
            await self.api.post(of_room(room_id, how), {"user_id": user_id})
