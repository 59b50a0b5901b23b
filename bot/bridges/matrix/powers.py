"""Who may do what in a room, computed from the events that say so, for all room versions.

Source: Matrix specification, "Room versions" (12: creators stand above all power levels and are
not in them) and m.room.power_levels (what holds for what is not said).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.bridges.matrix.fields import Fields
from bot.domain.richtext_json import Json
from bot.domain.rights import Right
from bot.domain.room_news import Foothold

ADMINISTERS_FROM = 100
"""Whoever stands as high administers the room; in most rooms only they may change who may what."""
_PRIVILEGED_CREATORS_FROM = 12


@dataclass(frozen=True, slots=True)
class Powers:
    """The power of everybody in one room.

    Attributes:
        creators: Those who stand above all levels; none before version 12.
        levels: m.room.power_levels, None where a room has none.
        creator: Who stands at 100 where a room has no levels.
    """

    creators: frozenset[str]
    levels: Fields | None
    creator: str = ""

    def of(self, user_id: str) -> float:
        """Return somebody's power."""
        if user_id in self.creators:
            return math.inf
        if self.levels is None:
            return 100 if user_id == self.creator and not self.creators else 0
        default = _level(self.levels.raw("users_default"), 0)
        return _level(self.levels.inner_or_empty("users").raw(user_id), default)

    def needed_for(self, event_type: str, *, is_state: bool) -> float:
        """Return the power that it takes to send an event."""
        if self.levels is None:
            return 0
        named = self.levels.inner_or_empty("events").raw(event_type)
        if is_state:
            return _level(named, _level(self.levels.raw("state_default"), 50))
        return _level(named, _level(self.levels.raw("events_default"), 0))

    def may_send(self, user_id: str, event_type: str, *, is_state: bool = False) -> bool:
        """Whether somebody may send an event."""
        return self.of(user_id) >= self.needed_for(event_type, is_state=is_state)

    def may_redact_others(self, user_id: str) -> bool:
        """Whether somebody may remove what others have written."""
        least = _level(self.levels.raw("redact"), 50) if self.levels else 50
        return self.of(user_id) >= least and self.may_send(user_id, "m.room.redaction")

    def administers(self, user_id: str) -> bool:
        """Whether somebody may change the room, and who may do what in it."""
        power = self.of(user_id)
        needed = self.needed_for("m.room.power_levels", is_state=True)
        return power >= ADMINISTERS_FROM or (power >= needed and power > 0)

    def rights(self, user_id: str) -> frozenset[Right]:
        """Return what somebody may do, in the words of all platforms; reading takes no power."""
        held = {Right.READS_ALL}
        if self.may_redact_others(user_id):
            held.add(Right.DELETES)
        if self.may_send(user_id, "m.room.pinned_events", is_state=True):
            held.add(Right.PINS)
        if self.may_send(user_id, "m.room.message"):
            held.add(Right.POSTS)
        return frozenset(held)

    def foothold(self, user_id: str) -> Foothold:
        """Return how somebody who is in the room stands there."""
        if not self.may_send(user_id, "m.room.message"):
            return Foothold.MUTED
        return Foothold.ADMIN if self.administers(user_id) else Foothold.MEMBER


def powers_of(create: Fields | None, levels: Fields | None) -> Powers:
    """Read the powers of a room.

    Args:
        create: The whole m.room.create event; None if it is not known.
        levels: The content of m.room.power_levels; None where there is none.
    """
    if create is None:
        return Powers(frozenset(), levels)
    content = create.inner_or_empty("content")
    creator = create.text_or("sender")
    if _version(content.text_or("room_version", "1")) < _PRIVILEGED_CREATORS_FROM:
        # Before version 11 the content tells, which is the sender, too.
        return Powers(frozenset(), levels, creator=content.text_or("creator") or creator)
    return Powers(frozenset({creator, *_texts(content.raw("additional_creators"))}), levels)


def _version(text: str) -> int:
    """Return a room version's number; one with another name is taken for an old one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 1


def _texts(value: Json) -> Sequence[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _level(value: Json, default: float) -> float:
    """Return a level; before version 10 texts that hold a number count as well."""
    if isinstance(value, bool):
        return default
    if isinstance(value, int):
        return value
    if isinstance(value, str) and value.strip().lstrip("+-").isdecimal() and len(value) < 20:
        return int(value)
    return default
