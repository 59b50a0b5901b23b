"""Files."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.messages import Media, MediaId, MediaKind

MAX_FILE_BYTES = 20_000_000
"""Larger ones are not kept."""


class HeldFiles(Protocol):
    """Which files something holds: a report, a line, a note, a message of the web chat."""

    async def held_after(self, last: str, *, limit: int) -> Sequence[MediaId]:
        """Return the next files that something holds, in the order of their ids."""
        ...

    async def forget(self, files: Iterable[MediaId]) -> int:
        """Forget files that are gone; return how many."""
        ...


class MediaStore(Protocol):
    """Keeps files sealed, each under a key of its own."""

    async def keep(self, data: bytes, *, kind: MediaKind, name: str) -> Media:
        """Clean a file and keep it; a picture loses all that tells of its maker.

        Raises:
            Unacceptable: It is too large, or no picture although it claims to be one.
        """
        ...

    async def duplicate(self, media: Media) -> Media | None:
        """Keep a second copy under a key of its own; None if the first is gone."""
        ...

    async def read(self, media: MediaId) -> bytes | None:
        """Return a file; None if it is gone."""
        ...

    async def kept_before(self, before: datetime | None) -> frozenset[MediaId]:
        """Return the files on disk that were kept before a time, all if none is given."""
        ...

    async def discard(self, media: MediaId) -> None:
        """Destroy a file and its key; one already gone is no error."""
        ...
