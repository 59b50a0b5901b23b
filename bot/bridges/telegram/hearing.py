"""All that comes in from Telegram: updates by polling or webhook, and what they say."""

import asyncio
import hmac
import re
from dataclasses import dataclass
from datetime import datetime

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.bridges.telegram.inbound import read
from bot.bridges.telegram.intake import Intake
from bot.bridges.telegram.polling import ANSWER_WITHIN_S, Polling
from bot.bridges.telegram.requests import Requests
from bot.bridges.telegram.rooms import Account
from bot.bridges.telegram.updates import is_about_the_bot
from bot.bridges.telegram.webhook import PREFIX, Webhook
from bot.domain.incoming import Incoming, RawUpdate
from bot.ports.bridge import Accept
from bot.ports.clock import Clock

log = structlog.get_logger("telegram")

_NOT_IN_A_SECRET = re.compile(r"[^A-Za-z0-9_-]")


@dataclass(kw_only=True)
class Hearing:
    """Hears one account's updates.

    Attributes:
        source: How they come.
        account: Whose they are; learnt before the first is asked for, and again with each update
            that tells of the bot itself.
    """

    bot: Bot
    source: Polling | Webhook
    intake: Intake
    account: Account

    @property
    def last_round_trip(self) -> datetime | None:
        """When Telegram was last heard, None if it never was."""
        return self.intake.last_round_trip

    def private_link(self, payload: str) -> str:
        """Return where people begin a chat with the bot; without a name the payload is lost."""
        me = self.account
        if me.username:
            return f"https://t.me/{me.username}?start={payload}"
        return f"tg://user?id={me.id}"

    @property
    def webhook(self) -> Webhook | None:
        """What Telegram brings its updates to; None if they are asked for."""
        return self.source if isinstance(self.source, Webhook) else None

    async def run(self, accept: Accept) -> None:
        """Offer updates in order, each at least once, until cancelled."""
        await self._learn_name(accept)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.source.run(self.keeper(accept)))
            tasks.create_task(self.intake.answer_presses(self.bot))

    def parse(self, payload: bytes) -> Incoming | None:
        """Read one update; None if it is nothing that concerns the bot.

        Raises:
            MalformedUpdate: It is not what Telegram sends.
        """
        return read(payload, self.account)

    def keeper(self, accept: Accept) -> Accept:
        """Return what takes updates, once what they are read by is known."""

        async def keep(update: RawUpdate) -> None:
            if is_about_the_bot(update):
                await self._learn_again()
            await accept(update)

        return keep

    async def _learn_name(self, accept: Accept) -> None:
        """Ask what the bot is called: commands that name another are not its own."""
        while True:
            try:
                await self._learn()
            except TelegramError as error:
                await self.intake.failed(error, accept)
                continue
            await self.intake.answered(accept)
            return

    async def _learn_again(self) -> None:
        """Ask whether the privacy mode was changed, if that can be told now.

        Who changes it has to let the bot in again, which is an update about the bot.
        """
        try:
            await self._learn()
        except TelegramError as error:
            log.info("telegram.account_not_known", reason=type(error).__name__)

    async def _learn(self) -> None:
        me = await self.bot.get_me()
        self.account = Account(
            id=me.id,
            username=me.username or "",
            reads_all=bool(me.can_read_all_group_messages),
        )


def hear_by_polling(bot: Bot, clock: Clock) -> Hearing:
    """Ask for updates over and over; needs nothing but a way out."""
    intake = Intake(clock=clock)
    request = Requests(1, answer_within_s=ANSWER_WITHIN_S)
    source = Polling(request=request, base_url=bot.base_url, intake=intake)
    return Hearing(bot=bot, source=source, intake=intake, account=_account_of(bot))


def hear_by_webhook(bot: Bot, clock: Clock, *, url: str, secret: str | None) -> Hearing:
    """Have updates brought to a public address; `source.handle` has to be mounted there.

    Args:
        bot: Whose updates.
        clock: Time.
        url: The address; without `/telegram/` in its path it gets one that nobody guesses.
        secret: What Telegram shows with each update; None makes one of the token.
    """
    intake = Intake(clock=clock)
    source = Webhook(
        bot=bot,
        url=whole_url(url, bot.token),
        secret=secret_of(bot.token, secret),
        intake=intake,
    )
    return Hearing(bot=bot, source=source, intake=intake, account=_account_of(bot))


def secret_of(token: str, configured: str | None) -> str:
    """Return what proves that an update comes from Telegram; all workers make the same of a token.

    Args:
        token: The account's.
        configured: What the operator wants it to be, if anything.
    """
    if configured:
        return _NOT_IN_A_SECRET.sub("_", configured)[:256]
    return hmac.new(token.encode(), b"telegram webhook", "sha256").hexdigest()


def whole_url(url: str, token: str) -> str:
    """Return an address whose path begins with `/telegram/`, the same for all workers."""
    if PREFIX in url:
        return url
    return f"{url}{PREFIX}{hmac.new(token.encode(), b'telegram path', 'sha256').hexdigest()[:32]}"


def _account_of(bot: Bot) -> Account:
    """Return the account as its token tells it."""
    number = bot.token.partition(":")[0]
    return Account(id=int(number) if number.isdecimal() else 0)
