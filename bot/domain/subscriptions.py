"""What a person wants to hear of."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.areas import Area, AreaId, AreaKind
from bot.domain.circles import Circle
from bot.domain.groups import GroupId
from bot.domain.kinds import Kind
from bot.domain.notes import Choice
from bot.domain.people import PersonId
from bot.domain.reports import Priority
from bot.domain.words import Words, words

DEFAULT_AT_LEAST = Priority.YELLOW  # green is read in the groups; it need not call on anybody


@dataclass(frozen=True, slots=True)
class WholeArea:
    """An area and all inside it."""

    area: AreaId


@dataclass(frozen=True, slots=True)
class OfGroup:
    """What is written in a group."""

    group: GroupId


Followed: TypeAlias = WholeArea | Circle | OfGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Reports from somewhere, from a priority upwards, in private.

    Attributes:
        kinds: Those alone; none for all. A report of which nobody knows the kind is one of those
            who take all, and if it is red of everybody.
    """

    person: PersonId
    followed: Followed
    at_least: Priority = DEFAULT_AT_LEAST
    kinds: frozenset[Kind] = frozenset()

    @property
    def area(self) -> AreaId | None:
        """The area that is followed; None if it is something else."""
        return self.followed.area if isinstance(self.followed, WholeArea) else None


def followed_areas(subscriptions: Iterable[Subscription]) -> list[AreaId]:
    """Return the areas that are followed whole."""
    return [one.area for one in subscriptions if one.area is not None]


def followed_words(wanted: Subscription, area: Area) -> Words:
    """Say what somebody hears of from now on."""
    return words(
        "subscribe-done",
        area=area.name,
        at_least=wanted.at_least.word,
        inside="yes" if area.kind not in {AreaKind.NEIGHBOURHOOD, AreaKind.CENTRE} else "no",
    )


def change_choices(wanted: Subscription) -> tuple[tuple[Choice, ...], ...]:
    """Offer the other priorities, and an end."""
    others = [p for p in reversed(Priority) if p is not wanted.at_least]
    return (
        tuple(
            Choice(words(f"subscribe-{p.word}"), f"/subscribe {wanted.area} {p.word}")
            for p in others
        ),
        (Choice(words("subscribe-stop"), f"/unsubscribe {wanted.area}"),),
    )
