"""Groups and organisations."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.areas import AreaId
from bot.domain.groups import Group, GroupId
from bot.domain.messages import RoomRef
from bot.domain.organisations import Organisation, OrganisationId
from bot.domain.people import PersonId


class Groups(Protocol):
    """Stored groups."""

    async def put(self, group: Group, *, by_chat: bool = False) -> None:
        """Add a group with its rooms, or change it.

        Args:
            group: The group.
            by_chat: People have made it; else it stands in the configuration, and goes with it.
        """
        ...

    async def keep_only(self, groups: Sequence[GroupId]) -> None:
        """Remove the groups that are not among these; those made by chat stay."""
        ...

    async def remove(self, group: GroupId) -> None:
        """Remove a group; its rooms are nobody's."""
        ...

    async def link(self, room: RoomRef, group: GroupId) -> None:
        """Add a room to a group, as its last."""
        ...

    async def unlink(self, room: RoomRef) -> None:
        """Take a room out of its group."""
        ...

    async def end_if_empty(self, group: GroupId) -> None:
        """Remove a group that was made by chat once no room of it is left."""
        ...

    async def is_linked_by_chat(self, room: RoomRef) -> bool:
        """Whether a room came into its group by chat, and not by the configuration."""
        ...

    async def of_room(self, room: RoomRef) -> Group | None:
        """Return the group a room belongs to."""
        ...

    async def get(self, group: GroupId) -> Group | None:
        """Return a group, None if there is none such."""
        ...

    async def looking_after(self, chain: Sequence[str]) -> Sequence[Group]:
        """Return the groups of any of these areas, in the order they were made."""
        ...

    async def note_written_in(self, group: GroupId, person: PersonId) -> None:
        """Remember that a person has written in a room of a group."""
        ...

    async def forget_written_in(self, group: GroupId, person: PersonId) -> None:
        """Forget that a person was in a group; a locked one is not followed from outside."""
        ...

    async def written_in_by(self, person: PersonId) -> Sequence[Group]:
        """Return the groups in whose rooms a person has written."""
        ...

    async def note_member_count(self, room: RoomRef, people: int) -> None:
        """Remember how many people are in a room, the bot not counted."""
        ...

    async def member_count(self, rooms: Sequence[RoomRef]) -> int:
        """Return how many people are in some rooms together, as far as known."""
        ...


class LinkCodes(Protocol):
    """Codes by which a second room comes into a group."""

    async def put(self, code: str, group: GroupId, *, expires_at: datetime) -> None:
        """Store a code; those of the group before it are void."""
        ...

    async def use(self, code: str, now: datetime) -> GroupId | None:
        """Return the group that a code opens, once; None if it opens none."""
        ...


class Organisations(Protocol):
    """Stored organisations."""

    async def put(self, organisation: Organisation, *, by_chat: bool = False) -> None:
        """Add an organisation, or change it."""
        ...

    async def keep_only(self, organisations: Sequence[OrganisationId]) -> None:
        """Remove the organisations that are not among these, but for those made by chat."""
        ...

    async def remove(self, organisation: OrganisationId) -> None:
        """Remove an organisation."""
        ...

    async def is_by_chat(self, organisation: OrganisationId) -> bool:
        """Whether an organisation was made by chat, and not by the configuration."""
        ...

    async def get(self, organisation: str) -> Organisation | None:
        """Return an organisation, None if there is none such."""
        ...

    async def all(self) -> Sequence[Organisation]:
        """Return all organisations, in the order of their slugs."""
        ...

    async def of_desk(self, room: RoomRef) -> Organisation | None:
        """Return the organisation whose desk a room is."""
        ...

    async def covering(self, chain: Sequence[AreaId]) -> Sequence[Organisation]:
        """Return the organisations that look after the innermost of these areas."""
        ...
