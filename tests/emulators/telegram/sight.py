"""Which messages a bot is told of."""

import re

from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.entities import cut
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.standing import ChatKind
from tests.emulators.telegram.wire import as_integer

TOLD_OF_OWN = {
    "new_chat_title", "new_chat_photo", "delete_chat_photo", "left_chat_member", "pinned_message",
    "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
}  # fmt: skip


def sees(bot: Bot, message: Message) -> bool:
    """Whether a bot gets an update about a message that was written or edited.

    Source: Bots FAQ, privacy mode; the server's rule which own service messages come back.
    """
    chat = message.chat
    if message.author.is_bot:
        return message.author.id == bot.id and message.kind() in TOLD_OF_OWN
    if chat.is_private:
        return chat.bot_id == bot.id and not chat.is_blocked
    member = chat.member(bot.id)
    if member is None or not member.is_inside:
        return False
    if chat.kind is ChatKind.CHANNEL or message.is_service or member.is_admin or member.reads_all:
        return True
    return _answers(bot, message) or _commands(bot, message)


def _answers(bot: Bot, message: Message) -> bool:
    return message.reply_to is not None and message.reply_to.author.id == bot.id


def _commands(bot: Bot, message: Message) -> bool:
    """A command with the bot's name, or without any when no other bot spoke last."""
    for entity in message.entities:
        if entity["type"] != "bot_command":
            continue
        said = cut(message.text, as_integer(entity["offset"]), as_integer(entity["length"]))
        name = re.sub(r"^/\w+@?", "", said).lower()
        if name:
            return name == (bot.user.username or "").lower()
        return message.chat.last_bot_id in (None, bot.id)
    return False
