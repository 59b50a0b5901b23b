"""Time."""

import asyncio
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Time, so that tests and the demo own it."""

    def now(self) -> datetime:
        """Return the present time, aware, UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        ...

    async def wait(self, event: asyncio.Event, *, at_most_s: float) -> None:
        """Wait until something has happened or the time is up."""
        ...
