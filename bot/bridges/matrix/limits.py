"""Staying away from a homeserver that has had enough.

It says for how long itself; each kind of request is counted apart, so only its own kind waits.
Whoever comes meanwhile is sent back at once, to wait in the outbox.

Source: Synapse, `rc_message`, `rc_room_creation`, `rc_invites`; others count alike.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

import structlog

from bot.bridges.matrix.errors import RETRY_S, Refusal
from bot.errors import PlatformAway
from bot.ports.clock import Clock

SCARCE_FOR = timedelta(minutes=10)

log = structlog.get_logger("matrix")


class Bucket(StrEnum):
    """What a homeserver counts together."""

    MESSAGES = "messages"
    ROOMS = "rooms"
    JOINS = "joins"
    FILES = "files"


@dataclass(kw_only=True)
class Limits:
    """Until when each kind of request has to wait."""

    clock: Clock
    _until: dict[Bucket, datetime] = field(default_factory=dict)
    _was_told: bool = False

    def is_scarce(self, bucket: Bucket) -> bool:
        """Whether lately something of a kind was too much: then comforts are left undone."""
        until = self._until.get(bucket)
        return until is not None and self.clock.now() - until < SCARCE_FOR

    def wait_s(self, bucket: Bucket) -> float:
        """Return for how long nothing of a kind may be asked."""
        until = self._until.get(bucket)
        if until is None:
            return 0.0
        left = (until - self.clock.now()).total_seconds()
        return max(0.0, left)

    @asynccontextmanager
    async def asking(self, bucket: Bucket) -> AsyncIterator[None]:
        """Ask for something within the block, or not at all.

        Raises:
            PlatformAway: Not now, and nothing was asked; `retry_after_s` says when.
        """
        wait_s = self.wait_s(bucket)
        if wait_s > 0:
            raise PlatformAway("not yet", retry_after_s=wait_s)
        try:
            yield
        except Refusal as refusal:
            if refusal.is_limit:
                self._pause(bucket, refusal.retry_after_s or RETRY_S)
            raise

    def _pause(self, bucket: Bucket, wait_s: float) -> None:
        self._until[bucket] = self.clock.now() + timedelta(seconds=wait_s)
        if not self._was_told:
            self._was_told = True
            fix = "see docs/matrix.md on limits: the homeserver can lift them for the bot"
            log.warning("matrix.limited", what=bucket.value, wait_s=wait_s, fix=fix)
