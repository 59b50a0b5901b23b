"""What is remembered of the map."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.areas import AreaId
from bot.domain.known_areas import KnownArea
from bot.domain.people import PersonId


class KnownAreas(Protocol):
    """The areas of the last start, with those that have left the map since."""

    async def all(self) -> Sequence[KnownArea]:
        """Return all of them."""
        ...

    async def get(self, area: str) -> KnownArea | None:
        """Return one, None if it was never on the map, or left it long ago."""
        ...

    async def put(self, areas: Iterable[KnownArea]) -> None:
        """Remember areas as they are now; of one that is back it is forgotten that it was gone."""
        ...

    async def rename(self, renamed: Mapping[AreaId, AreaId]) -> None:
        """Give areas other slugs, all at once, wherever they are named."""
        ...

    async def followed_unknown(self) -> Sequence[AreaId]:
        """Return the areas that somebody follows and of which nothing is remembered."""
        ...

    async def followers(self, area: str) -> Sequence[PersonId]:
        """Return who follows an area itself."""
        ...

    async def untold(self, before: datetime) -> Sequence[AreaId]:
        """Return the areas that left the map before a time, whose followers don't know it."""
        ...

    async def note_told(self, area: str, now: datetime) -> None:
        """Note that the followers of an area have been told."""
        ...

    async def past_lifetime(self, before: datetime) -> Sequence[AreaId]:
        """Return the areas that left the map before a time."""
        ...

    async def forget(self, area: str) -> int:
        """Forget an area that left the map, and who followed it; return how many did."""
        ...
