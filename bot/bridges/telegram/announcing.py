"""Showing in a private chat that something is on its way.

Source: Bot API, sendChatAction: shown for five seconds, or until the message is there.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from telegram import InputFile
from telegram.constants import ChatAction
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.bridges.telegram.addresses import Address
from bot.bridges.telegram.forms import Form
from bot.bridges.telegram.limits import Wish
from bot.bridges.telegram.media import Upload

LARGE_BYTES = 500_000
"""What is smaller is there as soon as the news of it would be."""
PATIENCE_S = 2.0

_ACTIONS: Mapping[Form, ChatAction] = {
    Form.PHOTO: ChatAction.UPLOAD_PHOTO,
    Form.VIDEO: ChatAction.UPLOAD_VIDEO,
    Form.ANIMATION: ChatAction.UPLOAD_VIDEO,
    Form.VOICE: ChatAction.UPLOAD_VOICE,
    Form.AUDIO: ChatAction.UPLOAD_DOCUMENT,
    Form.DOCUMENT: ChatAction.UPLOAD_DOCUMENT,
}


async def announce(bot: ExtBot[Wish], where: Address, group: Sequence[Upload]) -> None:
    """Show a reader in private that large files are being uploaded; whether it shows is no matter.

    In a room nobody waits, and what Telegram has already is there at once.
    """
    uploaded = [upload for upload in group if isinstance(upload.source, InputFile)]
    is_large = sum(upload.media.size_bytes for upload in uploaded) >= LARGE_BYTES
    if where.chat_id < 0 or not is_large:
        return
    with suppress(TelegramError):  # the upload itself tells what is wrong
        await bot.send_chat_action(
            where.chat_id,
            _ACTIONS[uploaded[0].form],
            read_timeout=PATIENCE_S,
            write_timeout=PATIENCE_S,
        )


async def show_writing(bot: ExtBot[Wish], where: Address) -> None:
    """Show a reader in private that an answer is being made."""
    await bot.send_chat_action(
        where.chat_id, ChatAction.TYPING, read_timeout=PATIENCE_S, write_timeout=PATIENCE_S
    )
