"""Placing messages: all parts of one, or none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog
from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.bridges.telegram.addresses import Address
from bot.bridges.telegram.errors import is_about_entities, is_about_picture, is_too_long
from bot.bridges.telegram.layout import Layout, lay_out
from bot.bridges.telegram.limits import Wish
from bot.bridges.telegram.markup import Formatted
from bot.bridges.telegram.media import Files, Upload, groups_of, named
from bot.domain.outgoing import OutgoingMessage
from bot.domain.richtext import rich
from bot.errors import PermanentFailure, TemporaryFailure

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
"""A preview shows what nobody in the group has written, and takes the room of a card."""
FILE_TIMEOUT_S = 60.0

log = structlog.get_logger("telegram")


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How one of Telegram's messages is placed.

    Attributes:
        wish: What its limiter is told.
    """

    where: Address
    wish: Wish
    silent: bool
    answers: ReplyParameters | None = None
    keyboard: InlineKeyboardMarkup | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What is to be placed.

    Attributes:
        skip: How many of the texts stand there already.
        goes_on: The first parts of the message stand there.
        then: How many more requests will follow.
    """

    message: OutgoingMessage
    layout: Layout
    groups: Sequence[Sequence[Upload]] = ()
    skip: int = 0
    goes_on: bool = False
    then: int = 0

    @property
    def texts(self) -> Sequence[Formatted]:
        """The texts to be placed."""
        return self.layout.texts[self.skip :]

    def begin(self, where: Address) -> How:
        """Return how the first part is placed, all of them being to come.

        Raises:
            PermanentFailure: It has no parts.
        """
        parts = sum(map(len, self.groups)) + len(self.texts)
        if not parts:
            raise PermanentFailure("there is nothing to show")
        urgent, to_come = self.message.urgent, parts + self.then
        wish = Wish(urgent=urgent, to_come=to_come, is_next_part=self.goes_on)
        silent, answers = self.message.silent, _answers(self.message)
        return How(where=where, wish=wish, silent=silent, answers=answers)


@dataclass(frozen=True, kw_only=True)
class Posting:
    """Sends messages.

    Raises what the library raises, and TemporaryFailure if it is too early.
    """

    bot: ExtBot[Wish]
    files: Files

    async def post(self, where: Address, message: OutgoingMessage, *, then: int = 0) -> list[int]:
        """Place a message with its files; return the numbers of its parts.

        Args:
            where: Where to.
            message: What to say.
            then: How many more requests will follow at once for the same chat.
        """
        uploads = await self.files.fetch(message.media)
        there = [upload.media for upload in uploads]
        missing = [file for file in message.media if file not in there]
        if missing:
            message = replace(message, text=message.text + rich("\n" + named(missing)))
        try:
            return await self._place(_whole(message, uploads, then=then), where)
        except BadRequest as refusal:
            if not is_too_long(refusal):
                raise
        return await self._place(_whole(message, uploads, then=then, shrink=2), where)

    async def post_texts(
        self, where: Address, message: OutgoingMessage, layout: Layout, *, skip: int
    ) -> list[int]:
        """Place the texts after the first few, going on with a message that stands there."""
        if skip >= len(layout.texts):
            return []
        rest = replace(message, reply_to=None, silent=True)
        plan = _Plan(message=rest, layout=layout, skip=skip, goes_on=True)
        return await self._place(plan, where)

    async def remove(self, where: Address, numbers: Sequence[int]) -> None:
        """Take back what was placed a moment ago, as far as that succeeds."""
        for number in numbers:
            try:
                await self.bot.delete_message(
                    where.chat_id, number, rate_limit_args=Wish(is_next_part=True)
                )
            except (TelegramError, TemporaryFailure) as error:
                log.warning("telegram.part_left_behind", reason=type(error).__name__)

    async def _place(self, plan: "_Plan", where: Address) -> list[int]:
        how = plan.begin(where)
        placed: list[int] = []
        try:
            for group in plan.groups:
                how = _begin(how, len(group))
                words = NO_WORDS if placed else plan.layout.caption
                keyboard = None if placed else plan.layout.caption_keyboard
                placed += await self._post_group(group, words, replace(how, keyboard=keyboard))
                how = _next_part(how)
            for index, words in enumerate(plan.texts, start=plan.skip):
                how = replace(_begin(how, 1), keyboard=plan.layout.keyboard_below(index))
                placed.append(await self._post_text(words, how))
                how = _next_part(how)
        except (TelegramError, TemporaryFailure):
            # It will be sent again from the start, or never.
            await self.remove(where, placed)
            raise
        return placed

    async def _post_text(self, words: Formatted, how: How) -> int:
        try:
            return await self._send_text(words, how)
        except BadRequest as refusal:
            if not (words.entities and is_about_entities(refusal)):
                raise
        return await self._send_text(Formatted(words.text), how)

    async def _send_text(self, words: Formatted, how: How) -> int:
        sent = await self.bot.send_message(
            how.where.chat_id,
            words.text,
            entities=words.entities,
            link_preview_options=NO_PREVIEW,
            message_thread_id=how.where.topic_id,
            disable_notification=how.silent,
            reply_parameters=how.answers,
            reply_markup=how.keyboard,
            rate_limit_args=how.wish,
        )
        return sent.message_id

    async def _post_group(self, group: Sequence[Upload], words: Formatted, how: How) -> list[int]:
        try:
            return await self._send_group(group, words, how)
        except BadRequest as refusal:
            if words.entities and is_about_entities(refusal):
                return await self._send_group(group, Formatted(words.text), how)
            if not (group[0].is_photo and is_about_picture(refusal)):
                raise
        return await self._send_group(await self.files.as_files(group), words, how)

    async def _send_group(self, group: Sequence[Upload], words: Formatted, how: How) -> list[int]:
        sent = await (
            self._send_album(group, words, how)
            if len(group) > 1
            else self._send_file(group[0], words, how)
        )
        for upload, message in zip(group, sent, strict=True):
            self.files.remember(upload, message)
        return [message.message_id for message in sent]

    async def _send_album(
        self, group: Sequence[Upload], words: Formatted, how: How
    ) -> Sequence[Message]:
        captions = [words, *[NO_WORDS] * (len(group) - 1)]
        return await self.bot.send_media_group(
            how.where.chat_id,
            [upload.as_input(said) for upload, said in zip(group, captions, strict=True)],
            message_thread_id=how.where.topic_id,
            disable_notification=how.silent,
            reply_parameters=how.answers,
            write_timeout=FILE_TIMEOUT_S,
            read_timeout=FILE_TIMEOUT_S,
            rate_limit_args=how.wish,
        )

    async def _send_file(self, upload: Upload, words: Formatted, how: How) -> Sequence[Message]:
        send = self.bot.send_photo if upload.is_photo else self.bot.send_document
        return [
            await send(
                how.where.chat_id,
                upload.source,
                caption=words.text,
                caption_entities=words.entities,
                message_thread_id=how.where.topic_id,
                disable_notification=how.silent,
                reply_parameters=how.answers,
                reply_markup=how.keyboard,
                write_timeout=FILE_TIMEOUT_S,
                read_timeout=FILE_TIMEOUT_S,
                rate_limit_args=how.wish,
            )
        ]


NO_WORDS = Formatted("")


def _whole(
    message: OutgoingMessage, uploads: Sequence[Upload], *, then: int, shrink: int = 1
) -> _Plan:
    groups = groups_of(uploads)
    alone = len(groups) == 1
    layout = lay_out(message, files=len(uploads), is_one_group=alone, shrink=shrink)
    return _Plan(message=message, layout=layout, groups=groups, then=then)


def _answers(message: OutgoingMessage) -> ReplyParameters | None:
    """Return what it answers; what is gone meanwhile is answered all the same."""
    if message.reply_to is None or not message.reply_to.message_id.isdecimal():
        return None
    return ReplyParameters(int(message.reply_to.message_id), allow_sending_without_reply=True)


def _begin(how: How, weight: int) -> How:
    """Take the next messages from those to come."""
    to_come = how.wish.to_come - weight
    return replace(how, wish=replace(how.wish, weight=weight, to_come=to_come))


def _next_part(how: How) -> How:
    """Go on without a further sound, and without going back."""
    wish = replace(how.wish, is_next_part=True)
    return replace(how, wish=wish, silent=True, answers=None)
