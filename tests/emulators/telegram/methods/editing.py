"""Changing what was sent."""

from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.methods.attachments import CAPTIONED, read_input_media
from tests.emulators.telegram.methods.call import Call, Method
from tests.emulators.telegram.methods.drafts import (
    read_caption,
    read_markup,
    read_message_text,
)
from tests.emulators.telegram.wire import Json, bad_request

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
WORDS = ("caption", "caption_entities", "show_caption_above_media")


def edit_text(call: Call) -> object:
    """Change a text."""
    message, content = own_message(call), read_message_text(call)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return change(call, message, content)


def edit_caption(call: Call) -> object:
    """Change the text below a picture."""
    message, words = own_message(call), read_caption(call)
    if message.kind() not in CAPTIONED:
        raise bad_request("there is no caption in the message to edit")
    kept = {k: v for k, v in message.content.items() if k not in WORDS}
    return change(call, message, kept | words)


def edit_media(call: Call) -> object:
    """Put another picture, film or file in place of one."""
    message = own_message(call)
    if message.kind() not in CAPTIONED and "text" not in message.content:
        raise bad_request("message can't be edited")
    if message.kind() == "voice":
        raise bad_request("there is no media in the message to edit")
    return change(call, message, read_input_media(call, call.params.record("media") or {}))


def edit_markup(call: Call) -> object:
    """Change the buttons alone."""
    message = own_message(call)
    return change(call, message, message.content)


def own_message(call: Call) -> Message:
    """Find the message that is meant; it must be the bot's.

    Raises:
        Refused: It is not there, or somebody else's.
    """
    if "inline_message_id" in call.params:
        raise bad_request("MESSAGE_ID_INVALID")
    message = call.message("message to edit not found")
    if message.author.id != call.bot.id or message.is_service or "forward_origin" in message.fixed:
        raise bad_request("message can't be edited")
    if message.markup is not None and "inline_keyboard" not in message.markup:
        raise bad_request("message can't be edited")
    return message


def change(call: Call, message: Message, content: Json) -> object:
    """Put new content and new buttons in place of the old.

    Raises:
        Refused: Nothing would change.
    """
    markup = read_markup(call)
    if call.town.limits.counts_edits:
        call.town.limits.spend(call.bot.id, message.chat)
    if content == message.content and markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    if content != message.content:
        message.history.append(message.content)
        # Only words and pictures count as edited; buttons may change without a trace.
        message.edited_s = call.town.now_s()
    message.content, message.markup = content, markup
    call.town.change()
    return message.to_json()


METHODS: dict[str, Method] = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
}
