"""A tip in the making: what the form has learnt and what it asks next."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.areas import AreaId
from bot.domain.media_json import media_from_json, media_to_json
from bot.domain.messages import Media, MessageRef
from bot.domain.organisations import OrganisationId
from bot.domain.refs_json import ref_from_json, ref_to_json
from bot.domain.reports import ReportId
from bot.domain.richtext import NOTHING, RichText
from bot.domain.richtext_json import Json, from_json, to_json


class TipStep(StrEnum):
    """What the form asks."""

    ORGANISATION = "organisation"
    TEXT = "text"
    PLACE = "place"
    WHO = "who"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True, kw_only=True)
class TipDraft:
    """What is known so far.

    Attributes:
        place_known: The place was told, or left out on purpose.
        is_named: The tipster wants to be known by name.
        who_known: That was chosen, or is not asked.
        group: What the group is called in whose room it was typed; empty if it was not.
        was_removed: The line was taken out of that room.
        origin: That line.
        about: The report whose button began it; None if none did.
    """

    organisation: OrganisationId | None = None
    text: RichText = NOTHING
    media: tuple[Media, ...] = ()
    area: AreaId | None = None
    place_known: bool = False
    is_named: bool = False
    who_known: bool = False
    group: str = ""
    was_removed: bool = False
    origin: MessageRef | None = None
    about: ReportId | None = None

    @property
    def next_step(self) -> TipStep:
        """What to ask now."""
        if self.organisation is None:
            return TipStep.ORGANISATION
        if not self.text:
            return TipStep.TEXT
        if not self.place_known:
            return TipStep.PLACE
        return TipStep.PREVIEW if self.who_known else TipStep.WHO

    def to_json(self) -> dict[str, Json]:
        """Turn the draft into JSON values."""
        return {
            "organisation": self.organisation,
            "text": to_json(self.text),
            "media": media_to_json(self.media),
            "area": self.area,
            "place_known": self.place_known,
            "is_named": self.is_named,
            "who_known": self.who_known,
            "group": self.group,
            "was_removed": self.was_removed,
            "origin": ref_to_json(self.origin),
            "about": self.about,
        }


def tip_draft_from_json(value: Mapping[str, Json]) -> TipDraft:
    """Turn JSON values into a draft.

    Raises:
        ValueError: The values are not those that `TipDraft.to_json` makes.
    """
    organisation, area = value.get("organisation"), value.get("area")
    about = value.get("about")
    return TipDraft(
        organisation=OrganisationId(organisation) if isinstance(organisation, str) else None,
        text=from_json(value.get("text") or []),
        media=media_from_json(value.get("media")),
        area=AreaId(area) if isinstance(area, str) else None,
        place_known=bool(value.get("place_known")),
        is_named=bool(value.get("is_named")),
        who_known=bool(value.get("who_known")),
        group=str(value.get("group") or ""),
        was_removed=bool(value.get("was_removed")),
        origin=ref_from_json(value.get("origin")),
        about=ReportId(about) if isinstance(about, str) else None,
    )
