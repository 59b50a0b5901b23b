"""Events as they go into the inbox, each with what is needed to read it later."""

import json
from collections.abc import Mapping

import structlog

from bot.bridges.matrix.fields import Fields
from bot.bridges.matrix.rooms import lane_of
from bot.domain.incoming import RawUpdate
from bot.domain.messages import Platform
from bot.domain.richtext_json import Json

ROOM, EVENT = "room", "event"
DIRECT = "direct"
"""It happened in somebody's private chat with the bot."""
SHARED = "shared"
"""The room is called private, and others read it than one person and the bot."""
THEIRS = "theirs"
"""Whoever came or went, or put the bot out, did so in their own private chat with it."""
SEALED = "sealed"
"""The room is encrypted."""
NAME = "name"
"""What its sender is called there."""
PRESSES = "presses"
"""What the numbers under the message carry that it is a reaction to."""
REACTION = "reaction"
"""The reaction that it takes back."""
ANSWERED = "answered"
"""The event that it answers, where that is not the bot's own; of a vote the poll."""
CREATE, LEVELS = "create", "levels"
"""From which it follows who may do what in the room."""
SUCCESSOR = "successor"
"""The room in which this one goes on, which says so itself."""
LATE = "late"
"""It could not be opened when it came."""

POLL_STARTS = ("m.poll.start", "org.matrix.msc3381.poll.start")
VOTES = ("m.poll.response", "org.matrix.msc3381.poll.response")
POLL_ENDS = ("m.poll.end", "org.matrix.msc3381.poll.end")

MAX_EVENT_BYTES = 200_000
"""Servers let no event be longer than a third of that."""

CONCERNS = frozenset(
    {
        "m.room.message", "m.sticker", "m.reaction", "m.room.redaction", "m.room.member",
        "m.room.power_levels", "m.room.tombstone", "m.room.encrypted",
        *POLL_STARTS, *VOTES, *POLL_ENDS,
        "m.beacon", "org.matrix.msc3672.beacon", "m.beacon_info", "org.matrix.msc3672.beacon_info",
    }
)  # fmt: skip
"""What is made something of. Left out: calls, and what a room is called: its rooms elsewhere have
names of their own."""

log = structlog.get_logger("matrix")


def raw_update(room_id: str, event: Json, told: Mapping[str, Json]) -> RawUpdate | None:
    """Make the inbox's entry of an event; None if it has not even an id.

    Args:
        room_id: Where it happened.
        event: As it came.
        told: What else is known of it.
    """
    if not isinstance(event, dict) or not isinstance(event.get("event_id"), str):
        log.warning("matrix.event_without_id")
        return None
    event_id = str(event["event_id"])
    payload = json.dumps({ROOM: room_id, EVENT: event, **told}).encode()
    if len(payload) > MAX_EVENT_BYTES:
        log.error("matrix.event_too_large", size_bytes=len(payload))
        payload = json.dumps({ROOM: room_id, EVENT: {"event_id": event_id}}).encode()
    return RawUpdate(
        platform=Platform.MATRIX,
        update_id=event_id,
        lane=lane_of(room_id),
        payload=payload,
    )


def event_type_of(event: Json) -> str:
    """Return what kind of event it is; empty if it does not say."""
    found = event.get("type") if isinstance(event, dict) else None
    return found if isinstance(found, str) else ""


def redacted_by(event: Fields) -> str:
    """Return which event a redaction removes: since version 11 its content says so."""
    return event.inner_or_empty("content").text_or("redacts") or event.text_or("redacts")
