"""config/groups.toml: the groups that are there from the start."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.domain.areas import AreaId, AreaMap
from bot.domain.groups import Access, Group, GroupId, GroupKind, Reach
from bot.domain.messages import RoomRef
from bot.settings.areas import require_area
from bot.settings.files import read_model, require_unique
from bot.settings.sections import Section

FILE = "groups.toml"
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def is_room(text: str) -> str:
    """Let pass what names a room; for models."""
    RoomRef.parse(text)
    return text


class GroupEntry(Section):
    """One `[[group]]`."""

    slug: str = Field(pattern=_SLUG)
    name: str = Field(min_length=1, max_length=80)
    kind: GroupKind = GroupKind.NEIGHBOURHOOD
    area: str
    access: Access = Access.OPEN
    reports_reach: Reach | None = None
    """Who gets the group's reports; `area` for open groups if not set, `group` for locked."""
    purpose: str = Field(min_length=1)
    controller: str = Field(min_length=1)
    languages: tuple[str, ...] = Field(default=("sv",), min_length=1)
    """The bot speaks the first one in the rooms."""
    rooms: tuple[Annotated[str, AfterValidator(is_room)], ...] = ()

    def to_group(self, area: AreaId) -> Group:
        """Turn the entry into a group."""
        by_access = Reach.AREA if self.access is Access.OPEN else Reach.GROUP
        return Group(
            id=GroupId(self.slug),
            name=self.name,
            kind=self.kind,
            area=area,
            access=self.access,
            reports_reach=self.reports_reach or by_access,
            purpose=self.purpose,
            controller=self.controller,
            languages=self.languages,
            rooms=tuple(RoomRef.parse(room) for room in self.rooms),
        )


class GroupsFile(Section):
    """The whole file."""

    group: tuple[GroupEntry, ...] = ()


def load_groups(folder: Path, areas: AreaMap) -> tuple[Group, ...]:
    """Read the groups; none if there is no file.

    Raises:
        ConfigError: A key is unknown or wrong, an area is not on the map, or a room is in two
            groups.
    """
    path = folder / FILE
    if not path.exists():
        return ()
    entries = read_model(path, GroupsFile).group
    require_unique(path, (entry.slug for entry in entries), "group.slug")
    require_unique(path, (room for entry in entries for room in entry.rooms), "group.rooms")
    groups = []
    for number, entry in enumerate(entries):
        key = f"group.{number} ({entry.slug}).area"
        area = require_area(entry.area, areas, where=str(path), key=key)
        groups.append(entry.to_group(area.id))
    return tuple(groups)
