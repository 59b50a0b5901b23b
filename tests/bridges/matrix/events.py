"""Events as servers bring them, put into updates as the bridge does."""

import json
from collections.abc import Mapping

from bot.bridges.matrix.account import Account
from bot.bridges.matrix.inbound import read
from bot.bridges.matrix.updates import raw_update
from bot.domain.incoming import Incoming
from bot.domain.richtext_json import Json

ROOM, ANNA, BO, ME = "!torget", "@anna:hem.se", "@bo:hem.se", "@grannbro:hem.se"
ACCOUNT = Account(homeserver="https://hem.se", user_id=ME, mark="m1")


def event(kind: str, content: Json, **changes: Json) -> dict[str, Json]:
    """An event of Anna's."""
    return {
        "type": kind,
        "event_id": "$1",
        "sender": ANNA,
        "origin_server_ts": 1_795_000_000_000,
        "content": content,
        **changes,
    }


def reads(told: Json, beside: Mapping[str, Json] | None = None) -> Incoming | None:
    """Read an event that happened in the room."""
    update = raw_update(ROOM, told, beside or {"name": "Anna"})
    assert update is not None
    return read(update.payload, ACCOUNT)


def says(**content: Json) -> Incoming | None:
    """Read a message of Anna's."""
    return reads(event("m.room.message", {"msgtype": "m.text", **content}))


def reads_json(payload: Json) -> Incoming | None:
    """Read whatever is JSON."""
    return read(json.dumps(payload).encode(), ACCOUNT)
