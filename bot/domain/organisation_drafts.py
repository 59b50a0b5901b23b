"""An organisation in the making: what has been told of it and what is asked next."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.areas import AreaId
from bot.domain.organisations import Organisation, OrganisationId
from bot.domain.people import Role
from bot.domain.richtext_json import Json

ROLES = (
    Role.MUNICIPALITY,
    Role.POLICE,
    Role.FIRE_SERVICE,
    Role.GUARD,
    Role.LANDLORD,
    Role.VOLUNTEER,
)
"""In the order in which they are offered."""
MAX_NAME_CHARS = 80


class OrganisationStep(StrEnum):
    """What is asked."""

    NAME = "name"
    ROLE = "role"
    AREA = "area"
    DOMAIN = "domain"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationDraft:
    """What is known so far.

    Attributes:
        areas: None until told; empty means everywhere.
        domains: None until told; empty if nobody there shall be verified by mail.
    """

    name: str = ""
    role: Role | None = None
    areas: tuple[AreaId, ...] | None = None
    domains: tuple[str, ...] | None = None

    @property
    def next_step(self) -> OrganisationStep:
        """What to ask now."""
        if not self.name:
            return OrganisationStep.NAME
        if self.role is None:
            return OrganisationStep.ROLE
        if self.areas is None:
            return OrganisationStep.AREA
        return OrganisationStep.DOMAIN if self.domains is None else OrganisationStep.PREVIEW

    def to_organisation(self, organisation: OrganisationId) -> Organisation:
        """Turn a finished draft into an organisation, still without a desk.

        Raises:
            ValueError: Something is still to be asked.
        """
        if self.role is None or self.next_step is not OrganisationStep.PREVIEW:
            raise ValueError(f"still to be asked: {self.next_step}")
        return Organisation(
            id=organisation,
            name=self.name,
            role=self.role,
            areas=frozenset(self.areas or ()),
            mail_domains=self.domains or (),
            desk_rooms=(),
        )

    def to_json(self) -> dict[str, Json]:
        """Turn the draft into JSON values."""
        return {
            "name": self.name,
            "role": self.role.value if self.role else None,
            "areas": None if self.areas is None else list(self.areas),
            "domains": None if self.domains is None else list(self.domains),
        }


def organisation_draft_from_json(value: Mapping[str, Json]) -> OrganisationDraft:
    """Turn JSON values into a draft.

    Raises:
        ValueError: The values are not those that `OrganisationDraft.to_json` makes.
    """
    role, areas, domains = value.get("role"), value.get("areas"), value.get("domains")
    return OrganisationDraft(
        name=str(value.get("name", "")),
        role=Role(role) if isinstance(role, str) else None,
        areas=tuple(AreaId(str(one)) for one in areas) if isinstance(areas, list) else None,
        domains=tuple(str(one) for one in domains) if isinstance(domains, list) else None,
    )
