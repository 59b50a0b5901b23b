"""A report in the making: what the guided form has learnt and what it asks next."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.appeals import has_to_end
from bot.domain.areas import AreaId
from bot.domain.groups import Group, GroupId
from bot.domain.kinds import Kind
from bot.domain.media_json import media_from_json, media_to_json
from bot.domain.messages import Media, MessageRef
from bot.domain.positions import Cell, read_cell
from bot.domain.refs_json import ref_from_json, ref_to_json
from bot.domain.reports import Priority
from bot.domain.richtext import NOTHING, RichText
from bot.domain.richtext_json import Json, from_json, to_json


class Step(StrEnum):
    """What the form asks."""

    PRIORITY = "priority"
    KIND = "kind"
    PLACE = "place"
    TEXT = "text"
    END = "end"
    AUDIENCE = "audience"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is known so far.

    Attributes:
        kind_known: The kind was chosen, or left open on purpose.
        cell: Where in the area, if a position was shared.
        kind_says_it: The kind stands for the words until somebody writes some.
        origin: The line in which its words were written.
        group: The only group that shall see it; None for everybody in the area.
        audience_known: Who shall see it was chosen, or there is no choice.
        is_another: Its preview asked about those like it, and it was sent all the same.
        is_appeal: It asks people for what they know.
        ends_after_h: After so many hours an appeal ends, whatever happens.
    """

    priority: Priority | None = None
    kind: Kind | None = None
    kind_known: bool = False
    area: AreaId | None = None
    cell: Cell | None = None
    kind_says_it: bool = False
    text: RichText = NOTHING
    origin: MessageRef | None = None
    media: tuple[Media, ...] = ()
    group: GroupId | None = None
    audience_known: bool = False
    is_another: bool = False
    is_appeal: bool = False
    ends_after_h: int | None = None

    @property
    def needs_end(self) -> bool:
        """Whether it must be known when it ends."""
        return self.is_appeal or has_to_end(self.kind)

    @property
    def next_step(self) -> Step:
        """What to ask now."""
        if self.priority is None:
            return Step.PRIORITY
        if not self.kind_known:
            return Step.KIND
        if self.area is None:
            return Step.PLACE
        if not self.text:
            return Step.TEXT
        if self.needs_end and self.ends_after_h is None:
            return Step.END
        return Step.PREVIEW if self.audience_known else Step.AUDIENCE

    def to_json(self) -> dict[str, Json]:
        """Turn the draft into JSON values."""
        return {
            "priority": int(self.priority) if self.priority else None,
            "kind": self.kind.value if self.kind else None,
            "kind_known": self.kind_known,
            "area": self.area,
            "cell": self.cell,
            "kind_says_it": self.kind_says_it,
            "text": to_json(self.text),
            "origin": ref_to_json(self.origin),
            "media": media_to_json(self.media),
            "group": self.group,
            "audience_known": self.audience_known,
            "is_appeal": self.is_appeal,
            "ends_after_h": self.ends_after_h,
        }


def begun_in(group: Group, priority: Priority) -> Draft:
    """Return the draft that a tag without words begins in a group: its kind is enough."""
    return Draft(
        priority=priority,
        area=group.area,
        group=group.id,
        audience_known=True,
        kind_says_it=True,
    )


def draft_from_json(value: Mapping[str, Json]) -> Draft:
    """Turn JSON values into a draft.

    Raises:
        ValueError: The values are not those that `Draft.to_json` makes.
    """
    priority, kind = value.get("priority"), value.get("kind")
    area, group = value.get("area"), value.get("group")
    cell, hours = value.get("cell"), value.get("ends_after_h")
    return Draft(
        priority=Priority(priority) if isinstance(priority, int) else None,
        kind=Kind(kind) if isinstance(kind, str) else None,
        kind_known=bool(value.get("kind_known")),
        area=AreaId(area) if isinstance(area, str) else None,
        cell=read_cell(cell) if isinstance(cell, str) else None,
        kind_says_it=bool(value.get("kind_says_it")),
        text=from_json(value.get("text") or []),
        origin=ref_from_json(value.get("origin")),
        media=media_from_json(value.get("media")),
        group=GroupId(group) if isinstance(group, str) else None,
        audience_known=bool(value.get("audience_known")),
        is_appeal=bool(value.get("is_appeal")),
        ends_after_h=hours if isinstance(hours, int) else None,
    )
