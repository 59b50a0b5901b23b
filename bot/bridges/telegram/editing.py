"""Changing what stands there.

Telegram does not tell what a message consists of; a refused change does: a text has no caption,
and a file no text. Every way through here may be gone twice and shows the same at its end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import InlineKeyboardMarkup
from telegram.error import BadRequest, TelegramError

from bot.bridges.telegram.addresses import Address
from bot.bridges.telegram.changes import STONE, Changes
from bot.bridges.telegram.errors import (
    is_gone,
    is_no_file,
    is_no_text,
    is_refused_removal,
    is_too_long,
)
from bot.bridges.telegram.forms import takes_words
from bot.bridges.telegram.layout import NOTHING, Layout, lay_out
from bot.bridges.telegram.limits import Wish
from bot.bridges.telegram.markup import Formatted
from bot.bridges.telegram.posting import Posting, in_words
from bot.domain.outgoing import OutgoingMessage
from bot.errors import PermanentFailure, TemporaryFailure


class _OtherShape(Exception):
    """A part is a file where a text was expected, or somebody has deleted it."""


@dataclass(frozen=True, kw_only=True)
class Editing:
    """Edits messages; raises what the library raises, and TemporaryFailure if it is too early.

    Attributes:
        shrink: How many times smaller than allowed the parts shall be.
    """

    changes: Changes
    posting: Posting
    shrink: int = 1

    async def edit(
        self, where: Address, numbers: Sequence[int], message: OutgoingMessage
    ) -> list[int]:
        """Show a message where another stands; return the numbers of its parts."""
        try:
            return await self._edit(where, numbers, message)
        except BadRequest as refusal:
            if not is_too_long(refusal) or self.shrink > 1:
                raise
        return await replace(self, shrink=2).edit(where, numbers, message)

    async def _edit(
        self, where: Address, numbers: Sequence[int], message: OutgoingMessage
    ) -> list[int]:
        if not message.media and not message.keeps_media:
            return await self._show_text(where, numbers, message)
        question = Wish(urgent=message.urgent)
        if message.media and not await self._has_files(where, numbers, message, question):
            return await self._show_files(where, numbers, message)
        files = len(message.media) or await self._count_files(where, numbers, question)
        if not takes_words(message.media):
            return await self._show_text(where, numbers, message, files=files)
        layout = self._lay_out(message, files=files)
        wish = Wish(urgent=message.urgent, to_come=len(layout.texts))
        try:
            await self.changes.caption(
                where, numbers[0], layout.caption, layout.caption_keyboard, wish
            )
        except BadRequest as refusal:
            if not is_no_file(refusal):
                raise
            if message.media:
                return await self._show_files(where, numbers, message)
            return await self._show_text(where, numbers, message)
        return await self._show_text(where, numbers, message, files=files)

    async def _show_files(
        self, where: Address, numbers: Sequence[int], message: OutgoingMessage
    ) -> list[int]:
        """Show files where there are none; in a chat that wants none their names stay."""
        if self.posting.refuses_files(where):
            return await self._show_text(where, numbers, in_words(message))
        return await self._place_anew(where, numbers, message)

    async def _show_text(
        self, where: Address, numbers: Sequence[int], message: OutgoingMessage, *, files: int = 0
    ) -> list[int]:
        try:
            return await self._show_texts(where, numbers, message, files=files)
        except _OtherShape:
            return await self._place_anew(where, numbers, message)

    async def _show_texts(
        self, where: Address, numbers: Sequence[int], message: OutgoingMessage, *, files: int
    ) -> list[int]:
        """Change texts one by one; surplus ones go, missing ones come last."""
        layout = self._lay_out(message, files=files)
        if not files and not layout.texts:
            raise PermanentFailure("there is nothing to show")
        there = list(numbers[files:])
        to_come = max(len(there), len(layout.texts)) - 1
        is_begun = files > 0 and takes_words(message.media)
        wish = Wish(urgent=message.urgent, to_come=to_come, is_next_part=is_begun)
        for index, (number, words) in enumerate(zip(there, layout.texts, strict=False)):
            try:
                await self.changes.text(where, number, words, layout.keyboard_below(index), wish)
            except BadRequest as refusal:
                if is_no_text(refusal) or (is_gone(refusal) and number != numbers[0]):
                    raise _OtherShape from refusal
                raise
            wish = Wish(urgent=message.urgent, is_next_part=True)
        for number in there[len(layout.texts) :]:
            await self.changes.drop(where, number)
        kept = [*numbers[:files], *there[: len(layout.texts)]]
        return kept + await self.posting.post_texts(
            where, message, layout, after=kept, skip=len(there)
        )

    async def _place_anew(
        self, where: Address, numbers: Sequence[int], message: OutgoingMessage
    ) -> list[int]:
        """Post the message again and take the old one away: a file can't become a text."""
        silent = replace(message, silent=True)
        placed = await self.posting.post(where, silent, then=len(numbers))
        try:
            # The first part goes last: as long as it stands, this can be done again.
            for number in reversed(numbers):
                await self.changes.remove(where, number, Wish(is_next_part=True))
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
        layout = self._lay_out(message, files=1)
        words, keyboard, refused = layout.caption, layout.caption_keyboard, None
        for number in numbers:
            try:
                await self._cover_part(where, number, words, keyboard)
            except BadRequest as refusal:
                # Somebody has to delete it by hand, but nothing else need stand there until then.
                refused = refused or refusal
            else:
                words, keyboard = NOTHING, None
        if refused is not None:
            raise refused
        rest = await self.posting.post_texts(where, message, layout, after=numbers, skip=0)
        return [*numbers, *rest]

    async def _cover_part(
        self,
        where: Address,
        number: int,
        words: Formatted,
        keyboard: InlineKeyboardMarkup | None,
    ) -> None:
        wish = Wish(is_next_part=True)
        try:
            await self.changes.text(where, number, words if words.text else STONE, keyboard, wish)
        except BadRequest as refusal:
            if not is_no_text(refusal):
                raise
            await self.changes.cover(where, number, words, keyboard)

    def _lay_out(self, message: OutgoingMessage, *, files: int) -> Layout:
        return lay_out(message, files=files, shrink=self.shrink)

    async def _count_files(self, where: Address, numbers: Sequence[int], question: Wish) -> int:
        """Return how many of a message's parts are files, the first being taken for one."""
        for index, number in enumerate(numbers[1:], start=1):
            if not await self._is_later_file(where, number, question):
                return index
        return len(numbers)

    async def _has_files(
        self, where: Address, numbers: Sequence[int], message: OutgoingMessage, question: Wish
    ) -> bool:
        """Whether the first parts are files, as far as that can be known without the first."""
        count = len(message.media)
        if count > len(numbers):
            return False
        return count == 1 or await self._is_later_file(where, numbers[count - 1], question)

    async def _is_later_file(self, where: Address, number: int, question: Wish) -> bool:
        """Whether a part after the first is a file.

        None of them ever has a caption, so to take it away changes nothing. Nothing is begun by
        it either: whoever comes too early goes back and keeps no hand waiting.
        """
        try:
            await self.changes.caption(where, number, NOTHING, None, question)
        except BadRequest as refusal:
            if not is_no_file(refusal) and not is_gone(refusal):
                raise
            return False
        return True
