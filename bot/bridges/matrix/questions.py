"""What the homeserver is asked to tell.

Source: Matrix client-server API, "Filtering" and "Lazy-loading room members".
"""

import json
import secrets

from bot.bridges.matrix.updates import CONCERNS
from bot.domain.richtext_json import Json

WAIT_S = 25.0
"""How long the server holds a question to which it has no answer yet."""
ANSWER_WITHIN_S = WAIT_S + 35
SNAPSHOT_WITHIN_S = 300.0
"""A first answer about thousands of rooms takes its time."""
TIMELINE_LIMIT = 50
ENCRYPTION, CREATE, MEMBER = "m.room.encryption", "m.room.create", "m.room.member"
DIRECT = "m.direct"

_NOTHING: Json = {"types": []}
_EVENTS: list[Json] = [*sorted(CONCERNS), ENCRYPTION]


def sync_filter() -> str:
    """Return what is wanted from each answer: what happened, and what its people are called."""
    return _filter(
        timeline={"types": _EVENTS, "limit": TIMELINE_LIMIT, "lazy_load_members": True},
        # Each name once: whoever is told of again counts as newly come, with new keys to ask for.
        state={"types": [MEMBER, ENCRYPTION], "lazy_load_members": True},
    )


def snapshot_filter() -> str:
    """Return what is wanted at the start: rooms, invitations and private chats, no history.

    Each is another: Synapse repeats its first answer for minutes to whoever asks the same.
    """
    return _filter(
        timeline={"types": [], "limit": 1},
        state={"types": [CREATE, ENCRYPTION], "lazy_load_members": True},
        not_rooms=[f"!{secrets.token_hex(8)}:grannbro.invalid"],
    )


def history_filter() -> str:
    """Return what is wanted from a gap in what was told."""
    return json.dumps(
        {"types": _EVENTS, "lazy_load_members": True, "include_redundant_members": True}
    )


def _filter(*, timeline: Json, state: Json, not_rooms: Json = None) -> str:
    room: Json = {
        "not_rooms": not_rooms or [],
        "timeline": timeline,
        "state": state,
        "ephemeral": _NOTHING,
        "account_data": _NOTHING,
    }
    return json.dumps({"presence": _NOTHING, "account_data": {"types": [DIRECT]}, "room": room})
