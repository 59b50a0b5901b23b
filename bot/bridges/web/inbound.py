"""What happens in the web chat, as updates: written by the platform, read by the bridge."""

import json
from collections.abc import Mapping
from datetime import datetime

from bot.domain.cleaning import clean_text
from bot.domain.commands import parse_command
from bot.domain.incoming import (
    Incoming,
    IncomingDeletion,
    IncomingEdit,
    IncomingMessage,
    IncomingPress,
    IncomingReaction,
)
from bot.domain.media_json import media_from_json, media_to_json
from bot.domain.messages import Attachment, MessageRef, Platform, Position, RoomRef, UserRef
from bot.domain.richtext_json import Json, from_json, to_json
from bot.domain.senders import Sender
from bot.domain.web_chat import WebAccount, WebMessage, is_private
from bot.errors import MalformedUpdate

PREFIXES = ("/", "!")
_NUMBERS = range(1, 2**63)


def written(
    what: str,
    message: WebMessage,
    by: WebAccount,
    *,
    position: Position | None = None,
    **more: Json,
) -> bytes:
    """Write an update: `message`, `edit`, `deletion`, `reaction` or `press`."""
    update: dict[str, Json] = {
        "what": what,
        "room": message.room,
        "message": message.id,
        "account": by.id,
        "name": by.name,
        "language": by.language,
        "text": to_json(message.text),
        "media": media_to_json(message.media),
        "position": [position.lat, position.lon] if position else None,
        "reply_to": message.reply_to,
        "sent_at": message.sent_at.isoformat(),
        **more,
    }
    return json.dumps(update, ensure_ascii=False).encode()


def read(payload: bytes) -> Incoming:
    """Read an update.

    Raises:
        MalformedUpdate: It is not of the shape that `written` makes.
    """
    try:
        update = json.loads(payload)
        json.dumps(update, ensure_ascii=False).encode()  # half a character can't be stored
        return _read(update)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise MalformedUpdate(f"web update: {type(error).__name__}") from error


def lane_of(payload: bytes) -> str:
    """Return the lane of an update; those that can't be read have one of their own."""
    try:
        return f"web:{read(payload).room.room_id}"
    except MalformedUpdate:
        return "web:?"


def _read(update: Mapping[str, Json]) -> Incoming:
    ref = _ref(update, "message")
    sender = Sender(
        user=UserRef(Platform.WEB, _text(update, "account")),
        name=_text(update, "name"),
        language=_text(update, "language") if update["language"] else None,
    )
    is_direct = is_private(ref.room.room_id)
    match update["what"]:
        case "message":
            return _message(update, ref, sender, is_direct=is_direct)
        case "edit":
            text = clean_text(from_json(update["text"]))
            return IncomingEdit(ref=ref, sender=sender, text=text, is_direct=is_direct)
        case "deletion":
            return IncomingDeletion(ref=ref, sender=sender, is_direct=is_direct)
        case "reaction":
            return IncomingReaction(
                ref=ref,
                sender=sender,
                emoji=_text(update, "emoji"),
                added=update["added"] is True,
                is_direct=is_direct,
            )
        case "press":
            data = _text(update, "data")
            return IncomingPress(ref=ref, sender=sender, data=data, is_direct=is_direct)
        case _:
            raise ValueError("unknown kind of update")


def _message(
    update: Mapping[str, Json], ref: MessageRef, sender: Sender, *, is_direct: bool
) -> IncomingMessage:
    text = clean_text(from_json(update["text"]))
    return IncomingMessage(
        ref=ref,
        sender=sender,
        sent_at=datetime.fromisoformat(_text(update, "sent_at")),
        text=text,
        is_direct=is_direct,
        command=parse_command(text, prefixes=PREFIXES),
        attachments=tuple(
            Attachment(kind=file.kind, handle=file.id, name=file.name, size_bytes=file.size_bytes)
            for file in media_from_json(update["media"])
        ),
        position=_position(update["position"]),
        reply_to=_ref(update, "reply_to") if update["reply_to"] is not None else None,
    )


def _ref(update: Mapping[str, Json], key: str) -> MessageRef:
    number = update[key]
    if not isinstance(number, int) or isinstance(number, bool) or number not in _NUMBERS:
        raise TypeError(f"{key} is no number of a message")
    return MessageRef(RoomRef(Platform.WEB, _text(update, "room")), str(number))


def _text(update: Mapping[str, Json], key: str) -> str:
    value = update[key]
    if not isinstance(value, str):
        raise TypeError(f"{key} is no text")
    return value


def _position(value: Json) -> Position | None:
    match value:
        case [float(lat) | int(lat), float(lon) | int(lon)] if abs(lat) <= 90 and abs(lon) <= 180:
            return Position(float(lat), float(lon))
        case None:
            return None
        case _:
            raise ValueError("position is no place on earth")
