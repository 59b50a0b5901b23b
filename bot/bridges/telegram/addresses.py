"""Where to: chats, topics and messages as numbers."""

import re
from dataclasses import dataclass

from bot.domain.messages import MessageRef, Platform, Recipient, RoomRef
from bot.errors import PermanentFailure, Why

_ROOM = re.compile(r"(?P<chat>-?[1-9]\d{0,17})(?:/(?P<topic>[1-9]\d{0,9}))?", re.ASCII)
_MESSAGE = re.compile(r"[1-9]\d{0,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    """A chat, or a topic in it; the General topic has no number when something is sent."""

    chat_id: int
    topic_id: int | None = None


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
    if not _MESSAGE.fullmatch(ref.message_id):
        raise PermanentFailure("no message's number", why=Why.MESSAGE_GONE)
    return int(ref.message_id)
