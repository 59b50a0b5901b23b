"""Menus, description and profile, in each language."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

from bot.domain.introductions import Introduction, Offer
from bot.ports.clock import Clock

AGAIN_AFTER_S = 60.0
"""More than Telegram asks for when it has had enough of this."""

log = structlog.get_logger("telegram")


@dataclass(frozen=True, kw_only=True)
class Introducing:
    """Shows people what the bot is; what stands there already is not set again."""

    bot: Bot
    introductions: Sequence[Introduction]
    clock: Clock

    async def run(self) -> None:
        """Do it once, however long it takes; without it the bot works all the same."""
        for introduction in self.introductions:
            while not await self._is_introduced(introduction):
                await self.clock.sleep(AGAIN_AFTER_S)

    async def _is_introduced(self, introduction: Introduction) -> bool:
        try:
            await self._introduce(introduction)
        except TelegramError as error:
            # Whoever hears updates meets the same trouble, and tells the operator.
            log.info("telegram.not_introduced", reason=type(error).__name__, fix="nothing")
            return False
        return True

    async def _introduce(self, shown: Introduction) -> None:
        language = shown.language
        about = await self.bot.get_my_description(language)
        if about.description != shown.about:
            await self.bot.set_my_description(shown.about, language)
        in_short = await self.bot.get_my_short_description(language)
        if in_short.short_description != shown.in_short:
            await self.bot.set_my_short_description(shown.in_short, language)
        await self._offer(shown.in_private, BotCommandScopeAllPrivateChats(), language)
        await self._offer(shown.in_rooms, BotCommandScopeAllGroupChats(), language)
        await self._offer(
            shown.for_administrators, BotCommandScopeAllChatAdministrators(), language
        )

    async def _offer(
        self, offers: Sequence[Offer], scope: BotCommandScope, language: str | None
    ) -> None:
        wanted = tuple(BotCommand(offer.command, offer.says) for offer in offers)
        if await self.bot.get_my_commands(scope, language) != wanted:
            await self.bot.set_my_commands(wanted, scope, language)
