"""Who goes first when several want the same."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

FAIR_EVERY = 10
"""Every tenth turn is for those who are not urgent, if any wait."""


@dataclass
class Turns:
    """One at a time: the urgent first, then in the order they came."""

    _urgent: deque[asyncio.Future[None]] = field(default_factory=deque)
    _others: deque[asyncio.Future[None]] = field(default_factory=deque)
    _taken: bool = False
    _count: int = 0

    @asynccontextmanager
    async def turn(self, *, urgent: bool) -> AsyncIterator[None]:
        """Wait for one's turn; it ends with the block."""
        await self._wait(self._urgent if urgent else self._others)
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, queue: deque[asyncio.Future[None]]) -> None:
        if not self._taken:
            self._taken = True
            return
        called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(called)
        try:
            await called
        except asyncio.CancelledError:
            if called.done() and not called.cancelled():
                self._pass_on()
            elif called in queue:
                # Else somebody whose turn ended in the same moment has passed over it already.
                queue.remove(called)
            raise

    def _pass_on(self) -> None:
        self._count += 1
        first, then = self._urgent, self._others
        if self._count % FAIR_EVERY == 0:
            first, then = then, first
        for queue in (first, then):
            while queue:
                called = queue.popleft()
                if not called.done():
                    called.set_result(None)
                    return
        self._taken = False
