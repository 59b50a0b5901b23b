"""A notice in the making: what its author has said so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.areas import AreaId
from bot.domain.groups import GroupId
from bot.domain.media_json import media_from_json, media_to_json
from bot.domain.messages import Media
from bot.domain.reports import Priority
from bot.domain.richtext_json import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDraft:
    """What is known so far.

    Attributes:
        speaker: Slug of the organisation that speaks, empty for the coordinators; None if there
            is no choice, or none was made.
        texts: By language, the first on top.
        due_at: When it shall go out; None for at once.
        expires_at: Until when it holds; None for until recalled.
    """

    speaker: str | None = None
    areas: tuple[AreaId, ...] = ()
    groups: tuple[GroupId, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    priority: Priority = Priority.GREEN
    media: tuple[Media, ...] = ()
    due_at: datetime | None = None
    expires_at: datetime | None = None

    @property
    def has_place(self) -> bool:
        """Whether it is said who shall get it."""
        return bool(self.areas or self.groups)

    def to_json(self) -> dict[str, Json]:
        """Turn the draft into JSON values."""
        return {
            "speaker": self.speaker,
            "areas": list(self.areas),
            "groups": list(self.groups),
            "texts": [[language, text] for language, text in self.texts.items()],
            "priority": int(self.priority),
            "media": media_to_json(self.media),
            "due_at": self.due_at.isoformat() if self.due_at else None,
            "expires_at": self.expires_at.isoformat() if self.expires_at else None,
        }


def notice_draft_from_json(value: Mapping[str, Json]) -> NoticeDraft:
    """Turn JSON values into a draft.

    Raises:
        ValueError: The values are not those that `NoticeDraft.to_json` makes.
    """
    speaker, priority = value.get("speaker"), value.get("priority")
    return NoticeDraft(
        speaker=speaker if isinstance(speaker, str) else None,
        areas=tuple(AreaId(area) for area in _strings(value.get("areas"))),
        groups=tuple(GroupId(group) for group in _strings(value.get("groups"))),
        texts=texts_from_json(value.get("texts")),
        priority=Priority(priority) if isinstance(priority, int) else Priority.GREEN,
        media=media_from_json(value.get("media")),
        due_at=_time(value.get("due_at")),
        expires_at=_time(value.get("expires_at")),
    )


def texts_from_json(value: Json) -> dict[str, str]:
    """Read texts by language, in their order."""
    pairs = value if isinstance(value, list) else []
    texts: dict[str, str] = {}
    for pair in pairs:
        match pair:
            case [str(language), str(text)]:
                texts[language] = text
            case _:
                raise ValueError("not a text with its language")
    return texts


def _strings(value: Json) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _time(value: Json) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None
