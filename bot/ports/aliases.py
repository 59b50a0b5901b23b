"""What stands for people's names in groups and areas."""

from collections.abc import Mapping
from typing import Protocol

from bot.domain.people import PersonId


class Aliases(Protocol):
    """Stored numbers, and the names that are taken beside them."""

    async def number_of(self, person: PersonId, scope: str) -> int:
        """Return the stable number of a person in a group or area, a new one if needed."""
        ...

    async def take_name(self, person: PersonId, scope: str, shape: str) -> bool:
        """Let somebody who has a number be called so in a group or area; False if another is.

        Args:
            person: Who it is.
            scope: Where.
            shape: What the eye takes the name for. One taken before is free again.
        """
        ...

    async def of(self, person: PersonId) -> Mapping[str, int]:
        """Return a person's numbers, by the group or area where they stand for the name."""
        ...
