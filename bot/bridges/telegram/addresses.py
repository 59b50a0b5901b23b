"""Where to: chats, topics and messages as numbers."""

import re
from dataclasses import dataclass

from bot.domain.messages import MessageRef, Platform, Recipient, RoomRef
from bot.errors import PermanentFailure, Why

_ROOM = re.compile(r"(?P<chat>-?[1-9]\d{0,17})(?:/(?P<topic>[1-9]\d{0,9}))?", re.ASCII)
_KEYBOARD = "k"
_MESSAGE = re.compile(rf"(?P<number>[1-9]\d{{0,9}}){_KEYBOARD}?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    """A chat, or a topic in it; the General topic has no number when something is sent."""

    chat_id: int
    topic_id: int | None = None

    @property
    def is_private(self) -> bool:
        """Whether it is somebody's chat with the bot: groups and channels are below zero."""
        return self.chat_id > 0


def address_of(to: Recipient) -> Address:
    """Return where to send; an account's private chat has the account's number.

    Raises:
        PermanentFailure: No chat can be called that.
    """
    found = _ROOM.fullmatch(to.room_id if isinstance(to, RoomRef) else to.user_id)
    if found is None:
        raise PermanentFailure("no chat's number", why=Why.NO_SUCH_ROOM)
    return Address(int(found["chat"]), int(found["topic"]) if found["topic"] else None)


def room_of(to: Recipient) -> RoomRef:
    """Return the room in which somebody is written to."""
    return to if isinstance(to, RoomRef) else RoomRef(Platform.TELEGRAM, to.user_id)


def number_of(ref: MessageRef) -> int:
    """Return a message's number.

    Raises:
        PermanentFailure: No message has that one.
    """
    found = _MESSAGE.fullmatch(ref.message_id)
    if found is None:
        raise PermanentFailure("no message's number", why=Why.MESSAGE_GONE)
    return int(found["number"])


def keyboard_ref(room: RoomRef, number: int) -> MessageRef:
    """Name a part of a message that only brings a keyboard."""
    return MessageRef(room, f"{number}{_KEYBOARD}")


def brings_keyboard(ref: MessageRef) -> bool:
    """Whether a part of a message only brings a keyboard."""
    return ref.message_id.endswith(_KEYBOARD)
