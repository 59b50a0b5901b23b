"""How much may still be said within a span of time."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

NOTHING = timedelta(0)
_REMEMBERED = 100


@dataclass(slots=True)
class Slot:
    """One that was taken.

    Attributes:
        at: When it counts from; known to be later if it was long on its way.
    """

    at: datetime


@dataclass(kw_only=True)
class Window:
    """At most so many in any span of so long.

    What lies in the future, because the clock was set back, is forgotten.
    """

    most: int
    span: timedelta
    _taken: list[Slot] = field(default_factory=list)

    def ready_in(self, now: datetime, *, count: int = 1, kept: int = 0) -> timedelta:
        """Return how long to wait until `count` more may be taken and `kept` are left."""
        self._forget(now)
        room = self.most - kept
        too_many = len(self._taken) + min(count, room) - room
        if too_many <= 0:
            return NOTHING
        return sorted(slot.at for slot in self._taken)[too_many - 1] + self.span - now

    def take(self, now: datetime) -> Slot:
        """Note that one was taken."""
        slot = Slot(now)
        self._taken.append(slot)
        return slot

    def is_empty(self, now: datetime) -> bool:
        """Whether nothing was taken lately."""
        self._forget(now)
        return not self._taken

    def _forget(self, now: datetime) -> None:
        self._taken = [slot for slot in self._taken if now - self.span < slot.at <= now]


@dataclass
class Pause:
    """A span in which nothing may be said; it does not grow if the clock is set back."""

    _left: timedelta = NOTHING
    _seen_at: datetime | None = None

    def begin(self, now: datetime, lasts: timedelta) -> None:
        """Begin a pause; one that lasts longer already goes on."""
        self._left = max(lasts, self.ready_in(now))
        self._seen_at = now

    def ready_in(self, now: datetime) -> timedelta:
        """Return how long it still lasts."""
        passed = now - self._seen_at if self._seen_at else NOTHING
        self._left = max(NOTHING, self._left - max(NOTHING, passed))
        self._seen_at = now
        return self._left


@dataclass(kw_only=True)
class Pace:
    """One each interval, and a few at once after a rest."""

    interval: timedelta
    burst: int
    _owed: Pause = field(default_factory=Pause)

    def ready_in(self, now: datetime) -> timedelta:
        """Return how long to wait until one more may be taken."""
        return max(NOTHING, self._owed.ready_in(now) - (self.burst - 1) * self.interval)

    def take(self, now: datetime) -> None:
        """Note that one was taken."""
        self._owed.begin(now, self._owed.ready_in(now) + self.interval)


@dataclass
class Delays:
    """How much longer than usual requests are on their way.

    What is held up on its way arrives together with what was sent after it; whoever counts at the
    other end counts it there.
    """

    _latest: deque[timedelta] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    _under_way: dict[int, tuple[datetime, list[Slot]]] = field(default_factory=dict)
    _last: int = 0

    def begin(self, now: datetime, slots: list[Slot]) -> int:
        """Note that a request leaves; return its number."""
        self._last += 1
        self._under_way[self._last] = now, slots
        return self._last

    def end(self, number: int, now: datetime) -> None:
        """Note that it was answered."""
        self.look(now)
        began, _ = self._under_way.pop(number)
        self._latest.append(max(NOTHING, now - began))

    def look(self, now: datetime) -> None:
        """Let what is under way count from as late as it may have arrived.

        Its answer was on its way back for a while, and what leaves next arrives a while after
        it leaves: both together take at least as long as the quickest of late took.
        """
        both_ways = min(self._latest, default=NOTHING)
        for _, slots in self._under_way.values():
            for slot in slots:
                slot.at = max(slot.at, now - both_ways)
