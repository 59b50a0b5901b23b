"""Updates as they go into the inbox: which are asked for, what keeps their order."""

import json
from collections.abc import Mapping

import structlog

from bot.bridges.telegram.fields import Fields
from bot.domain.incoming import RawUpdate
from bot.domain.messages import Platform
from bot.domain.richtext_json import Json
from bot.errors import MalformedUpdate

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "message_reaction",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
)
"""What Telegram is asked to tell. `chat_member` and `message_reaction` never come unasked.

Left out: `message_reaction_count` (nobody's reactions, of which nothing is made), votes in polls
(they come for the bot's own polls alone) and all of business accounts.
"""
MAX_UPDATE_BYTES = 1_000_000
"""Telegram's own are a tenth of this at most."""
_ABOUT_THE_BOT = b'"my_chat_member": {'
"""As `raw_update` writes it; within a text its quotation marks are escaped."""
_NO_LANE = "telegram:?"

log = structlog.get_logger("telegram")


def raw_update(update: Json) -> RawUpdate:
    """Make the inbox's entry of an update; all that it says is kept as it came.

    One chat is one lane, with its topics: a reaction does not tell in which topic it was set.

    Raises:
        MalformedUpdate: It has no number.
    """
    fields = Fields(update)
    number = fields.number("update_id")
    payload = json.dumps(update).encode()
    if len(payload) > MAX_UPDATE_BYTES:
        log.error("telegram.update_too_large", update_id=number, size_bytes=len(payload))
        payload = json.dumps({"update_id": number}).encode()
    return RawUpdate(
        platform=Platform.TELEGRAM,
        update_id=str(number),
        lane=_lane_of(fields),
        payload=payload,
        bundle=_bundle_of(fields),
    )


def is_about_the_bot(update: RawUpdate) -> bool:
    """Whether an update may tell of the bot's own standing in a chat; never no if it does."""
    return _ABOUT_THE_BOT in update.payload


def press_of(update: Json) -> str | None:
    """Return the id under which a press is to be answered, None if the update is none."""
    match update:
        case Mapping() if isinstance(update.get("callback_query"), Mapping):
            press = update["callback_query"]
            found = press.get("id") if isinstance(press, Mapping) else None
            return found if isinstance(found, str) else None
        case _:
            return None


def _lane_of(fields: Fields) -> str:
    """Return the lane of an update; those that can't be read have one of their own."""
    try:
        what = fields.first_of(ALLOWED_UPDATES)
        about = fields.inner(what) if what else fields
        chat = (about.inner("message") if what == "callback_query" else about).inner("chat")
        return f"telegram:{chat.number('id')}"
    except MalformedUpdate:
        return _NO_LANE


def _bundle_of(fields: Fields) -> str | None:
    """Return the album that a new message is a part of."""
    what = fields.first_of(("message", "channel_post"))
    if what is None:
        return None
    try:
        return fields.inner(what).text_or("media_group_id") or None
    except MalformedUpdate:
        return None
