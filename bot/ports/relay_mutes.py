"""Who keeps their lines on their own side of a group."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.groups import GroupId
from bot.domain.people import PersonId


class RelayMutes(Protocol):
    """People's choice, group by group, not to be carried."""

    async def put(self, person: PersonId, group: GroupId, now: datetime) -> bool:
        """Keep a person's lines where they are written; False if they are kept there already."""
        ...

    async def drop(self, person: PersonId, group: GroupId) -> bool:
        """Let a person's lines be carried; False if they were."""
        ...

    async def has(self, person: PersonId, group: GroupId) -> bool:
        """Whether a person's lines stay where they are written."""
        ...

    async def of(self, person: PersonId) -> Sequence[GroupId]:
        """Return the groups in which a person's lines stay where they are written."""
        ...

    async def erase_of(self, person: PersonId) -> None:
        """Forget a person's choices."""
        ...

    async def forget_of_ended_groups(self) -> int:
        """Forget the choices for groups that are no more; return how many."""
        ...
