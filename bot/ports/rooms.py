"""Rooms as their platforms change them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.messages import Platform, RoomRef


class Rooms(Protocol):
    """What becomes of rooms."""

    async def note_away(self, room: RoomRef, *, is_away: bool) -> bool:
        """Note whether the bot has been put out of a room; True if that is news.

        A group no longer counts such a room among those where something is shown.
        """
        ...

    async def note_keeping(self, room: RoomRef, *, keeps_lines: bool) -> None:
        """Note whether the bot may not remove what others write in a room."""
        ...

    async def note_title(self, room: RoomRef, title: str) -> None:
        """Remember what a group's room is called on its platform."""
        ...

    async def title_of(self, room: RoomRef) -> str:
        """Return what a room is called; empty if nobody has said."""
        ...

    async def note_met(self, room: RoomRef, now: datetime) -> None:
        """Note that the bot has been told how it stands in a room; the first time counts."""
        ...

    async def note_opened(self, room: RoomRef, now: datetime) -> None:
        """Note that somebody has agreed that what is said in an encrypted room leaves it.

        It holds as long as the room is of the same group.
        """
        ...

    async def note_closed(self, room: RoomRef) -> None:
        """Note that it is no longer so."""
        ...

    async def is_opened(self, room: RoomRef) -> bool:
        """Whether somebody has agreed that what is said in an encrypted room leaves it."""
        ...

    async def opened_at(self, room: RoomRef) -> datetime | None:
        """Return when somebody has agreed to that; None if nobody has."""
        ...

    async def unmet(self, platform: Platform) -> Sequence[RoomRef]:
        """Return the rooms of groups and desks on a platform of which it has never been told.

        Those are left out of which it has been put out.
        """
        ...

    async def where_now(self, room: RoomRef) -> RoomRef:
        """Return under which id a room is found by now: its own, unless it has moved."""
        ...

    async def within(self, chat: RoomRef, *, mark: str) -> Sequence[RoomRef]:
        """Return the rooms of groups and desks that are parts of a chat, but not the chat itself.

        Args:
            chat: The chat.
            mark: What follows its id in theirs; without one nothing is a part of it.
        """
        ...

    async def move(self, old: RoomRef, new: RoomRef) -> bool:
        """Let a room go on under another id; False if it has moved there already.

        All that is to come goes to the new room. What stands in the old one stays there and is
        changed no more, for it can't be; reports and notices come anew in the new room when they
        change. A configuration that names the old id means the new one.
        """
        ...
