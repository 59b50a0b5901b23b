"""Hanging copies up at the top of their rooms, and taking them down."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from bot.domain.copies import Copy, Pin
from bot.domain.messages import MessageRef
from bot.domain.outgoing import OutgoingMessage
from bot.errors import PermanentFailure
from bot.ports.bridge import Bridge

log = structlog.get_logger("outbox")


@dataclass(frozen=True)
class Pinning:
    """Pins on one platform; a copy that is right by now is left alone."""

    bridge: Bridge

    def is_due(self, copy: Copy, parts: Sequence[MessageRef], message: OutgoingMessage) -> bool:
        """Whether a copy should hang and does not, or the other way round, and that can be had."""
        hangs = copy.pin_with(parts)
        if not self.bridge.capabilities.can_pin or hangs is Pin.REFUSED:
            return False
        return message.is_pinned_as(copy) is not (hangs is Pin.PINNED)

    async def settle(
        self, copy: Copy, message: OutgoingMessage | None, *, in_doubt: bool
    ) -> Pin | None:
        """Let a copy hang as what it shows now wants it; return how it does, None if as before.

        Args:
            copy: What hangs, or does not.
            message: What it shows; None if that is nothing any more, and nothing hangs.
            in_doubt: Nobody knows how an earlier attempt ended, so what is noted may be wrong.
        """
        if not copy.parts or not (in_doubt or self._is_noted_wrong(copy, message)):
            return None
        if copy.pin is Pin.REFUSED or not self.bridge.capabilities.can_pin:
            return None
        if message is not None and message.is_pinned_as(copy):
            await self.bridge.pin(copy.parts[0])
            return Pin.PINNED
        await self.bridge.unpin(copy.parts[0])
        return Pin.LOOSE

    def _is_noted_wrong(self, copy: Copy, message: OutgoingMessage | None) -> bool:
        return message is not None and self.is_due(copy, copy.parts, message)

    async def take_down(self, copy: Copy) -> None:
        """Let no stone hang at the top of a room, unless the platform insists."""
        if copy.pin is not Pin.PINNED or not copy.parts:
            return
        try:
            await self.bridge.unpin(copy.parts[0])
        except PermanentFailure as refusal:
            log.info("outbox.pin_refused", reason=str(refusal))
