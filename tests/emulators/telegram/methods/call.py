"""One call of a method: who asks, for what, about which chat."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.params import Params
from tests.emulators.telegram.standing import ChatKind, Membership, Status
from tests.emulators.telegram.users import User
from tests.emulators.telegram.wire import bad_request, forbidden

if TYPE_CHECKING:
    from tests.emulators.telegram.town import Town

MAY_SEND = {
    "text": ("can_send_messages", "text messages"),
    "photo": ("can_send_photos", "photos"),
    "video": ("can_send_videos", "videos"),
    "video_note": ("can_send_video_notes", "video notes"),
    "voice": ("can_send_voice_notes", "voice notes"),
    "audio": ("can_send_audios", "music"),
    "document": ("can_send_documents", "documents"),
    "poll": ("can_send_polls", "polls"),
    "sticker": ("can_send_other_messages", "stickers"),
    "animation": ("can_send_other_messages", "animations"),
}

REQUEST_OPENS_FOR_S = 300
"""So long may be written to who asks to join, before they have ever pressed Start."""


@dataclass(frozen=True)
class Call:
    """What a method works with."""

    town: "Town"
    bot: Bot
    params: Params

    def chat(self, name: str = "chat_id") -> Chat:
        """Find the chat that is meant; the bot must know it.

        Raises:
            Refused: There is no such chat, it became a supergroup, or the bot isn't in it.
        """
        self.town.lapse()
        chat = self._find(self.params.text(name))
        if chat.migrated_to is not None:
            raise bad_request(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to
            )
        if not chat.is_private:
            _require_inside(chat, self.bot)
        return chat

    def writable(self, kind: str = "text") -> Chat:
        """Find the chat and require that the bot may write there."""
        chat = self.chat()
        if chat.is_private:
            self._require_opened(chat)
            return chat
        member = self.standing(chat)
        if chat.kind is ChatKind.CHANNEL and not member.may("can_post_messages"):
            raise bad_request("need administrator rights in the channel chat")
        permission, noun = MAY_SEND.get(kind, MAY_SEND["text"])
        is_channel = chat.kind is ChatKind.CHANNEL
        if not is_channel and permission not in member.allowed_in(chat.permissions):
            raise bad_request(f"not enough rights to send {noun} to the chat")
        return chat

    def standing(self, chat: Chat) -> Membership:
        """How the bot stands to a chat that it is in."""
        return chat.members[self.bot.id]

    def require_right(self, chat: Chat, right: str, refusal: str) -> None:
        """Refuse what the bot has not been allowed."""
        if not self.standing(chat).may(right):
            raise bad_request(refusal)

    def message(self, refusal: str, name: str = "message_id") -> Message:
        """Find the message that is meant."""
        return self.message_in(self.chat(), self.params.integer(name), refusal)

    def message_in(self, chat: Chat, message_id: int, refusal: str) -> Message:
        """Find a message of a chat by its id."""
        found = chat.messages.get(message_id)
        if found is None or found.is_deleted:
            raise bad_request(refusal)
        return found

    def somebody(self, name: str = "user_id") -> User:
        """Find the account that is meant."""
        found = self.town.user(self.params.integer(name))
        if found is None:
            raise bad_request("PARTICIPANT_ID_INVALID")
        return found

    def _find(self, said: str) -> Chat:
        if not said:
            raise bad_request("chat_id is empty")
        if said.startswith("@"):
            found = [c for c in self.town.chats.values() if c.username == said[1:]]
            return _only(found)
        number = int(said) if said.lstrip("-").isdigit() else 0
        if number > 0:
            return self._private(number)
        return _only([c for c in [self.town.chats.get(number)] if c is not None])

    def _private(self, user_id: int) -> Chat:
        chat = self.town.privates.get((self.bot.id, user_id))
        if chat is not None:
            return chat
        user = self.town.user(user_id)
        if user is None or user_id not in self.bot.met:
            raise bad_request("chat not found")
        if user.is_bot:
            raise forbidden("bot can't send messages to bots")
        return self.town.private(user, self.bot)

    def _require_opened(self, chat: Chat) -> None:
        if chat.person is not None and chat.person.id in self.town.gone:
            raise forbidden("user is deactivated")
        if chat.is_blocked:
            raise forbidden("bot was blocked by the user")
        user_id = chat.person.id if chat.person else 0
        has_begun = any(message.author.id == user_id for message in chat.messages.values())
        if not has_begun and not self._hears_of_request(user_id):
            raise forbidden("bot can't initiate conversation with a user")

    def _hears_of_request(self, user_id: int) -> bool:
        """Whether somebody asks to join a chat in which the bot may decide, and since just now."""
        latest_s = self.town.now_s() - REQUEST_OPENS_FOR_S
        return any(
            user_id in chat.asking
            and chat.asking[user_id] >= latest_s
            and (mine := chat.member(self.bot.id)) is not None
            and mine.may("can_invite_users")
            for chat in self.town.chats.values()
        )


Method: TypeAlias = Callable[[Call], object]


def _only(found: list[Chat]) -> Chat:
    if not found:
        raise bad_request("chat not found")
    return found[0]


def _require_inside(chat: Chat, bot: Bot) -> None:
    member = chat.member(bot.id)
    if member is None:
        raise bad_request("chat not found")
    if member.status is Status.KICKED:
        raise forbidden(f"bot was kicked from the {_noun(chat)} chat")
    if not member.is_inside:
        raise forbidden(f"bot is not a member of the {_noun(chat)} chat")


def _noun(chat: Chat) -> str:
    return chat.kind.value
