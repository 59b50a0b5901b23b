"""Rooms that go on as another: followed when whoever says so may say so, and both rooms agree.

Source: Matrix client-server API, "Room upgrades" (m.room.tombstone, `predecessor`).
"""

from dataclasses import dataclass

import structlog

from bot.bridges.matrix.answers import as_object
from bot.bridges.matrix.api import Object
from bot.bridges.matrix.asking import Asking
from bot.bridges.matrix.errors import Broken, Refusal
from bot.bridges.matrix.invitations import Invitations
from bot.bridges.matrix.standing import MAX_ID_CHARS
from bot.errors import TemporaryFailure

TOMBSTONE = "m.room.tombstone"

log = structlog.get_logger("matrix")


@dataclass(frozen=True, kw_only=True)
class Upgrades:
    """Finds out where a room goes on; raises MatrixError if that can't be told now."""

    asking: Asking
    invitations: Invitations

    async def successor_of(self, room_id: str, tombstone: Object) -> str | None:
        """Return the room in which one goes on, with the bot in it; None if it is not to be."""
        successor = as_object(tombstone.get("content")).get("replacement_room")
        sender = str(tombstone.get("sender", ""))
        if not isinstance(successor, str) or len(successor) > MAX_ID_CHARS:
            return None
        if not await self._may_say_so(room_id, sender):
            return None
        try:
            await self.invitations.join(successor, via=sender)
        except Refusal as refusal:
            if not refusal.is_for_good:
                self.invitations.want(successor, via=sender)
                return None
            fix = "invite the bot into the new room"
            log.warning("matrix.successor_closed", room=successor, reason=str(refusal), fix=fix)
            return None
        except (Broken, TemporaryFailure):
            # Others go on being heard; that the bot has come in tells the same later.
            self.invitations.want(successor, via=sender)
            return None
        if await self._predecessor_of(successor) != room_id:
            log.warning("matrix.successor_denies", room=room_id, to=successor)
            return None
        return successor

    async def predecessor_of(self, room_id: str) -> tuple[str, Object] | None:
        """Return the room that goes on as one the bot has come into, with what says so there."""
        old = await self._predecessor_of(room_id)
        if old is None:
            return None
        try:
            tombstone = await self.asking.event(old, TOMBSTONE)
        except Refusal as refusal:
            if refusal.is_for_good:
                return None
            raise
        says = as_object(tombstone.get("content")).get("replacement_room")
        sender = str(tombstone.get("sender", ""))
        if says != room_id or not await self._may_say_so(old, sender):
            return None
        return old, tombstone

    async def _may_say_so(self, room_id: str, sender: str) -> bool:
        try:
            powers = await self.asking.powers(room_id)
        except Refusal as refusal:
            if refusal.is_for_good:
                return False
            raise
        return powers.may_send(sender, TOMBSTONE, is_state=True)

    async def _predecessor_of(self, room_id: str) -> str | None:
        create = await self.asking.event(room_id, "m.room.create")
        predecessor = as_object(as_object(create.get("content")).get("predecessor"))
        found = predecessor.get("room_id")
        return found if isinstance(found, str) else None
