"""How much may still be said within a span of time."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

NOTHING = timedelta(0)


@dataclass(kw_only=True)
class Window:
    """At most so many in any span of so long.

    What lies in the future, because the clock was set back, is forgotten.
    """

    most: int
    span: timedelta
    _taken: deque[datetime] = field(default_factory=deque)

    def ready_in(self, now: datetime, *, count: int = 1, kept: int = 0) -> timedelta:
        """Return how long to wait until `count` more may be taken and `kept` are left."""
        self._forget(now)
        room = self.most - kept
        too_many = len(self._taken) + min(count, room) - room
        return self._taken[too_many - 1] + self.span - now if too_many > 0 else NOTHING

    def take(self, now: datetime) -> None:
        """Note that one was taken."""
        self._taken.append(now)

    def is_empty(self, now: datetime) -> bool:
        """Whether nothing was taken lately."""
        self._forget(now)
        return not self._taken

    def _forget(self, now: datetime) -> None:
        while self._taken and self._taken[0] + self.span <= now:
            self._taken.popleft()
        while self._taken and self._taken[-1] > now:
            self._taken.pop()


@dataclass(kw_only=True)
class Pace:
    """One each interval, and a few at once after a rest."""

    interval: timedelta
    burst: int
    _full_at: datetime | None = None

    def ready_in(self, now: datetime) -> timedelta:
        """Return how long to wait until one more may be taken."""
        return max(NOTHING, self._debt(now) - (self.burst - 1) * self.interval)

    def take(self, now: datetime) -> None:
        """Note that one was taken."""
        self._full_at = now + self._debt(now) + self.interval

    def _debt(self, now: datetime) -> timedelta:
        if self._full_at is None:
            return NOTHING
        most = self.burst * self.interval
        # More than can be owed is owed only if the clock was set back.
        return max(NOTHING, min(self._full_at - now, most))


@dataclass
class Pause:
    """A span in which nothing may be said."""

    _begins: datetime | None = None
    _lasts: timedelta = NOTHING

    def begin(self, now: datetime, lasts: timedelta) -> None:
        """Begin a pause; one that lasts longer already goes on."""
        if lasts > self.ready_in(now):
            self._begins, self._lasts = now, lasts

    def ready_in(self, now: datetime) -> timedelta:
        """Return how long it still lasts."""
        if self._begins is None:
            return NOTHING
        return max(NOTHING, min(self._begins + self._lasts - now, self._lasts))
