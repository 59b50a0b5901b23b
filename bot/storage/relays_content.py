"""What stands inside the sealed field of carried lines."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.domain.groups import GroupId
from bot.domain.incoming import Extra
from bot.domain.media_json import media_from_json, media_to_json
from bot.domain.messages import MessageRef, RoomRef
from bot.domain.people import PersonId, Role
from bot.domain.relays import Relay, Voice
from bot.domain.richtext_json import Json
from bot.storage.sealing import (
    byline_from_json,
    byline_to_json,
    text_from_json,
    text_to_json,
)
from bot.storage.vault import Vault, person_key

_FIELD = "relays.content"


async def relay_to_sealed(relay: Relay, vault: Vault) -> bytes | None:
    """Write what a line says; None once its words are forgotten."""
    if relay.text is None:
        return None
    content: Json = {
        "text": text_to_json(relay.text),
        "byline": byline_to_json(relay.byline),
        "media": media_to_json(relay.media),
        "is_edited": relay.is_edited,
        "quote": relay.quote,
        "forwarded_from": relay.forwarded_from,
        "thread": relay.thread.message_id if relay.thread else None,
        "spoken_as": relay.spoken_as,
        "extra": relay.extra,
        "trail": list(relay.trail),
        "written_at": relay.written_at.isoformat() if relay.written_at else None,
    }
    return await vault.seal(person_key(relay.author), content, field=_FIELD)


async def relay_from_row(row: Row[Any], vault: Vault) -> Relay:
    """Read a line; without words if they are forgotten or its author's key was destroyed."""
    owner = person_key(row.person_id)
    content = await vault.unseal(owner, row.content, field=_FIELD)
    fields = content if isinstance(content, dict) else {}
    room = RoomRef.parse(row.origin_room)
    thread = _text_or_none(fields.get("thread"))
    return Relay(
        id=row.id,
        group=GroupId(row.group_slug),
        author=PersonId(row.person_id),
        byline=byline_from_json(fields.get("byline")),
        origin=MessageRef(room, row.origin_message),
        text=text_from_json(fields["text"]) if fields else None,
        media=media_from_json(fields.get("media")),
        had_media=row.had_media,
        place=row.place,
        reply_to=MessageRef(room, row.reply_to) if row.reply_to else None,
        thread=MessageRef(room, thread) if thread else None,
        is_edited=bool(fields.get("is_edited")),
        quote=str(fields.get("quote", "")),
        forwarded_from=_text_or_none(fields.get("forwarded_from")),
        spoken_as=_text_or_none(fields.get("spoken_as")),
        extra=Extra(extra) if isinstance(extra := fields.get("extra"), str) else None,
        sent_at=row.sent_at,
        stays=row.stays,
        trail=tuple(map(str, trail)) if isinstance(trail := fields.get("trail"), list) else (),
        written_at=datetime.fromisoformat(at)
        if isinstance(at := fields.get("written_at"), str)
        else None,
        voice=_voice(row),
    )


def voice_columns(relay: Relay) -> Mapping[str, str | None]:
    """Return for whom a line speaks; of one that stays where it was written it is not known."""
    if relay.stays:
        return {"spoke_for": None, "spoke_as": None}
    role = relay.byline.role
    return {"spoke_for": relay.byline.organisation or "", "spoke_as": role and role.value}


def _voice(row: Row[Any]) -> Voice | None:
    if row.spoke_for is None:
        return None
    return Voice(row.spoke_for or None, Role(row.spoke_as) if row.spoke_as else None)


def _text_or_none(value: Json) -> str | None:
    return value if isinstance(value, str) else None
