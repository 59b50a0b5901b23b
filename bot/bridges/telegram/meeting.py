"""Looking at the chats that the configuration names and in which the bot has been for longer.

Telegram tells of the bot's standing only when it changes. Who let it in before it was started, or
before the chat's number was written down, would never read what is missing there.
"""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import structlog
from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.bridges.telegram.addresses import address_of
from bot.domain.incoming import RawUpdate
from bot.domain.messages import Platform, RoomRef
from bot.errors import PermanentFailure, StorageUnavailable
from bot.ports.bridge import Accept
from bot.ports.clock import Clock

AGAIN_AFTER_S = 60.0

Unmet: TypeAlias = Callable[[], Awaitable[Sequence[RoomRef]]]
"""Returns the rooms of which the bot has never been told how it stands there."""

log = structlog.get_logger("telegram")


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """Tells the core of each such chat once, as if the bot had just come in."""

    bot: Bot
    unmet: Unmet
    clock: Clock

    async def run(self, accept: Accept) -> None:
        """Do it once, however long it takes; without it the bot works all the same."""
        while not await self._has_met_all(accept):
            await self.clock.sleep(AGAIN_AFTER_S)

    async def _has_met_all(self, accept: Accept) -> bool:
        try:
            for chat in sorted({_chat_of(room) for room in await self.unmet()} - {0}):
                await self._meet(chat, accept)
        except (TelegramError, StorageUnavailable) as error:
            # Whoever hears updates meets the same trouble, and tells the operator.
            log.info("telegram.rooms_not_looked_at", reason=type(error).__name__, fix="nothing")
            return False
        return True

    async def _meet(self, chat: int, accept: Accept) -> None:
        try:
            me = await self.bot.get_me()
            about = {
                "chat": (await self.bot.get_chat(chat)).to_dict(),
                "new_chat_member": (await self.bot.get_chat_member(chat, me.id)).to_dict(),
            }
        except (BadRequest, Forbidden) as refusal:
            fix = "let the bot into the chat, or correct its number in groups.toml"
            room = str(RoomRef(Platform.TELEGRAM, str(chat)))
            log.warning("telegram.not_in_room", room=room, reason=refusal.message, fix=fix)
            return
        update = RawUpdate(
            platform=Platform.TELEGRAM,
            update_id=f"standing-{chat}",
            lane=f"telegram:{chat}",
            payload=json.dumps({"update_id": 0, "my_chat_member": about}).encode(),
        )
        await accept(update)


def _chat_of(room: RoomRef) -> int:
    """Return a room's chat; 0, which none has, for what can be no room of Telegram's."""
    try:
        return address_of(room).chat_id
    except PermanentFailure:
        return 0
