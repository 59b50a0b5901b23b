"""What people feel about a carried line, counted as people over all rooms where it stands."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.messages import RoomRef
from bot.domain.people import PersonId

OTHER = "❔"
"""Stands for what is no emoji, or one that is a picture of the platform's own."""
EACH_AT_MOST = 5
"""So many different emoji of one person count on one line."""
SHOWN_AT_MOST = 10
_LONGEST_CHARS = 16
_FIRST_WIDE = 0x1F000
_LOOK, _JOINER, _KEYCAP = "\ufe0f", "\u200d", "\u20e3"
_SKINS = range(0x1F3FB, 0x1F400)
_SIGNS = frozenset(map(chr, (*range(0x2190, 0x2C00), 0x00A9, 0x00AE, 0x203C, 0x2049, 0x3030)))
_ON_KEYS = frozenset("0123456789#*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """One emoji of one person.

    Attributes:
        room: Where they set it: they may sit in several of a group's rooms.
    """

    relay: str
    person: PersonId
    room: RoomRef
    emoji: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people have set an emoji."""

    emoji: str
    people: int


def read_emoji(told: str) -> str:
    """Return an emoji in the one form in which it is counted, OTHER for what is none.

    Platforms write the same heart with and without a mark that asks for colours, and some let
    people set whole words.
    """
    bare = told.strip().replace(_LOOK, "")
    is_one = 0 < len(bare) <= _LONGEST_CHARS and all(map(_belongs, bare))
    on_a_key = bare.endswith(_KEYCAP) and len(bare) == 2
    return bare if is_one and (on_a_key or _ON_KEYS.isdisjoint(bare)) else OTHER


def written(emoji: str) -> str:
    """Return an emoji as it is shown: in colours."""
    after = (*emoji[1:], "")
    return "".join(map(_in_colours, emoji, after))


def tally_of(reactions: Iterable[Reaction]) -> tuple[Counted, ...]:
    """Count people: who has set the same emoji in two rooms is one. Most first, then oldest."""
    people: dict[str, set[PersonId]] = {}
    for reaction in sorted(reactions, key=lambda one: one.set_at):
        people.setdefault(reaction.emoji, set()).add(reaction.person)
    counted = [Counted(emoji, len(who)) for emoji, who in people.items()]
    return tuple(sorted(counted, key=lambda one: -one.people))


def set_elsewhere(reactions: Iterable[Reaction], room: RoomRef) -> tuple[Reaction, ...]:
    """Return those that a room's own people can't see on the message in front of them."""
    return tuple(reaction for reaction in reactions if reaction.room != room)


def echoed(
    emoji: Sequence[str], *, at_most: int, allowed: Collection[str] = ()
) -> tuple[str, ...]:
    """Choose what the bot sets on a line itself.

    Args:
        emoji: What was set in the other rooms, most first.
        at_most: How many emoji the bot can set on one message there.
        allowed: The only ones that the platform lets it set; empty if any.
    """
    able = [one for one in emoji if one != OTHER and (not allowed or one in allowed)]
    return tuple(able[:at_most])


def _belongs(char: str) -> bool:
    is_emoji = ord(char) >= _FIRST_WIDE or char in _SIGNS
    return is_emoji or char in {_JOINER, _KEYCAP} or char in _ON_KEYS


def _in_colours(char: str, following: str) -> str:
    is_narrow = ord(char) < _FIRST_WIDE and char not in {_JOINER, _KEYCAP}
    has_skin = following != "" and ord(following) in _SKINS
    return char + _LOOK if is_narrow and not has_skin else char
