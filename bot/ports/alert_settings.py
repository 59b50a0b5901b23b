"""How people want to be alerted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.alerting import AlertSettings
from bot.domain.people import PersonId
from bot.domain.quiet_hours import Span


class AlertSettingsKept(Protocol):
    """People's settings; who has none is alerted at once, always."""

    async def put(self, person: PersonId, settings: AlertSettings, quiet: Span | None) -> None:
        """Keep somebody's settings; what waits for them is looked at anew.

        Args:
            person: Whose.
            settings: All of them.
            quiet: The quiet time that lasts now or comes next; None if none does.
        """
        ...

    async def note_quiet(self, spans: Mapping[PersonId, Span | None]) -> None:
        """Note the quiet times that come next for people; the settings stay."""
        ...

    async def of(self, person: PersonId) -> AlertSettings:
        """Return somebody's settings."""
        ...

    async def of_all(self, people: Sequence[PersonId]) -> Mapping[PersonId, AlertSettings]:
        """Return the settings of those among some people who have any."""
        ...

    async def quiet_ended(self, now: datetime, *, limit: int) -> Sequence[PersonId]:
        """Return people whose quiet time is over, so that the next is to be kept."""
        ...

    async def erase(self, person: PersonId) -> bool:
        """Forget somebody's settings; False if there were none."""
        ...
