"""Messages shown under another name than the account's.

The account stays who has written them: whatever stands in a profile proves nothing.

Source: MSC4144, "Per-message profiles".
"""

from bot.bridges.matrix.fields import Fields
from bot.domain.outgoing import Speaker
from bot.domain.richtext_json import Json

PROFILE = "com.beeper.per_message_profile"
FALLBACK = "data-mx-profile-fallback"
"""Marks in HTML what repeats the name for apps that don't know profiles."""
_NAMES = ("m.per_message_profile", PROFILE)
_MOST_BYTES = 255


def to_profile(speaker: Speaker, *, begins: bool) -> Json:
    """Return the profile of a message that somebody else says; there is no picture.

    Args:
        speaker: Who says it.
        begins: The words of this event begin with the name.
    """
    profile: dict[str, Json] = {"id": speaker.id, "displayname": speaker.name}
    return {**profile, "has_fallback": True} if begins else profile


def fits(speaker: Speaker) -> bool:
    """Whether a profile may be so long."""
    return max(len(speaker.id.encode()), len(speaker.name.encode())) <= _MOST_BYTES


def name_in(content: Fields) -> str | None:
    """Return under what name a message wants to be shown, None if under its account's."""
    profile = content.first_inner(*_NAMES)
    name = profile.text_or("displayname") if profile else ""
    return name if name.strip() and len(name.encode()) <= _MOST_BYTES else None


def has_fallback(content: Fields) -> bool:
    """Whether the words repeat the name."""
    profile = content.first_inner(*_NAMES)
    return profile is not None and profile.flag("has_fallback") and name_in(content) is not None


def without_fallback(body: str, content: Fields) -> str:
    """Return the plain words without the name that stands before them."""
    return body.removeprefix(f"{name_in(content)}: ") if has_fallback(content) else body
