"""Single changes of what stands there; each may be made twice."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from telegram import InlineKeyboardMarkup, InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot.bridges.telegram.addresses import Address
from bot.bridges.telegram.errors import (
    is_about_entities,
    is_already_gone,
    is_decided,
    is_not_pinned,
    is_pinned_already,
    is_refused_removal,
    is_unchanged,
    is_without_buttons,
)
from bot.bridges.telegram.limits import Wish
from bot.bridges.telegram.markup import Formatted
from bot.bridges.telegram.posting import NO_PREVIEW

STONE = Formatted("…")
"""What a part becomes that is no longer needed and can't be deleted."""


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Changes one message at a time.

    Raises what the library raises, and TemporaryFailure if it is too early.
    """

    bot: ExtBot[Wish]

    async def text(
        self,
        where: Address,
        number: int,
        words: Formatted,
        keyboard: InlineKeyboardMarkup | None,
        wish: Wish,
    ) -> None:
        """Change a text and its buttons.

        Raises:
            BadRequest: It is gone, or `is_no_text`.
        """

        async def change(said: Formatted) -> None:
            await self.bot.edit_message_text(
                said.text,
                where.chat_id,
                number,
                entities=said.entities,
                link_preview_options=NO_PREVIEW,
                reply_markup=keyboard,
                rate_limit_args=wish,
            )

        await _with_looks_or_without(change, words)

    async def caption(
        self,
        where: Address,
        number: int,
        words: Formatted,
        keyboard: InlineKeyboardMarkup | None,
        wish: Wish,
    ) -> None:
        """Change what stands below a file, and its buttons.

        Raises:
            BadRequest: It is gone, or `is_no_file`.
        """

        async def change(said: Formatted) -> None:
            await self.bot.edit_message_caption(
                where.chat_id,
                number,
                caption=said.text,
                caption_entities=said.entities,
                reply_markup=keyboard,
                rate_limit_args=wish,
            )

        await _with_looks_or_without(change, words)

    async def cover(
        self,
        where: Address,
        number: int,
        words: Formatted,
        keyboard: InlineKeyboardMarkup | None,
    ) -> None:
        """Put a grey picture in place of a file.

        Raises:
            BadRequest: Nothing can take its place, as with a voice; its words are changed.
        """

        async def put(kind: type[InputMediaPhoto | InputMediaDocument]) -> None:
            async def change(said: Formatted) -> None:
                await self.bot.edit_message_media(
                    kind(_grey(), caption=said.text, caption_entities=said.entities),
                    where.chat_id,
                    number,
                    reply_markup=keyboard,
                    rate_limit_args=Wish(is_next_part=True),
                )

            await _with_looks_or_without(change, words)

        try:
            await put(InputMediaPhoto)
        except BadRequest:
            # Within an album of files only a file can take the place.
            try:
                await put(InputMediaDocument)
            except BadRequest:
                await self.caption(where, number, words, keyboard, Wish(is_next_part=True))
                raise

    async def remove(self, where: Address, number: int, wish: Wish) -> None:
        """Delete a message; one already gone is no error."""
        try:
            await self.bot.delete_message(where.chat_id, number, rate_limit_args=wish)
        except BadRequest as refusal:
            if not is_already_gone(refusal):
                raise

    async def buttons(
        self, where: Address, number: int, keyboard: InlineKeyboardMarkup | None
    ) -> None:
        """Change the buttons alone; a part of an album has none, and that is no error."""
        try:
            await self.bot.edit_message_reply_markup(
                where.chat_id, number, reply_markup=keyboard, rate_limit_args=Wish()
            )
        except BadRequest as refusal:
            if not is_unchanged(refusal) and not is_without_buttons(refusal):
                raise

    async def react(self, where: Address, number: int, emoji: Sequence[str]) -> None:
        """Set one emoji on a message in place of an earlier one; none takes it away."""
        await self.bot.set_message_reaction(where.chat_id, number, emoji[:1])

    async def pin(self, where: Address, number: int) -> None:
        """Hang a message up without a sound; one that hangs already is no error."""
        try:
            await self.bot.pin_chat_message(where.chat_id, number, disable_notification=True)
        except BadRequest as refusal:
            if not is_pinned_already(refusal):
                raise

    async def unpin(self, where: Address, number: int) -> None:
        """Take a message down; one that does not hang is no error."""
        try:
            await self.bot.unpin_chat_message(where.chat_id, number)
        except BadRequest as refusal:
            if not is_not_pinned(refusal):
                raise

    async def admit(self, where: Address, user: int) -> None:
        """Let somebody in who asks to be; what was decided otherwise by now is no error."""
        await _unless_decided(self.bot.approve_chat_join_request(where.chat_id, user))

    async def reject(self, where: Address, user: int) -> None:
        """Leave somebody outside; what was decided otherwise by now is no error."""
        await _unless_decided(self.bot.decline_chat_join_request(where.chat_id, user))

    async def drop(self, where: Address, number: int) -> None:
        """Delete a part that is no longer needed; an old one at least says nothing any more."""
        try:
            await self.remove(where, number, Wish(is_next_part=True))
        except BadRequest as refusal:
            if not is_refused_removal(refusal):
                raise
            await self.text(where, number, STONE, None, Wish(is_next_part=True))


async def _with_looks_or_without(
    change: Callable[[Formatted], Awaitable[None]], words: Formatted
) -> None:
    """Change words; where Telegram refuses their looks, the words alone."""
    try:
        await _unless_unchanged(change, words)
    except BadRequest as refusal:
        if not (words.entities and is_about_entities(refusal)):
            raise
        await _unless_unchanged(change, Formatted(words.text))


async def _unless_unchanged(
    change: Callable[[Formatted], Awaitable[None]], words: Formatted
) -> None:
    try:
        await change(words)
    except BadRequest as refusal:
        if not is_unchanged(refusal):
            raise


async def _unless_decided(answer: Awaitable[bool]) -> None:
    try:
        await answer
    except BadRequest as refusal:
        if not is_decided(refusal):
            raise


def _grey() -> bytes:
    made = BytesIO()
    Image.new("RGB", (320, 200), "#d0d0d0").save(made, "PNG")
    return made.getvalue()
