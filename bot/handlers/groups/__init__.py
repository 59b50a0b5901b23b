"""Groups by chat: making one of a room, linking a second room to it, leaving it."""

from bot.handlers.groups import linking, making

FEATURES = (making.FEATURE, linking.FEATURE)
