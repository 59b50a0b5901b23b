"""Telling those who work through what is stored that there is more of it."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum

from bot.domain.messages import Platform


class Errand(StrEnum):
    """Stored work that is no platform's own."""

    SPREADING = "spreading"
    MAILING = "mailing"


Work = Platform | Errand
"""The effects of a platform, or an errand."""


class Bells:
    """Wakes who waits for a kind of work, as soon as some of it is on disk, and nobody else.

    What another process has stored rings nothing: everybody looks now and then, too.
    """

    def __init__(self) -> None:
        self._wakes: defaultdict[Work, list[asyncio.Event]] = defaultdict(list)

    def wake(self, event: asyncio.Event, *, on: Work) -> None:
        """Set an event whenever there is more of a kind of work."""
        self._wakes[on].append(event)

    def ring(self, works: Iterable[Work]) -> None:
        """Say of which kinds there is more."""
        for work in works:
            for event in self._wakes[work]:
                event.set()
