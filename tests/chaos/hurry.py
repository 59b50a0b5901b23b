"""Time that runs faster than the machine's, for a bot and for the service that it talks to."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

PACE = 10.0
"""So that a minute in which a room may say no more is over in six seconds."""


@dataclass(frozen=True, slots=True)
class Hurry:
    """The same moment in every process that was given it.

    Attributes:
        began_unix_s: When it began.
        began_s: The same by the clock that all processes of a machine share.
        pace: How many seconds pass in one of the machine's.
    """

    began_unix_s: float = field(default_factory=time.time)
    began_s: float = field(default_factory=time.monotonic)
    pace: float = PACE

    def now(self) -> datetime:
        """Return the present time, UTC."""
        return datetime.fromtimestamp(self.unix_s(), UTC)

    def unix_s(self) -> float:
        """Seconds since 1970."""
        return self.began_unix_s + self.monotonic_s()

    def monotonic_s(self) -> float:
        """Seconds since it began."""
        return (time.monotonic() - self.began_s) * self.pace

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds / self.pace)

    async def wait(self, event: asyncio.Event, *, at_most_s: float) -> None:
        """Wait until something has happened or the time is up."""
        try:
            async with asyncio.timeout(at_most_s / self.pace):
                await event.wait()
        except TimeoutError:
            pass
