"""A group in the making: what has been told of it and what is asked next."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.areas import AreaId
from bot.domain.groups import Access, Group, GroupId, GroupKind, Reach
from bot.domain.messages import RoomRef
from bot.domain.richtext_json import Json

MAX_TOLD_CHARS = 300
"""The longest purpose and the longest name of who answers for the data."""

KINDS = (GroupKind.NEIGHBOURHOOD, GroupKind.RETAIL_CENTRE, GroupKind.PATROL)
"""What can be made by chat; desks belong to organisations, which the operator knows."""


class GroupStep(StrEnum):
    """What is asked."""

    NAME = "name"
    AREA = "area"
    KIND = "kind"
    PURPOSE = "purpose"
    CONTROLLER = "controller"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDraft:
    """What is known so far of the group that a room shall become.

    Attributes:
        controller: Who answers for the personal data, as people are told.
        access: As chosen; None follows the kind.
    """

    room: RoomRef
    language: str
    name: str = ""
    area: AreaId | None = None
    kind: GroupKind | None = None
    purpose: str = ""
    controller: str = ""
    access: Access | None = None

    @property
    def next_step(self) -> GroupStep:
        """What to ask now."""
        if not self.name:
            return GroupStep.NAME
        if self.area is None:
            return GroupStep.AREA
        if self.kind is None:
            return GroupStep.KIND
        if not self.purpose:
            return GroupStep.PURPOSE
        return GroupStep.PREVIEW if self.controller else GroupStep.CONTROLLER

    @property
    def is_locked(self) -> bool:
        """Whether its reports stay in it: shops speak of more than the street should read."""
        if self.access is None:
            return self.kind is not GroupKind.NEIGHBOURHOOD
        return self.access is Access.LOCKED

    def to_group(self, group: GroupId) -> Group:
        """Turn a finished draft into a group.

        Raises:
            ValueError: Something is still to be asked.
        """
        if self.area is None or self.kind is None or self.next_step is not GroupStep.PREVIEW:
            raise ValueError(f"still to be asked: {self.next_step}")
        return Group(
            id=group,
            name=self.name,
            kind=self.kind,
            area=self.area,
            access=Access.LOCKED if self.is_locked else Access.OPEN,
            reports_reach=Reach.GROUP if self.is_locked else Reach.AREA,
            purpose=self.purpose,
            controller=self.controller,
            languages=(self.language,),
            rooms=(self.room,),
        )

    def to_json(self) -> dict[str, Json]:
        """Turn the draft into JSON values."""
        return {
            "room": str(self.room),
            "language": self.language,
            "name": self.name,
            "area": self.area,
            "kind": self.kind.value if self.kind else None,
            "purpose": self.purpose,
            "controller": self.controller,
            "access": self.access.value if self.access else None,
        }


def group_draft_from_json(value: Mapping[str, Json]) -> GroupDraft:
    """Turn JSON values into a draft.

    Raises:
        ValueError: The values are not those that `GroupDraft.to_json` makes.
    """
    area, kind, access = value.get("area"), value.get("kind"), value.get("access")
    return GroupDraft(
        room=RoomRef.parse(str(value.get("room"))),
        language=str(value.get("language")),
        name=str(value.get("name", "")),
        area=AreaId(area) if isinstance(area, str) else None,
        kind=GroupKind(kind) if isinstance(kind, str) else None,
        purpose=str(value.get("purpose", "")),
        controller=str(value.get("controller", "")),
        access=Access(access) if isinstance(access, str) else None,
    )
