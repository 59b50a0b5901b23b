"""The keyboard with which somebody tells with one press where they are.

It comes with a short message of its own below the question, which has its buttons already. Clients
put a keyboard away together with the message that brought it, so nothing more has to be said.

Source: Bot API, KeyboardButton ("request_location ... available in private chats only"); TDLib
issue 1173 on what becomes of the keyboard.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from telegram import KeyboardButton, ReplyKeyboardMarkup
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot.bridges.telegram.addresses import Address
from bot.bridges.telegram.changes import Changes
from bot.bridges.telegram.errors import is_refused_removal
from bot.bridges.telegram.limits import Wish
from bot.domain.outgoing import OutgoingMessage, PlaceRequest

log = structlog.get_logger("telegram")


@dataclass(frozen=True, kw_only=True)
class PlaceKeyboards:
    """Opens and closes keyboards; raises what the library raises, and TemporaryFailure."""

    bot: ExtBot[Wish]
    changes: Changes

    async def fit(
        self, where: Address, standing: Sequence[int], message: OutgoingMessage
    ) -> Sequence[int]:
        """Let the keyboard be there if the message asks for a place, and not otherwise.

        Args:
            where: The chat.
            standing: The messages that have brought a keyboard there for this question.
            message: What is shown now.

        Returns:
            The messages that bring one now.
        """
        if message.asks_place is not None and where.is_private:
            return standing or await self._open(where, message.asks_place)
        for number in standing:
            await self._close(where, number)
        return ()

    async def _open(self, where: Address, asked: PlaceRequest) -> Sequence[int]:
        button = KeyboardButton(asked.label, request_location=True)
        keyboard = ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)
        try:
            sent = await self.bot.send_message(
                where.chat_id,
                asked.says,
                disable_notification=True,
                reply_markup=keyboard,
                rate_limit_args=Wish(is_next_part=True),
            )
        except BadRequest as refusal:
            # The place can be told in words, and the question stands there.
            log.warning("telegram.no_place_keyboard", reason=refusal.message)
            return ()
        return (sent.message_id,)

    async def _close(self, where: Address, number: int) -> None:
        """Take it away; one too old for that is left, and its press is answered all the same."""
        try:
            await self.changes.remove(where, number, Wish(is_next_part=True))
        except BadRequest as refusal:
            if not is_refused_removal(refusal):
                raise
