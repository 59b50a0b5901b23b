"""Somebody outside a room who asks to be let in."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.messages import RoomRef, UserRef
from bot.domain.richtext_json import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Who asks to be let in, and where."""

    room: RoomRef
    user: UserRef

    def to_json(self) -> dict[str, Json]:
        """Write it down."""
        return {"room": str(self.room), "user": str(self.user)}


def entry_from_json(value: Mapping[str, Json]) -> Entry:
    """Read what was written down."""
    return Entry(room=RoomRef.parse(str(value["room"])), user=UserRef.parse(str(value["user"])))
