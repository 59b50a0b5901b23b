"""Bodies that look after places: police, municipality, fire service, guards, landlords."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NewType

from bot.domain.areas import AreaId
from bot.domain.messages import RoomRef
from bot.domain.opening_hours import OpeningHours
from bot.domain.people import Role

OrganisationId = NewType("OrganisationId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A verified sender.

    Attributes:
        areas: What it looks after, with all inside; empty means everywhere.
        mail_domains: Where its people have their addresses, in ASCII; compared to the letter.
        desk_rooms: Where its people read what concerns them.
        phone: The number that anybody may call; empty if there is none.
        hours: When it answers there; empty means always.
        asks: What it may be asked, in a few words for each language.
    """

    id: OrganisationId
    name: str
    role: Role
    areas: frozenset[AreaId]
    mail_domains: tuple[str, ...]
    desk_rooms: tuple[RoomRef, ...]
    phone: str = ""
    hours: tuple[OpeningHours, ...] = ()
    asks: Mapping[str, str] = field(default_factory=dict, hash=False)

    def covers(self, chain: tuple[AreaId, ...]) -> bool:
        """Whether it looks after a place, given as its slug and all that contain it."""
        return not self.areas or not self.areas.isdisjoint(chain)

    def may_be_asked(self, language: str) -> str:
        """Return what it may be asked, in a language or else in one there is; empty if unsaid."""
        return self.asks.get(language) or next(iter(self.asks.values()), "")


def named(organisations: Iterable[Organisation], typed: str) -> Organisation | None:
    """Return the organisation that a slug, a name, or the beginning of only one name means."""
    wanted, known = typed.strip().casefold(), list(organisations)
    exact = [o for o in known if wanted in {o.id, o.name.casefold()}]
    near = exact or [o for o in known if wanted and o.name.casefold().startswith(wanted)]
    return near[0] if len(near) == 1 else None
