"""What a person wants to hear of."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.areas import AreaId
from bot.domain.circles import Circle
from bot.domain.groups import GroupId
from bot.domain.kinds import Kind
from bot.domain.notes import Choice
from bot.domain.people import PersonId
from bot.domain.reports import Priority
from bot.domain.words import words

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


def change_choices(wanted: Subscription, key: str) -> tuple[tuple[Choice, ...], ...]:
    """Offer the other priorities, a choice of kinds, and an end.

    Args:
        wanted: What is followed.
        key: What the buttons call it.
    """
    others = [p for p in reversed(Priority) if p is not wanted.at_least]
    return (
        tuple(Choice(words(f"subscribe-{p.word}"), f"/subscribe {key} {p.word}") for p in others),
        (
            Choice(words("subscribe-kinds"), f"/subscribe {key} kinds"),
            Choice(words("subscribe-stop"), f"/unsubscribe {key}"),
        ),
    )
