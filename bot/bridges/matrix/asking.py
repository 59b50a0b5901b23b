"""Asking the homeserver how rooms and people stand."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.bridges.matrix.api import Api, Object, of_room
from bot.bridges.matrix.errors import Refusal
from bot.bridges.matrix.fields import Fields
from bot.bridges.matrix.powers import Powers, powers_of
from bot.bridges.matrix.updates import CREATE, LEVELS
from bot.domain.richtext_json import Json


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Reads the state of rooms; raises MatrixError."""

    api: Api

    async def powers(self, room_id: str) -> Powers:
        """Return who may do what in a room."""
        told = await self.told_of_powers(room_id)
        levels = told[LEVELS]
        return powers_of(Fields(told[CREATE]), Fields(levels) if levels is not None else None)

    async def told_of_powers(self, room_id: str) -> Mapping[str, Json]:
        """Return what goes into the inbox with an event that depends on who may do what."""
        return {
            CREATE: await self.event(room_id, "m.room.create"),
            LEVELS: await self.state(room_id, "m.room.power_levels"),
        }

    async def is_member(self, room_id: str, user_id: str) -> bool:
        """Whether somebody is in a room."""
        told = await self.state(room_id, "m.room.member", user_id)
        return told is not None and told.get("membership") == "join"

    async def title(self, room_id: str) -> str:
        """Return what a room is called; empty if it has no name."""
        for event_type, name in (("m.room.name", "name"), ("m.room.canonical_alias", "alias")):
            told = await self.state(room_id, event_type)
            found = told.get(name) if told else None
            if isinstance(found, str) and found:
                return found
        return ""

    async def state(self, room_id: str, event_type: str, key: str = "") -> Object | None:
        """Return the content of a state event, None if there is none."""
        try:
            return await self.api.get(of_room(room_id, "state", event_type, key))
        except Refusal as refusal:
            if refusal.is_not_found:
                return None
            raise

    async def event(self, room_id: str, event_type: str) -> Object:
        """Return a whole state event, an empty one if there is none: who sent it counts."""
        try:
            told = await self.api.get(
                of_room(room_id, "state", event_type, ""), {"format": "event"}
            )
        except Refusal as refusal:
            if refusal.is_not_found:
                return {}
            raise
        if isinstance(told.get("content"), dict) and "sender" in told:
            return told
        # Servers that know no `format` return the content alone; its first version had the sender.
        return {"content": told, "sender": told.get("creator", "")}

    async def answered(self, room_id: str, event_id: str) -> Object:
        """Return a message that somebody answers, empty if it is not shown to the bot."""
        try:
            return await self.api.get(of_room(room_id, "event", event_id))
        except Refusal as refusal:
            if refusal.is_for_good:
                return {}
            raise
