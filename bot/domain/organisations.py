"""Bodies that look after places: police, municipality, fire service, guards, landlords."""

from dataclasses import dataclass
from typing import NewType

from bot.domain.areas import AreaId
from bot.domain.messages import RoomRef
from bot.domain.people import Role

OrganisationId = NewType("OrganisationId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A verified sender.

    Attributes:
        areas: What it looks after, with all inside; empty means everywhere.
        desk_rooms: Where its people read what concerns them.
    """

    id: OrganisationId
    name: str
    role: Role
    areas: frozenset[AreaId]
    mail_domains: tuple[str, ...]
    desk_rooms: tuple[RoomRef, ...]

    def covers(self, chain: tuple[AreaId, ...]) -> bool:
        """Whether it looks after a place, given as its slug and all that contain it."""
        return not self.areas or not self.areas.isdisjoint(chain)
