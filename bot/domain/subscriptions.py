"""What a person wants to hear of."""

from dataclasses import dataclass

from bot.domain.areas import AreaId
from bot.domain.people import PersonId
from bot.domain.reports import Priority

DEFAULT_AT_LEAST = Priority.YELLOW  # green is read in the groups; it need not call on anybody


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Reports from an area and all inside it, from a priority upwards, in private."""

    person: PersonId
    area: AreaId
    at_least: Priority = DEFAULT_AT_LEAST
