"""Where something is, and who did it."""

from dataclasses import dataclass

from bot.bridges.telegram.fields import Fields
from bot.domain.messages import MessageRef, Platform, RoomRef, UserRef
from bot.domain.senders import Sender
from bot.errors import MalformedUpdate

TOPIC = "/"
"""Stands between a chat's id and a topic's: `-100123/7`. The General topic is the chat itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The bot's own account.

    Attributes:
        username: Without `@`; empty as long as it is not known.
        reads_all: Its privacy mode is off: in groups that it comes into it sees every message.
    """

    id: int
    username: str = ""
    reads_all: bool = False


def room_of(message: Fields) -> RoomRef:
    """Return the room of a message.

    Only messages in topics say that they are: those that answer in a plain group have a thread,
    too, and so have private chats.
    """
    room = str(message.inner("chat").number("id"))
    if message.flag("is_topic_message") and not is_private(message):
        room += f"{TOPIC}{message.number('message_thread_id')}"
    return RoomRef(Platform.TELEGRAM, room)


def ref_of(message: Fields) -> MessageRef:
    """Return which message it is."""
    return MessageRef(room_of(message), str(message.number("message_id")))


def is_private(about: Fields) -> bool:
    """Whether something happened in somebody's talk with the bot."""
    return about.inner("chat").text_or("type") == "private"


def sender_of(message: Fields) -> Sender:
    """Return who wrote a message: an account, or a chat in whose name somebody writes.

    Anonymous administrators write in the name of the group, others in that of a channel.
    """
    chat = message.inner_or_none("sender_chat")
    if chat is not None:
        return chat_sender(chat)
    author = message.inner_or_none("from")
    if author is not None:
        return user_sender(author)
    if message.inner("chat").text_or("type") == "channel":
        return chat_sender(message.inner("chat"))
    raise MalformedUpdate("telegram: a message of nobody")


def user_sender(user: Fields) -> Sender:
    """Return an account as a sender."""
    return Sender(
        user=UserRef(Platform.TELEGRAM, str(user.number("id"))),
        name=name_of(user),
        language=user.text_or("language_code") or None,
    )


def chat_sender(chat: Fields) -> Sender:
    """Return a chat as a sender; its id is negative, so no account has the same."""
    return Sender(
        user=UserRef(Platform.TELEGRAM, str(chat.number("id"))), name=name_of(chat), is_chat=True
    )


def name_of(who: Fields) -> str:
    """Return what an account or a chat is called."""
    names = (who.text_or("first_name"), who.text_or("last_name"))
    return who.text_or("title") or " ".join(name for name in names if name)
