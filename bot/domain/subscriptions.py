"""What a person wants to hear of."""

from dataclasses import dataclass

from bot.domain.areas import Area, AreaId, AreaKind
from bot.domain.notes import Choice
from bot.domain.people import PersonId
from bot.domain.reports import Priority
from bot.domain.words import Words, words

DEFAULT_AT_LEAST = Priority.YELLOW  # green is read in the groups; it need not call on anybody


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Reports from an area and all inside it, from a priority upwards, in private."""

    person: PersonId
    area: AreaId
    at_least: Priority = DEFAULT_AT_LEAST


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
