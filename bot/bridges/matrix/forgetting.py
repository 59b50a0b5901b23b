"""Letting go of somebody who is forgotten: their devices, and the private chat with them."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field

import structlog

from bot.bridges.matrix.encryption import Encryption
from bot.bridges.matrix.errors import MatrixError
from bot.bridges.matrix.privates import Privates
from bot.ports.clock import Clock

AGAIN_AFTER_S = 60.0

log = structlog.get_logger("matrix")


@dataclass(kw_only=True)
class Forgetting:
    """Forgets accounts: here at once, and at the homeserver as soon as it answers."""

    clock: Clock
    privates: Privates
    encryption: Encryption
    _leaving: dict[str, None] = field(default_factory=dict)
    _settling: set[str] = field(default_factory=set)
    _wanted: asyncio.Event = field(default_factory=asyncio.Event)

    def accounts(self) -> Collection[str]:
        """Return those with whom the bot has a private chat."""
        return self.privates.accounts()

    def forget(self, user_id: str) -> None:
        """Erase somebody's devices now, and end the private chat with them soon."""
        self.encryption.forget(user_id)
        self._leaving[user_id] = None
        self._wanted.set()

    async def run(self) -> None:
        """End the private chats that are to end, until cancelled."""
        while True:
            self._wanted.clear()
            settling, self._settling = self._settling, set()
            for user_id in sorted(settling - self._leaving.keys()):
                self._erase_again(user_id)
            await self._end_all()
            await self.clock.wait(self._wanted, at_most_s=AGAIN_AFTER_S)

    async def _end_all(self) -> None:
        """End the private chats up to one that can't be ended now: nor could the others, then."""
        for user_id in list(self._leaving):
            try:
                await self._end(user_id)
            except MatrixError as error:
                log.info("matrix.private_chat_not_ended", reason=str(error))
                # The next time others come first: it may be this chat alone that fails.
                del self._leaving[user_id]
                self._leaving[user_id] = None
                return

    async def _end(self, user_id: str) -> None:
        for room_id in await self.privates.end(user_id):
            self.encryption.leave(room_id)
        self._erase_again(user_id)
        self._leaving.pop(user_id, None)
        # An answer that was on its way still told of the chat.
        self._settling.add(user_id)

    def _erase_again(self, user_id: str) -> None:
        """Erase what was learnt anew in the private chat; who is in other rooms needs theirs."""
        if not self.encryption.is_met(user_id):
            self.encryption.forget(user_id)
