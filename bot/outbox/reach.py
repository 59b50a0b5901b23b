"""How many effects to fetch at once."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

AHEAD_S = 0.02
"""Work for so long is fetched ahead: a red card that comes meanwhile waits no longer than that."""
AT_MOST = 128
_SMOOTH = 0.1


@dataclass
class Reach:
    """Fetches far ahead for a platform that answers fast, one by one for a slow one.

    A platform is slow also when its bridge keeps a pace. What is fetched can't be overtaken, so
    then nothing but the hands' own work stands before a red card.

    Attributes:
        hands: Effects performed at the same time.
        typical_s: How long one takes, the latest counting most.
    """

    hands: int
    typical_s: float = AHEAD_S

    @property
    def ahead(self) -> int:
        """How many effects will be performed in the time that is looked ahead."""
        per_hand = AHEAD_S / max(self.typical_s, 1e-6)
        return max(1, min(AT_MOST, int(self.hands * per_hand)))

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Learn from how long one takes."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        yield
        self.typical_s += _SMOOTH * (loop.time() - began - self.typical_s)
