"""The clock of the story: it runs as the real one does, and the story may put it forward."""

from datetime import datetime, timedelta

from bot.clock import SystemClock


class StoryClock(SystemClock):
    """Real time with an offset that only grows."""

    def __init__(self, offset: timedelta) -> None:
        self.offset = offset

    def now(self) -> datetime:
        """Return the story's present time, UTC."""
        return super().now() + self.offset

    def advance_to(self, at: datetime) -> None:
        """Put the clock forward to a time; one that has passed changes nothing."""
        self.offset += max(timedelta(0), at - self.now())
