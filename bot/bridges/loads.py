"""How much of files is in memory at once, on its way to a platform."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

MOST_BYTES = 40_000_000


@dataclass(kw_only=True)
class Load:
    """Lets files be read while there is room for them; who comes with more waits.

    Files are sealed whole, so they are read whole.

    Attributes:
        most_bytes: So much together; an album that is larger by itself goes alone.
    """

    most_bytes: int = MOST_BYTES
    _carried: int = 0
    _less: asyncio.Condition = field(default_factory=asyncio.Condition)

    @asynccontextmanager
    async def carrying(self, size_bytes: int) -> AsyncIterator[None]:
        """Wait until there is room for so much, and take it as long as it is used."""
        async with self._less:
            await self._less.wait_for(lambda: self._has_room(size_bytes))
            self._carried += size_bytes
        try:
            yield
        finally:
            self._carried -= size_bytes
            async with self._less:
                self._less.notify_all()

    def _has_room(self, size_bytes: int) -> bool:
        return not self._carried or self._carried + size_bytes <= self.most_bytes
