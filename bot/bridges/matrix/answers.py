"""What an answer to a sync holds, room by room; nothing in it is certain."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.bridges.matrix.api import Object
from bot.bridges.matrix.questions import DIRECT
from bot.domain.richtext_json import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What happened in one room.

    Attributes:
        state: How it was before, as far as it is told.
        events: In their order.
        is_limited: Something happened before these that is not told.
        before: From where to ask for it.
    """

    room_id: str
    state: tuple[Object, ...]
    events: tuple[Object, ...]
    is_limited: bool = False
    before: str = ""


def joined_rooms(answer: Mapping[str, Json]) -> Iterator[Told]:
    """Yield the rooms in which the bot is."""
    for room_id, room in _rooms(answer, "join"):
        timeline = as_object(room.get("timeline"))
        before = timeline.get("prev_batch")
        yield Told(
            room_id=room_id,
            state=events_in(room.get("state")),
            events=events_in(timeline),
            is_limited=timeline.get("limited") is True,
            before=before if isinstance(before, str) else "",
        )


def left_rooms(answer: Mapping[str, Json]) -> Iterator[Told]:
    """Yield the rooms in which the bot is no more."""
    for room_id, room in _rooms(answer, "leave"):
        events = events_in(room.get("timeline"))
        yield Told(room_id=room_id, state=events_in(room.get("state")), events=events)


def invitations(answer: Mapping[str, Json]) -> Iterator[Told]:
    """Yield the rooms to which the bot is invited, with what it is shown of them."""
    for room_id, room in _rooms(answer, "invite"):
        yield Told(room_id=room_id, state=events_in(room.get("invite_state")), events=())


def private_chats(answer: Mapping[str, Json]) -> Json:
    """Return the list of private chats if it is told, else None."""
    for event in events_in(answer.get("account_data")):
        if event.get("type") == DIRECT:
            return event.get("content")
    return None


def events_in(holder: Json) -> tuple[Object, ...]:
    """Return the events of a part of an answer."""
    events = as_object(holder).get("events")
    return objects_in(events)


def objects_in(value: Json) -> tuple[Object, ...]:
    """Return the objects of a list, none if it is none."""
    found = value if isinstance(value, list) else []
    return tuple(each for each in found if isinstance(each, dict))


def as_object(value: Json) -> Object:
    """Return an object, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def _rooms(answer: Mapping[str, Json], which: str) -> Iterator[tuple[str, Object]]:
    rooms = as_object(as_object(answer.get("rooms")).get(which))
    for room_id, room in rooms.items():
        if isinstance(room, dict):
            yield room_id, room
