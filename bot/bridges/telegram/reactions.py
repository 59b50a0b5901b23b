"""Emoji that are set on a message, and presses of the buttons under one."""

from bot.bridges.telegram.fields import Fields
from bot.bridges.telegram.rooms import (
    chat_sender,
    is_private,
    ref_of,
    room_of,
    user_sender,
)
from bot.domain.incoming import IncomingPress, IncomingReaction
from bot.domain.messages import MessageRef

NO_CHARACTER = "❔"
"""Stands for an emoji that is a picture of Telegram's, and for a star that was paid for."""


def read_reaction(change: Fields) -> IncomingReaction | None:
    """Read what was changed; None if it is nothing.

    Who sets another emoji takes the first one back with it. That the new one is there is told and
    not that the old one is gone: who has seen something has seen it.
    """
    before = [_emoji(each) for each in change.each("old_reaction")]
    after = [_emoji(each) for each in change.each("new_reaction")]
    added = [emoji for emoji in after if emoji not in before]
    removed = [emoji for emoji in before if emoji not in after]
    if not added and not removed:
        return None
    account = change.inner_or_none("user")
    return IncomingReaction(
        ref=MessageRef(room_of(change), str(change.number("message_id"))),
        sender=user_sender(account) if account else chat_sender(change.inner("actor_chat")),
        emoji=(added or removed)[0],
        added=bool(added),
        standing=tuple(after),
        is_direct=is_private(change),
    )


def read_press(press: Fields) -> IncomingPress | None:
    """Read a press; None if it is not on a message of the bot's, or carries nothing.

    Of a message that Telegram no longer shows to the bot it still tells which one it is.
    """
    message = press.inner_or_none("message")
    if message is None or "data" not in press:
        return None
    return IncomingPress(
        ref=ref_of(message),
        sender=user_sender(press.inner("from")),
        data=press.text("data"),
        is_direct=is_private(message),
    )


def _emoji(reaction: Fields) -> str:
    return reaction.text("emoji") if reaction.text("type") == "emoji" else NO_CHARACTER
