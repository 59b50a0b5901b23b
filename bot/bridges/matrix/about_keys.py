"""What of an answer to a sync is for the library: keys, and who shall have them."""

from collections.abc import Container, Mapping

from bot.bridges.matrix.answers import joined_rooms
from bot.bridges.matrix.api import Object
from bot.domain.richtext_json import Json

_MEMBERS = ("m.room.member", "m.room.encryption")


def about_keys(told: Mapping[str, Json], encrypted: Container[str]) -> Object:
    """Return the part of an answer that the library needs, and nothing that people write.

    Args:
        told: The whole answer.
        encrypted: The rooms that are.
    """
    join: Object = {}
    for room in joined_rooms(told):
        if room.room_id in encrypted:
            join[room.room_id] = {
                "state": {"events": [e for e in room.state if e.get("type") in _MEMBERS]},
                "timeline": {
                    "events": [e for e in room.events if e.get("type") in _MEMBERS],
                    "limited": False,
                    "prev_batch": room.before,
                },
                "ephemeral": {"events": []},
                "account_data": {"events": []},
            }
    counts = told.get("device_one_time_keys_count")
    return {
        "next_batch": told.get("next_batch"),
        "rooms": {"join": join, "invite": {}, "leave": {}},
        "to_device": told.get("to_device") or {"events": []},
        "device_lists": told.get("device_lists") or {"changed": [], "left": []},
        "device_one_time_keys_count": counts or {},
        "presence": {"events": []},
    }
