"""Not asking a homeserver that is out of order for each thing that waits for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.bridges.matrix.errors import MatrixError, Refusal
from bot.errors import PlatformAway
from bot.ports.clock import Clock

FIRST_PAUSE = timedelta(seconds=2)
"""One answer that did not come says little: the red card behind it must not wait for long."""
LONGEST_PAUSE = timedelta(seconds=60)
LOOKED_EVERY_S = 5.0
"""So soon whoever waits finds that the homeserver was heard again; nothing is asked for that."""


@dataclass(kw_only=True)
class Outage:
    """Since when nothing gets through; whoever comes meanwhile waits in the outbox.

    One tries for all, after twice the pause each time.
    """

    clock: Clock
    _since: datetime | None = None
    _pause: timedelta = FIRST_PAUSE
    _is_tried: bool = False

    def require_over(self, heard_at: datetime | None) -> None:
        """Let one try from time to time, and all once the homeserver was heard again.

        Args:
            heard_at: When it was heard last.

        Raises:
            PlatformAway: Not now, and nothing was asked; `retry_after_s` says when.
        """
        if self._since is None:
            return
        now = self.clock.now()
        left = self._since + self._pause - now
        if not self.lasts(heard_at):
            self.over()
        elif left > timedelta(0):
            wait_s = min(left.total_seconds(), LOOKED_EVERY_S)
            raise PlatformAway("out of order", retry_after_s=wait_s)
        else:
            # Whoever comes next waits for what becomes of this one.
            self._since, self._is_tried = now, True

    def lasts(self, heard_at: datetime | None) -> bool:
        """Whether it goes on, for those who never try themselves; see `require_over`."""
        return self._since is not None and (heard_at is None or heard_at <= self._since)

    def over(self) -> None:
        """Note that something got through."""
        self._since, self._pause, self._is_tried = None, FIRST_PAUSE, False

    def note(self, error: MatrixError) -> None:
        """Note that something did not get through, which no other server has a part in."""
        if not is_outage(error):
            return
        if self._is_tried:
            self._pause = min(2 * self._pause, LONGEST_PAUSE)
        self._since, self._is_tried = self.clock.now(), False

    def note_unheard(self, error: MatrixError) -> None:
        """Note that the homeserver is not heard; whoever is to try is not kept from it longer."""
        if self._since is None and is_outage(error):
            self._since = self.clock.now()


def is_outage(error: MatrixError) -> bool:
    """Whether the homeserver is out of order, and not what it was asked for."""
    return not isinstance(error, Refusal) or error.status >= 500
