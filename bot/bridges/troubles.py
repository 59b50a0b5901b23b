"""What a bridge tells the core of its own platform as a whole, on the way of all updates."""

import json
import secrets
from collections.abc import Set
from typing import Protocol

from bot.domain.incoming import RawUpdate
from bot.domain.messages import Platform
from bot.domain.platform_troubles import PlatformTrouble
from bot.domain.room_news import IncomingTroubles

TROUBLES = "grannbro_troubles"
"""No field of any platform's."""


class Told(Protocol):
    """An object within an update, as any bridge reads it."""

    def flag(self, name: str) -> bool:
        """Whether something is so."""
        ...


def troubles_update(platform: Platform, troubles: Set[PlatformTrouble]) -> RawUpdate:
    """Make the inbox's entry of what is wrong; each is another."""
    told = {TROUBLES: {trouble.value: True for trouble in troubles}}
    return RawUpdate(
        platform=platform,
        update_id=f"troubles-{secrets.token_hex(8)}",
        lane=f"{platform}:troubles",
        payload=json.dumps(told).encode(),
    )


def read_troubles(platform: Platform, told: Told) -> IncomingTroubles:
    """Read what the bridge itself has told under `TROUBLES`."""
    troubles = frozenset(trouble for trouble in PlatformTrouble if told.flag(trouble.value))
    return IncomingTroubles(platform=platform, troubles=troubles)
