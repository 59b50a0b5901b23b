"""What the keeper of keys has to know beside keys: when, of whom, and what was told already."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

import structlog

from bot.ports.clock import Clock

UNWEDGED_EVERY = timedelta(hours=1)
_REMEMBERED = 1_000

log = structlog.get_logger("matrix")


class Device(Protocol):
    """Somebody's device, as the library knows it."""

    @property
    def user_id(self) -> str:
        """Whose it is."""

    @property
    def device_id(self) -> str:
        """What it is called."""

    @property
    def curve25519(self) -> str:
        """By which it talks to other devices."""

    @property
    def ed25519(self) -> str:
        """By which it signs."""


@dataclass(kw_only=True)
class Care:
    """What the keeper of keys has to know beside keys; it outlives a loading of them.

    Attributes:
        sign_for: Stands for a device in the log and in what is kept, where no key shall stand:
            everybody can ask a homeserver whose it is.
        unwedged: When a device was last given a new session, in seconds since 1970; by its sign.
    """

    clock: Clock
    sign_for: Callable[[str], str]
    unwedged: dict[str, float] = field(default_factory=dict)
    has_news: bool = False
    _told: set[str] = field(default_factory=set)

    def may_unwedge(self, device: Device) -> bool:
        """Whether a device may have a new session now; if so it is noted that it got one."""
        now, name = self.clock.now().timestamp(), self.sign_for(device.curve25519)
        if now - self.unwedged.get(name, 0.0) < UNWEDGED_EVERY.total_seconds():
            return False
        oldest = now - UNWEDGED_EVERY.total_seconds()
        self.unwedged = {who: at for who, at in self.unwedged.items() if at > oldest}
        if len(self.unwedged) >= _REMEMBERED:
            return False
        self.unwedged[name] = now
        self.has_news = True
        return True

    def tell_of_change(self, device: Device) -> None:
        """Say once that a device comes with other keys than it had."""
        if device.ed25519 not in self._told and len(self._told) < _REMEMBERED:
            self._told.add(device.ed25519)
            fix = "nothing; if it was their own doing, they sign out there and in as a new device"
            log.error("matrix.device_keys_changed", key=self.sign_for(device.ed25519), fix=fix)
