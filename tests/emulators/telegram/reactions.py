"""Reactions on messages, and who hears of them."""

from collections import Counter
from typing import TYPE_CHECKING

from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.standing import ChatKind
from tests.emulators.telegram.users import User
from tests.emulators.telegram.wire import Json

if TYPE_CHECKING:
    from tests.emulators.telegram.bots import Bot
    from tests.emulators.telegram.town import Town

_ALL = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 "
    "❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 "
    "😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ "
    "😡"
)
EMOJI = frozenset(_ALL.split(" "))
"""What a bot may react with."""


def react(
    town: "Town", message: Message, who: User, wanted: list[Json], *, as_chat: Chat | None = None
) -> None:
    """Put these reactions on a message instead of one's earlier ones."""
    key = as_chat.id if as_chat else who.id
    old = message.reactions.get(key, [])
    message.reactions[key] = wanted
    if not wanted:
        del message.reactions[key]
    if not who.is_bot and old != wanted:
        told: Json = {"user": who.to_json()}
        if as_chat is not None:
            told = {"actor_chat": as_chat.to_json()}
        told |= {"old_reaction": old, "new_reaction": wanted}
        for bot in list(town.bots.values()):
            _tell(town, bot, message, told)
    town.change()


def count_reactions(message: Message) -> list[Json]:
    """Say how often each reaction stands on a message."""
    counted = Counter(str(r.get("emoji")) for mine in message.reactions.values() for r in mine)
    return [
        {"type": {"type": "emoji", "emoji": emoji}, "total_count": total}
        for emoji, total in counted.most_common()
    ]


def _tell(town: "Town", bot: "Bot", message: Message, told: Json) -> None:
    chat = message.chat
    member = chat.member(bot.id)
    if chat.bot_id != bot.id and not (member is not None and member.is_admin):
        return
    where: Json = {
        "chat": chat.to_json(),
        "message_id": message.message_id,
        "date": town.now_s(),
    }
    if chat.kind is ChatKind.CHANNEL:  # nobody sees there who it was
        counts: Json = {"reactions": count_reactions(message)}
        town.tell(bot, "message_reaction_count", where | counts)
    else:
        town.tell(bot, "message_reaction", where | told)
