"""Placing messages: all parts of one, or none."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

import structlog
from telegram import LinkPreviewOptions, Message
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.bridges.telegram.addresses import Address
from bot.bridges.telegram.announcing import announce
from bot.bridges.telegram.errors import (
    is_about_entities,
    is_about_files,
    is_about_form,
    is_about_stickers,
    is_too_long,
)
from bot.bridges.telegram.forms import Form, id_of, takes_words
from bot.bridges.telegram.layout import NOTHING, Layout
from bot.bridges.telegram.limits import Wish
from bot.bridges.telegram.markup import Formatted
from bot.bridges.telegram.media import MAX_FILE_BYTES, Files, Upload
from bot.bridges.telegram.plans import How, Plan, plan_of
from bot.bridges.telegram.requests import FILE_TIMEOUT_S
from bot.domain.messages import Media, MediaKind
from bot.domain.outgoing import OutgoingMessage, Unshown
from bot.errors import TemporaryFailure

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
"""A preview shows what nobody in the group has written, and takes the room of a card."""

log = structlog.get_logger("telegram")


@dataclass(frozen=True, kw_only=True)
class Posting:
    """Sends messages.

    Raises what the library raises, and TemporaryFailure if it is too early.
    """

    bot: ExtBot[Wish]
    files: Files
    _without_files: set[int] = field(default_factory=set)

    async def post(self, where: Address, message: OutgoingMessage, *, then: int = 0) -> list[int]:
        """Place a message with its files; return the numbers of its parts.

        Args:
            where: Where to.
            message: What to say.
            then: How many more requests will follow at once for the same chat.
        """
        async with self.files.at_hand(message.media) as uploads:
            there = _without_missing(message, [upload.media for upload in uploads])
            try:
                return await self._place(plan_of(there, uploads, then=then), where)
            except BadRequest as refusal:
                less = self._with_less(there, uploads, refusal, where)
                if less is None and not is_too_long(refusal):
                    raise
            if less is None:
                return await self._place(plan_of(there, uploads, then=then, shrink=2), where)
        return await self.post(where, less, then=then)

    def _with_less(
        self,
        message: OutgoingMessage,
        uploads: Sequence[Upload],
        refusal: BadRequest,
        where: Address,
    ) -> OutgoingMessage | None:
        """Return a message without the files that are refused; None if it is not about them."""
        if is_about_stickers(refusal) and message.text:
            # Its emoji stands in the words.
            return _without_stickers(message)
        if is_about_form(refusal) and any(map(_is_by_id_alone, message.media)):
            return _without_what_is_by_id_alone(message)
        if uploads and is_about_files(refusal):
            self._without_files.add(where.chat_id)
            return in_words(message)
        return None

    def refuses_files(self, where: Address) -> bool:
        """Whether files were refused in a chat, and none has been taken since."""
        return where.chat_id in self._without_files

    async def post_texts(
        self,
        where: Address,
        message: OutgoingMessage,
        layout: Layout,
        *,
        after: Sequence[int],
        skip: int,
    ) -> list[int]:
        """Place the texts after the first few, going on with the parts that stand there."""
        if skip >= len(layout.texts):
            return []
        rest = replace(message, silent=True)
        plan = Plan(message=rest, layout=layout, skip=skip, goes_on_from=after[-1])
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

    async def _place(self, plan: Plan, where: Address) -> list[int]:
        how = plan.begin(where)
        placed: list[int] = []
        try:
            for group in plan.groups:
                how = how.taking(len(group))
                words = NOTHING if placed else plan.layout.caption
                keyboard = None if placed else plan.layout.caption_keyboard
                placed += await self._post_group(group, words, replace(how, keyboard=keyboard))
                how = how.as_later_part()
            for index, words in enumerate(plan.texts, start=plan.skip):
                how = replace(how.taking(1), keyboard=plan.layout.keyboard_below(index))
                placed.append(await self._post_text(words, how))
                how = how.as_later_part()
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
            protect_content=how.protected,
            reply_parameters=how.answers,
            reply_markup=how.keyboard,
            rate_limit_args=how.wish,
        )
        return sent.message_id

    async def _post_group(self, group: Sequence[Upload], words: Formatted, how: How) -> list[int]:
        if not how.wish.urgent:
            await announce(self.bot, how.where, group)
        try:
            return await self._send_group(group, words, how)
        except BadRequest as refusal:
            if words.entities and is_about_entities(refusal):
                return await self._send_group(group, Formatted(words.text), how)
            is_by_id = any(_is_by_id_alone(upload.media) for upload in group)
            if is_by_id or not is_about_form(refusal) or group[0].form is Form.DOCUMENT:
                raise
        return await self._send_group(await self.files.in_another_form(group), words, how)

    async def _send_group(self, group: Sequence[Upload], words: Formatted, how: How) -> list[int]:
        sent = await (
            self._send_album(group, words, how)
            if len(group) > 1
            else self._send_file(group[0], words, how)
        )
        self._without_files.discard(how.where.chat_id)
        for upload, message in zip(group, sent, strict=True):
            self.files.remember(upload, message)
        return [message.message_id for message in sent]

    async def _send_album(
        self, group: Sequence[Upload], words: Formatted, how: How
    ) -> Sequence[Message]:
        captions = [words, *[NOTHING] * (len(group) - 1)]
        return await self.bot.send_media_group(
            how.where.chat_id,
            [upload.as_input(said) for upload, said in zip(group, captions, strict=True)],
            message_thread_id=how.where.topic_id,
            disable_notification=how.silent,
            protect_content=how.protected,
            reply_parameters=how.answers,
            write_timeout=FILE_TIMEOUT_S,
            read_timeout=FILE_TIMEOUT_S,
            rate_limit_args=how.wish,
        )

    async def _send_file(self, upload: Upload, words: Formatted, how: How) -> Sequence[Message]:
        if upload.form is Form.STICKER:
            return [await self._send_sticker(upload, how)]
        return [
            await self._sender(upload.form)(
                how.where.chat_id,
                upload.source,
                caption=words.text,
                caption_entities=words.entities,
                message_thread_id=how.where.topic_id,
                disable_notification=how.silent,
                protect_content=how.protected,
                reply_parameters=how.answers,
                reply_markup=how.keyboard,
                write_timeout=FILE_TIMEOUT_S,
                read_timeout=FILE_TIMEOUT_S,
                rate_limit_args=how.wish,
            )
        ]

    async def _send_sticker(self, upload: Upload, how: How) -> Message:
        return await self.bot.send_sticker(
            how.where.chat_id,
            upload.source,
            message_thread_id=how.where.topic_id,
            disable_notification=how.silent,
            protect_content=how.protected,
            reply_parameters=how.answers,
            reply_markup=how.keyboard,
            rate_limit_args=how.wish,
        )

    def _sender(self, form: Form) -> Callable[..., Awaitable[Message]]:
        match form:
            case Form.PHOTO:
                return self.bot.send_photo
            case Form.VIDEO:
                return self.bot.send_video
            case Form.ANIMATION:
                return self.bot.send_animation
            case Form.VOICE:
                return self.bot.send_voice
            case Form.AUDIO:
                return self.bot.send_audio
            case Form.DOCUMENT | Form.STICKER:
                return self.bot.send_document
            case _ as never:
                assert_never(never)


def in_words(message: OutgoingMessage) -> OutgoingMessage:
    """Return a message that names its files instead of showing them."""
    return replace(message.telling_of(message.media, Unshown.UNWANTED), media=())


def _without_missing(message: OutgoingMessage, there: Sequence[Media]) -> OutgoingMessage:
    missing = [file for file in message.media if file not in there]
    large = [file for file in missing if file.size_bytes > MAX_FILE_BYTES]
    gone = [file for file in missing if file not in large]
    told = message.telling_of(large, Unshown.TOO_LARGE, most_bytes=MAX_FILE_BYTES)
    return told.telling_of(gone, Unshown.GONE)


def _without_stickers(message: OutgoingMessage) -> OutgoingMessage:
    return replace(message, media=tuple(m for m in message.media if takes_words([m])))


def _is_by_id_alone(media: Media) -> bool:
    """Whether a file is Telegram's and not kept: of a sticker a picture is."""
    return id_of(media) is not None and media.kind is not MediaKind.STICKER


def _without_what_is_by_id_alone(message: OutgoingMessage) -> OutgoingMessage:
    """Name what Telegram no longer shows under the id that it gave."""
    gone = [media for media in message.media if _is_by_id_alone(media)]
    there = tuple(media for media in message.media if media not in gone)
    return replace(message.telling_of(gone, Unshown.GONE), media=there)
