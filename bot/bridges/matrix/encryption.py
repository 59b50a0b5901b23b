"""Rooms whose messages are encrypted: nothing goes there in the clear."""

from dataclasses import dataclass, field

import structlog

from bot.bridges.matrix.api import Api, Object, of_room
from bot.bridges.matrix.errors import Refusal
from bot.errors import PermanentFailure, Why

log = structlog.get_logger("matrix")


@dataclass(kw_only=True)
class Encryption:
    """Knows which rooms are encrypted; once they are, they are for ever."""

    api: Api
    _encrypted: set[str] = field(default_factory=set)
    _open: set[str] = field(default_factory=set)

    def note(self, room_id: str) -> None:
        """Note that a room is encrypted."""
        self._encrypted.add(room_id)
        self._open.discard(room_id)

    async def seal(self, room_id: str, event_type: str, content: Object) -> tuple[str, Object]:
        """Return what goes on the wire for an event.

        Raises:
            PermanentFailure: The room is encrypted.
            MatrixError: It can't be told now whether it is.
        """
        if await self.is_encrypted(room_id):
            fix = "use a room without encryption; it can't be turned off in one that has it"
            log.error("matrix.room_is_encrypted", room=room_id, fix=fix)
            raise PermanentFailure("the room is encrypted", why=Why.NO_RIGHTS)
        return event_type, content

    async def is_encrypted(self, room_id: str) -> bool:
        """Whether a room is encrypted."""
        if room_id in self._encrypted:
            return True
        if room_id in self._open:
            return False
        try:
            await self.api.get(of_room(room_id, "state", "m.room.encryption", ""))
        except Refusal as refusal:
            if not refusal.is_not_found:
                raise
            self._open.add(room_id)
            return False
        self.note(room_id)
        return True
