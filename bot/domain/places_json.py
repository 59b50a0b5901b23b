"""Where a message stands, and points on earth, as JSON values."""

from bot.domain.messages import MessageRef, Position, RoomRef
from bot.domain.richtext_json import Json


def ref_to_json(ref: MessageRef | None) -> Json:
    """Turn where a message stands into JSON values."""
    return [str(ref.room), ref.message_id] if ref else None


def ref_from_json(value: Json) -> MessageRef | None:
    """Turn JSON values into where a message stands; None for anything else."""
    match value:
        case [str(room), str(message_id)]:
            return MessageRef(RoomRef.parse(room), message_id)
        case _:
            return None


def position_to_json(position: Position | None) -> Json:
    """Turn a point into JSON values."""
    return [position.lat, position.lon] if position else None


def position_from_json(value: Json) -> Position | None:
    """Turn JSON values into a point; None for anything else."""
    match value:
        case [float(lat), float(lon)]:
            return Position(lat, lon)
        case _:
            return None
