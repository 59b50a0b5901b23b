"""What is wrong with the account for longer than a moment, as the core is told of it.

It goes the way of all updates, so it is on disk before anybody relies on it, and a restart does
not forget it. Each tells all that is wrong by then; what has changed is for the core to find out.
"""

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.platform_troubles import PlatformTrouble

LASTS = timedelta(minutes=1)
"""A restart collides with the process before it, for a moment."""
QUIET = timedelta(minutes=5)
"""Two programs that ask in turn are refused in turn: one answer alone says little."""


@dataclass
class Lasting:
    """Each trouble from when to when it was met.

    Attributes:
        told: What the core knows; None since the start, when it may know of an older trouble.
    """

    told: Set[PlatformTrouble] | None = None
    _since: dict[PlatformTrouble, datetime] = field(default_factory=dict)
    _met_at: dict[PlatformTrouble, datetime] = field(default_factory=dict)
    _answers_since: datetime | None = None

    def meet(self, trouble: PlatformTrouble, now: datetime) -> None:
        """Note that something was wrong just now."""
        self._since.setdefault(trouble, now)
        self._met_at[trouble] = now

    def answered(self, now: datetime) -> None:
        """Note that Telegram answers; what was not met for long is over."""
        self._answers_since = self._answers_since or now
        for trouble, met_at in list(self._met_at.items()):
            if now - met_at >= QUIET:
                del self._met_at[trouble], self._since[trouble]

    def news(self, now: datetime) -> frozenset[PlatformTrouble] | None:
        """Return all that is wrong if the core knows otherwise; None if there is no news."""
        wrong = frozenset(
            t for t, met_at in self._met_at.items() if met_at - self._since[t] >= LASTS
        )
        if self.told is None and not wrong:
            is_well = self._answers_since is not None and now - self._answers_since >= QUIET
            return wrong if is_well and not self._met_at else None
        return wrong if wrong != self.told else None
