"""config/organisations.toml: bodies that are verified from the start."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.domain.areas import AreaMap
from bot.domain.mail_addresses import normal_domain
from bot.domain.messages import RoomRef, UserRef
from bot.domain.opening_hours import read_opening_hours
from bot.domain.organisations import Organisation, OrganisationId
from bot.domain.people import VERIFIED_ROLES, Role
from bot.settings.areas import require_area
from bot.settings.files import read_model, require_unique
from bot.settings.groups import is_room
from bot.settings.options import is_account
from bot.settings.sections import Section

FILE = "organisations.toml"


def _is_verified(role: Role) -> Role:
    if role not in VERIFIED_ROLES:
        names = ", ".join(sorted(VERIFIED_ROLES))
        raise ValueError(f"{role} is no organisation's role; use one of {names}")
    return role


def _are_hours(text: str) -> str:
    read_opening_hours(text)
    return text


class OrganisationEntry(Section):
    """One `[[organisation]]`."""

    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str = Field(min_length=1, max_length=80)
    role: Annotated[Role, AfterValidator(_is_verified)]
    areas: tuple[str, ...] = ()
    """What it looks after; everywhere if empty."""
    mail_domains: tuple[Annotated[str, AfterValidator(normal_domain)], ...] = ()
    """Where its people have their addresses, to the letter; not the domains within."""
    desk_rooms: tuple[Annotated[str, AfterValidator(is_room)], ...] = ()
    people: tuple[Annotated[str, AfterValidator(is_account)], ...] = ()
    """Accounts that are verified from the start."""
    phone: str = Field(default="", max_length=40)
    """The number that anybody may call."""
    hours: Annotated[str, AfterValidator(_are_hours)] | None = None
    """When it answers there; always if not set."""
    ask: dict[str, Annotated[str, Field(min_length=1, max_length=200)]] = Field(
        default_factory=dict
    )
    """What it may be asked, in a few words for each language."""


class OrganisationsFile(Section):
    """The whole file."""

    organisation: tuple[OrganisationEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfiguredOrganisation:
    """An organisation with the accounts that speak for it from the start."""

    organisation: Organisation
    people: tuple[UserRef, ...]


def load_organisations(folder: Path, areas: AreaMap) -> tuple[ConfiguredOrganisation, ...]:
    """Read the organisations; none if there is no file.

    Raises:
        ConfigError: A key is unknown or wrong, an area is not on the map, or a slug is there
            twice.
    """
    path = folder / FILE
    if not path.exists():
        return ()
    entries = read_model(path, OrganisationsFile).organisation
    require_unique(path, (entry.slug for entry in entries), "organisation.slug")
    return tuple(_configured(entry, areas, str(path)) for entry in entries)


def _configured(entry: OrganisationEntry, areas: AreaMap, where: str) -> ConfiguredOrganisation:
    key = f"organisation ({entry.slug}).areas"
    covered = (require_area(area, areas, where=where, key=key) for area in entry.areas)
    organisation = Organisation(
        id=OrganisationId(entry.slug),
        name=entry.name,
        role=entry.role,
        areas=frozenset(area.id for area in covered),
        mail_domains=entry.mail_domains,
        desk_rooms=tuple(RoomRef.parse(room) for room in entry.desk_rooms),
        phone=entry.phone,
        hours=read_opening_hours(entry.hours) if entry.hours else (),
        asks=entry.ask,
    )
    people = tuple(UserRef.parse(person) for person in entry.people)
    return ConfiguredOrganisation(organisation=organisation, people=people)
