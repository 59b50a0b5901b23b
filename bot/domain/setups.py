"""What a room still needs before the bot can do all its work there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.messages import RoomRef
from bot.domain.richtext_json import Json
from bot.domain.rights import Right
from bot.domain.words import Words, under_each_other, words

_STEPS = (Right.READS_ALL, Right.DELETES, Right.PINS)
"""In the order in which they matter. Who may not post can't ask for it in the room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How far a room has come.

    Attributes:
        known: The rights for which its platform has a word.
        given: Those that the bot has there.
        inner_room_mark: What follows its id in those of rooms that are parts of it.
        serves: Name of the group or organisation whose room it is, None if it is nobody's.
    """

    room: RoomRef
    known: frozenset[Right]
    given: frozenset[Right]
    inner_room_mark: str = ""
    serves: str | None = None

    @property
    def is_done(self) -> bool:
        """Whether nothing is missing."""
        return self.serves is not None and self.given.issuperset(self._rights)

    @property
    def words(self) -> Words:
        """What the room reads: each step with its sign, or that all is done."""
        if self.is_done:
            return words("room-setup-done", serves=self.serves or "")
        return words("room-setup", steps=under_each_other(self._steps))

    def is_about(self, room: RoomRef) -> bool:
        """Whether this is a room's message, or that of the chat of which the room is a part."""
        begins = f"{self.room}{self.inner_room_mark}"
        is_part = bool(self.inner_room_mark) and str(room).startswith(begins)
        return room == self.room or is_part

    def to_json(self) -> dict[str, Json]:
        """Write it down, but for what is known elsewhere."""
        return {
            "room": str(self.room),
            "known": _as_json(self.known),
            "given": _as_json(self.given),
            "inner_room_mark": self.inner_room_mark,
        }

    @property
    def _rights(self) -> Sequence[Right]:
        return [right for right in _STEPS if right in self.known]

    @property
    def _steps(self) -> Sequence[Words]:
        platform = self.room.platform.value
        rights = [
            words(f"room-setup-{right.value}", done=_yes(right in self.given), platform=platform)
            for right in self._rights
        ]
        served = words(
            "room-setup-group", done=_yes(self.serves is not None), serves=self.serves or ""
        )
        return [*rights, served]


def setup_from_json(value: Mapping[str, Json], *, serves: str | None) -> Setup:
    """Read what was written down."""
    return Setup(
        room=RoomRef.parse(str(value["room"])),
        known=_rights_from(value["known"]),
        given=_rights_from(value["given"]),
        inner_room_mark=str(value.get("inner_room_mark", "")),
        serves=serves,
    )


def _as_json(rights: frozenset[Right]) -> list[Json]:
    return [right.value for right in Right if right in rights]


def _rights_from(value: Json) -> frozenset[Right]:
    return (
        frozenset(Right(str(right)) for right in value) if isinstance(value, list) else frozenset()
    )


def _yes(holds: bool) -> str:  # noqa: FBT001 - a fact to be worded
    return "yes" if holds else "no"
