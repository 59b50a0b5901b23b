"""How the bot presents itself to a platform that shows commands and a description."""

from collections.abc import Mapping
from dataclasses import dataclass

IN_PRIVATE = (
    "report", "red", "yellow", "green", "tip", "subscribe", "subscriptions", "quiet", "digest",
    "pause", "areas", "help", "language", "privacy", "consent", "mute_relay", "export", "forget",
)  # fmt: skip
IN_ROOMS = ("red", "yellow", "green", "report", "group", "help")
FOR_ADMINISTRATORS = (*IN_ROOMS, "link", "unlink")
"""In the order in which they are offered; what is urgent comes first in a room."""

SHOWN_AS: Mapping[str, Mapping[str, str]] = {
    "sv": {
        "report": "rapport", "red": "rod", "yellow": "gul", "green": "gron",
        "tip": "tips",
        "subscribe": "bevaka", "subscriptions": "bevakningar",
        "quiet": "tyst", "digest": "sammanfattning", "pause": "paus",
        "areas": "omraden", "help": "hjalp",
        "language": "sprak", "privacy": "integritet", "consent": "samtycke",
        "export": "exportera", "forget": "glom", "group": "grupp", "link": "lanka",
        "unlink": "avlanka", "mute_relay": "bara_har",
    },
}  # fmt: skip
"""What a command is called in a language, in letters that every platform's menu takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One command in a menu.

    Attributes:
        command: Without its prefix.
        says: What it does, in a few words.
    """

    command: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """What readers of one language are shown.

    Attributes:
        language: IETF tag; None for everybody whose language has none of its own.
        about: What an empty chat with the bot shows; at most 512 characters.
        in_short: What stands on its profile; at most 120 characters.
    """

    language: str | None
    about: str
    in_short: str
    in_private: tuple[Offer, ...]
    in_rooms: tuple[Offer, ...]
    for_administrators: tuple[Offer, ...]
