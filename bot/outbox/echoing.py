"""Setting emoji in the name of people who sit in other rooms."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.messages import MessageRef
from bot.domain.outgoing import OutgoingMessage
from bot.domain.reactions import Counted, echoed
from bot.ports.bridge import Bridge


@dataclass(frozen=True)
class Echoing:
    """The bot's own emoji on one platform: as many as it may, of those that it may."""

    bridge: Bridge

    async def settle(self, target: MessageRef | None, felt: Sequence[Counted]) -> None:
        """Stand in, on somebody's line, for those who feel something elsewhere."""
        if target is not None and self.bridge.capabilities.reactions:
            await self.bridge.react(target, self._chosen([one.emoji for one in felt]))

    async def stand_in(
        self, parts: Sequence[MessageRef], message: OutgoingMessage
    ) -> Sequence[MessageRef]:
        """Show on a copy what its buttons can't count, for they come only with the words."""
        if parts and self.bridge.capabilities.reactions:
            await self.bridge.react(parts[0], self._chosen(message.echoes))
        return parts

    def _chosen(self, emoji: Sequence[str]) -> Sequence[str]:
        able = self.bridge.capabilities
        return echoed(emoji, at_most=able.reactions, allowed=able.reaction_emoji)
