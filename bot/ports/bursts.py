"""Lines that are shown together."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.bursts import Burst, BurstId, Crowd
from bot.domain.messages import RoomRef


class Bursts(Protocol):
    """Bursts with the lines in them."""

    async def crowd(self, room: RoomRef) -> Crowd:
        """Return what waits to be shown in a room."""
        ...

    async def begin(self, burst: Burst) -> None:
        """Store a burst without lines."""
        ...

    async def join(self, burst: BurstId, relay: str, *, kept_until: datetime) -> None:
        """Put a line behind the others, and keep their words until then."""
        ...

    async def get(self, burst: BurstId) -> Burst | None:
        """Return a burst, None if there is none such."""
        ...

    async def holding(self, relay: str) -> Sequence[Burst]:
        """Return the bursts in which a line stands, one at most for each room."""
        ...

    async def leave(self, relay: str) -> None:
        """Take a line out of the bursts in which it stands."""
        ...

    async def erase(self, burst: BurstId) -> None:
        """Forget a burst; its lines are not touched."""
        ...

    async def of_ended_groups(self) -> Sequence[BurstId]:
        """Return the bursts of groups that are no more."""
        ...
