"""Where a message stands, as JSON values."""

from bot.domain.messages import MessageRef, RoomRef
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
