"""What stands inside the sealed fields of the web chat's messages."""

from typing import Any

from sqlalchemy import Row

from bot.domain.media_json import media_from_json, media_to_json
from bot.domain.outgoing import Button
from bot.domain.richtext_json import Json
from bot.domain.web_chat import WebMessage
from bot.storage.sealing import text_from_json, text_to_json


def message_to_json(message: WebMessage) -> Json:
    """Write what a message says."""
    return {
        "text": text_to_json(message.text),
        "rows": [[[b.label, b.data, b.emoji, b.url] for b in row] for row in message.rows],
        "media": media_to_json(message.media),
        "place": message.place,
        "reply_to": message.reply_to,
        "silent": message.silent,
    }


def message_from_json(row: Row[Any], content: Json) -> WebMessage:
    """Read a message, without its author's name and its reactions; empty if its key is gone."""
    fields = content if isinstance(content, dict) else {}
    reply_to, place = fields.get("reply_to"), fields.get("place")
    return WebMessage(
        id=row.id,
        room=row.room,
        author=row.author,
        text=text_from_json(fields.get("text")),
        rows=_rows(fields.get("rows")),
        media=media_from_json(fields.get("media")),
        place=place if isinstance(place, str) else None,
        reply_to=reply_to if isinstance(reply_to, int) else None,
        silent=bool(fields.get("silent")),
        sent_at=row.sent_at,
        edited_at=row.edited_at,
    )


def _rows(value: Json) -> tuple[tuple[Button, ...], ...]:
    rows = value if isinstance(value, list) else []
    return tuple(tuple(_button(button) for button in row) for row in rows if isinstance(row, list))


def _button(value: Json) -> Button:
    match value:
        case [str(label), str(data), emoji, url]:
            return Button(
                label=label,
                data=data,
                emoji=emoji if isinstance(emoji, str) else None,
                url=url if isinstance(url, str) else None,
            )
        case _:
            raise ValueError("not a button")
