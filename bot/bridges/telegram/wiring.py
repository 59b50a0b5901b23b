"""Putting the bridge together."""

from collections.abc import Sequence

from telegram import Bot

from bot.bridges.telegram.client import TelegramBridge, make_bot
from bot.bridges.telegram.hearing import Hearing, hear_by_polling, hear_by_webhook
from bot.bridges.telegram.meeting import Unmet
from bot.domain.introductions import Introduction
from bot.ports.clock import Clock
from bot.ports.media import MediaStore
from bot.settings.options import TelegramOptions


def make_bridge(
    token: str,
    options: TelegramOptions,
    *,
    clock: Clock,
    media: MediaStore,
    introductions: Sequence[Introduction],
    unmet: Unmet,
) -> TelegramBridge:
    """Make the bridge for an account; nothing is opened or asked yet.

    Args:
        token: What opens the account.
        options: Where the service is, and how its updates come.
        clock: Time.
        media: The bot's files.
        introductions: How the bot presents itself, in each language.
        unmet: Tells which rooms to look at once it runs.
    """
    bot = make_bot(token, clock=clock, api_base=options.api_base)
    return TelegramBridge(
        bot=bot,
        ears=_hearing(bot, options, clock),
        media=media,
        clock=clock,
        introductions=introductions,
        unmet=unmet,
    )


def _hearing(bot: Bot, options: TelegramOptions, clock: Clock) -> Hearing:
    if options.webhook_url is None:
        return hear_by_polling(bot, clock)
    secret = options.webhook_secret.get_secret_value() if options.webhook_secret else None
    return hear_by_webhook(bot, clock, url=options.webhook_url, secret=secret)
