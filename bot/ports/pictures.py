"""Pictures that the bot draws."""

from typing import Protocol

from bot.domain.areas import Area


class AreaPictures(Protocol):
    """Shows where an area lies."""

    async def of(self, area: Area) -> bytes:
        """Return a JPEG of an area among its neighbours, in no language.

        Raises:
            NotDrawn: It has to be drawn first, outside of any transaction.
        """
        ...

    async def draw(self, area: Area) -> None:
        """Draw what `of` returns from then on; takes up to seconds."""
        ...
