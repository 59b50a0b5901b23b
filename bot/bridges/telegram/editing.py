"""Changing what stands there.

Telegram does not tell what a message consists of; a refused change does: a text has no caption,
and a file no text. Every way through here may be gone twice and shows the same at its end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from telegram import InlineKeyboardMarkup, InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.bridges.telegram.addresses import Address
from bot.bridges.telegram.errors import (
    is_about_entities,
    is_already_gone,
    is_no_file,
    is_no_text,
    is_refused_removal,
    is_unchanged,
)
from bot.bridges.telegram.layout import lay_out
from bot.bridges.telegram.limits import Wish
from bot.bridges.telegram.markup import Formatted
from bot.bridges.telegram.posting import NO_PREVIEW, NO_WORDS, Posting
from bot.domain.outgoing import OutgoingMessage
from bot.errors import PermanentFailure, TemporaryFailure

STONE = Formatted("…")
"""What a part becomes that is no longer needed and can't be deleted."""


@dataclass(frozen=True, kw_only=True)
class Editing:
    """Edits messages; raises what the library raises, and TemporaryFailure if it is too early."""

    bot: ExtBot[Wish]
    posting: Posting

    async def edit(
        self, where: Address, numbers: Sequence[int], message: OutgoingMessage
    ) -> list[int]:
        """Show a message where another stands; return the numbers of its parts."""
        if not message.media and not message.keeps_media:
            return await self._show_text(where, numbers, message)
        files = len(message.media) or await self._count_files(where, numbers)
        layout = lay_out(message, files=files)
        wish = Wish(urgent=message.urgent, to_come=len(layout.texts))
        try:
            await self._change_caption(
                where, numbers[0], layout.caption, layout.caption_keyboard, wish
            )
        except BadRequest as refusal:
            if not is_no_file(refusal):
                raise
            if message.media:
                return await self._place_anew(where, numbers, message)
            return await self._show_text(where, numbers, message)
        return await self._show_texts(where, numbers, message, files=files)

    async def remove(self, where: Address, number: int) -> None:
        """Delete a message; one already gone is no error."""
        try:
            await self.bot.delete_message(where.chat_id, number)
        except BadRequest as refusal:
            if not is_already_gone(refusal):
                raise

    async def _show_text(
        self, where: Address, numbers: Sequence[int], message: OutgoingMessage
    ) -> list[int]:
        try:
            return await self._show_texts(where, numbers, message, files=0)
        except BadRequest as refusal:
            if not is_no_text(refusal):
                raise
        return await self._place_anew(where, numbers, message)

    async def _show_texts(
        self, where: Address, numbers: Sequence[int], message: OutgoingMessage, *, files: int
    ) -> list[int]:
        """Change texts one by one; surplus ones go, missing ones come last."""
        layout = lay_out(message, files=files)
        if not files and not layout.texts:
            raise PermanentFailure("there is nothing to show")
        there = list(numbers[files:])
        wish = Wish(urgent=message.urgent, is_next_part=files > 0)
        for index, (number, words) in enumerate(zip(there, layout.texts, strict=False)):
            await self._change_text(where, number, words, layout.keyboard_below(index), wish)
            wish = Wish(urgent=message.urgent, is_next_part=True)
        for number in there[len(layout.texts) :]:
            await self._drop(where, number)
        kept = [*numbers[:files], *there[: len(layout.texts)]]
        return kept + await self.posting.post_texts(where, message, layout, skip=len(there))

    async def _place_anew(
        self, where: Address, numbers: Sequence[int], message: OutgoingMessage
    ) -> list[int]:
        """Post the message again and take the old one away: a file can't become a text."""
        placed = await self.posting.post(where, message)
        try:
            # The first part goes last: as long as it stands, this can be done again.
            for number in reversed(numbers):
                await self.remove(where, number)
        except (TelegramError, TemporaryFailure) as failure:
            await self.posting.remove(where, placed)
            if not (isinstance(failure, TelegramError) and is_refused_removal(failure)):
                raise
            return await self._cover(where, numbers, message)
        return placed

    async def _cover(
        self, where: Address, numbers: Sequence[int], message: OutgoingMessage
    ) -> list[int]:
        """Put a grey picture in place of files that can't be deleted, with the text below it."""
        layout = lay_out(message, files=1)
        captions = [layout.caption, *[NO_WORDS] * (len(numbers) - 1)]
        keyboards = [layout.caption_keyboard, *[None] * (len(numbers) - 1)]
        for number, words, keyboard in zip(numbers, captions, keyboards, strict=True):
            await self._cover_one(where, number, words, keyboard)
        return [*numbers, *await self.posting.post_texts(where, message, layout, skip=0)]

    async def _cover_one(
        self,
        where: Address,
        number: int,
        words: Formatted,
        keyboard: InlineKeyboardMarkup | None,
    ) -> None:
        async def put(kind: type[InputMediaPhoto | InputMediaDocument]) -> None:
            await self.bot.edit_message_media(
                kind(_grey(), caption=words.text, caption_entities=words.entities),
                where.chat_id,
                number,
                reply_markup=keyboard,
                rate_limit_args=Wish(is_next_part=True),
            )

        try:
            await put(InputMediaPhoto)
        except BadRequest:
            # Within an album of files only a file can take the place.
            await put(InputMediaDocument)

    async def _count_files(self, where: Address, numbers: Sequence[int]) -> int:
        """Return how many of a message's parts are files, the first being taken for one.

        Parts after the first never have a caption, so to take it away changes nothing.
        """
        for index, number in enumerate(numbers[1:], start=1):
            try:
                await self._change_caption(where, number, NO_WORDS, None, Wish(is_next_part=True))
            except BadRequest as refusal:
                if is_no_file(refusal):
                    return index
                raise
        return len(numbers)

    async def _change_text(
        self,
        where: Address,
        number: int,
        words: Formatted,
        keyboard: InlineKeyboardMarkup | None,
        wish: Wish,
    ) -> None:
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

        try:
            await change(words)
        except BadRequest as refusal:
            if is_unchanged(refusal):
                return
            if not (words.entities and is_about_entities(refusal)):
                raise
            await change(Formatted(words.text))

    async def _change_caption(
        self,
        where: Address,
        number: int,
        words: Formatted,
        keyboard: InlineKeyboardMarkup | None,
        wish: Wish,
    ) -> None:
        try:
            await self.bot.edit_message_caption(
                where.chat_id,
                number,
                caption=words.text,
                caption_entities=words.entities,
                reply_markup=keyboard,
                rate_limit_args=wish,
            )
        except BadRequest as refusal:
            if not is_unchanged(refusal):
                raise

    async def _drop(self, where: Address, number: int) -> None:
        try:
            await self.remove(where, number)
        except BadRequest as refusal:
            if not is_refused_removal(refusal):
                raise
            await self._change_text(where, number, STONE, None, Wish(is_next_part=True))


def _grey() -> bytes:
    made = BytesIO()
    Image.new("RGB", (320, 200), "#d0d0d0").save(made, "PNG")
    return made.getvalue()
