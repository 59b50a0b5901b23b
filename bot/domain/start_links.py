"""Ways into a private chat that say what it is to begin with: `/start <payload>`.

Source: Telegram, "Deep linking": at most 64 characters of `A-Za-z0-9_-`.
"""

import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.domain.consent import Purpose

Sign: TypeAlias = Callable[[str], str]
"""Returns TAG_CHARS characters for a text, which nobody outside this installation can make."""

PLAIN = "hej"
"""Begins a chat with nothing in particular."""
MAX_PAYLOAD_CHARS = 64
TAG_CHARS = 12
_FITTING = re.compile(rf"[A-Za-z0-9_-]{{1,{MAX_PAYLOAD_CHARS}}}", re.ASCII)


class StartKind(StrEnum):
    """What a chat begins with, as the payload says it."""

    AREA = "a"
    GROUP = "g"
    CONSENT = "c"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartLink:
    """What a private chat begins with.

    Attributes:
        about: An area's or a group's id, or a purpose.
    """

    kind: StartKind
    about: str


def make_payload(link: StartLink, sign: Sign) -> str | None:
    """Write a payload; None if what it is about has too long a name for one."""
    said = f"{link.kind.value}-{link.about}"
    payload = f"{said}-{sign(said)}"
    return payload if _FITTING.fullmatch(payload) else None


def read_payload(payload: str, sign: Sign) -> StartLink | None:
    """Read a payload; None if it says nothing, was cut, or was made by somebody else."""
    if not _FITTING.fullmatch(payload):
        return None
    kind, _, _ = payload.partition("-")
    if kind not in set(StartKind):
        return None
    # A tag may hold hyphens, and so may a name: where it begins is known by its length.
    said, tag = payload[: -TAG_CHARS - 1], payload[-TAG_CHARS - 1 :]
    about = said.removeprefix(f"{kind}-")
    if not about or about == said or not hmac.compare_digest(tag, f"-{sign(said)}"):
        return None
    if kind == StartKind.CONSENT and about not in set(Purpose):
        return None
    return StartLink(kind=StartKind(kind), about=about)
