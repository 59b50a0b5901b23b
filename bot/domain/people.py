"""Who somebody is to the bot: pseudonymous, with the roles that were proved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import NewType

from bot.domain.consent import Purpose
from bot.domain.positions import Cell

PersonId = NewType("PersonId", str)


class Role(StrEnum):
    """A capacity in which somebody acts; one person may hold several."""

    RESIDENT = "resident"
    CONTACT_PERSON = "contact_person"
    MODERATOR = "moderator"
    COORDINATOR = "coordinator"
    POLICE = "police"
    MUNICIPALITY = "municipality"
    FIRE_SERVICE = "fire_service"
    GUARD = "guard"
    LANDLORD = "landlord"
    VOLUNTEER = "volunteer"


VERIFIED_ROLES = frozenset(
    {
        Role.POLICE,
        Role.MUNICIPALITY,
        Role.FIRE_SERVICE,
        Role.GUARD,
        Role.LANDLORD,
        Role.VOLUNTEER,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A role that somebody holds.

    Attributes:
        organisation: The body that stands behind a verified role; None for the others.
        areas: Slugs the role covers with all inside them; empty means everywhere.
        expires_at: UTC; None for a role that comes from the configuration.
    """

    role: Role
    organisation: str | None = None
    areas: frozenset[str] = frozenset()
    expires_at: datetime | None = None

    def covers(self, places: Iterable[str]) -> bool:
        """Whether the role reaches a place, given as its slug and all that contain it."""
        return not self.areas or not self.areas.isdisjoint(places)


class LanguageSource(IntEnum):
    """Where a person's language comes from; a higher source overrules a lower."""

    DEFAULT = 0
    CLIENT = 1
    WRITING = 2
    CHOSEN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One human, known by a random id.

    Attributes:
        shared_area: Slug of the area last shared as a position, while that holds.
        shared_cell: Where in it, no finer than a few blocks.
    """

    id: PersonId
    language: str
    language_source: LanguageSource
    consents: frozenset[Purpose] = frozenset()
    grants: tuple[Grant, ...] = ()
    shared_area: str | None = None
    shared_cell: Cell | None = None

    def held(self, now: datetime) -> tuple[Grant, ...]:
        """Return the roles that have not ended, wherever they are held."""
        return tuple(grant for grant in self.grants if _is_valid(grant, now))

    def has_verified_role(self, now: datetime) -> bool:
        """Whether the person was verified for an organisation, wherever that is."""
        return any(grant.role in VERIFIED_ROLES for grant in self.held(now))

    def organisations(self, now: datetime) -> frozenset[str]:
        """Return the organisations that the person was verified for."""
        verified = (grant for grant in self.held(now) if grant.role in VERIFIED_ROLES)
        return frozenset(grant.organisation for grant in verified if grant.organisation)

    def roles_at(self, places: Iterable[str], now: datetime) -> frozenset[Role]:
        """Return the roles held at a place; everybody is a resident."""
        here = tuple(places)
        held = (grant.role for grant in self.held(now) if grant.covers(here))
        return frozenset({Role.RESIDENT, *held})

    def badge_at(self, places: Iterable[str], now: datetime) -> Grant | None:
        """Return the verified role to be shown at a place, None if there is none."""
        here = tuple(places)
        return next(
            (
                g
                for g in self.grants
                if g.role in VERIFIED_ROLES and _is_valid(g, now) and g.covers(here)
            ),
            None,
        )


def speaks_for(person: Person, organisation: str, now: datetime) -> bool:
    """Whether somebody is verified for an organisation: a colleague before its matters."""
    return any(
        g.organisation == organisation and g.role in VERIFIED_ROLES and _is_valid(g, now)
        for g in person.grants
    )


def is_lasting(person: Person, organisation: str) -> bool:
    """Whether somebody's role there comes from the configuration."""
    return any(g.organisation == organisation and g.expires_at is None for g in person.grants)


def _is_valid(grant: Grant, now: datetime) -> bool:
    return grant.expires_at is None or now < grant.expires_at
