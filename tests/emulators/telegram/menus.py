"""Which list of commands somebody is shown."""

from typing import TYPE_CHECKING

from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.users import User

if TYPE_CHECKING:
    from tests.emulators.telegram.standing import Membership


def commands_for(bot: Bot, chat: Chat, who: User) -> list[str]:
    """Name the commands in the menu: of the narrowest scope, in one's language if there are any.

    Source: BotCommandScope, "Determining list of commands".
    """
    for scope in _scopes(chat, who, chat.member(who.id)):
        for language in (who.language_code or "", ""):
            listed = bot.profile.commands.get((scope, language))
            if listed:
                return [str(command["command"]) for command in listed]
    return []


def _scopes(chat: Chat, who: User, member: "Membership | None") -> list[str]:
    if chat.is_private:
        return [f"chat {chat.id}", "all_private_chats", "default"]
    is_admin = member is not None and member.is_admin
    return [
        f"chat_member {chat.id} {who.id}",
        *([f"chat_administrators {chat.id}"] if is_admin else []),
        f"chat {chat.id}",
        *(["all_chat_administrators"] if is_admin else []),
        "all_group_chats",
        "default",
    ]
