"""Names of things on Matrix. Ids are opaque: those of rooms of version 12 name no server."""

from bot.domain.messages import MessageRef, Platform, RoomRef, UserRef


def room_ref(room_id: str) -> RoomRef:
    """Return a room."""
    return RoomRef(Platform.MATRIX, room_id)


def user_ref(user_id: str) -> UserRef:
    """Return an account."""
    return UserRef(Platform.MATRIX, user_id)


def message_ref(room_id: str, event_id: str) -> MessageRef:
    """Return a message."""
    return MessageRef(room_ref(room_id), event_id)


def lane_of(room_id: str) -> str:
    """Return the lane in which a room's updates keep their order."""
    return f"matrix:{room_id}"
