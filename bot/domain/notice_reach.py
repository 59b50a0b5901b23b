"""Whom a notice has reached, counted to the unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.messages import RoomRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Rooms, or people.

    Attributes:
        planned: To whom it was to go.
        reached: Who has it.
        waiting: Whose turn comes.
        later: Who wanted to hear of it later.
        failed: Whom the platform refused for good.
    """

    planned: int = 0
    reached: int = 0
    waiting: int = 0
    later: int = 0
    failed: int = 0

    @property
    def lost(self) -> int:
        """Who can't be written to any more: blocked the bot, left, or follows nothing."""
        return max(0, self.planned - self.reached - self.waiting - self.later - self.failed)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A room in which it could not be shown, or changed, and what the platform says."""

    room: RoomRef
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeReach:
    """How far a notice has come.

    Attributes:
        changing: Copies that do not show its latest words yet.
        unchanged: Copies that could not be changed.
        refusals: Of rooms.
    """

    rooms: Count
    people: Count
    changing: int = 0
    unchanged: int = 0
    refusals: Sequence[Refusal] = ()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is on its way."""
        return not (self.rooms.waiting or self.people.waiting or self.changing)
