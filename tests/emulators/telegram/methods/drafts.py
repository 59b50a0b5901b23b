"""What all ways of sending share: where to, in answer to what, with which buttons."""

from dataclasses import replace

from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.composing import Draft, compose
from tests.emulators.telegram.entities import Formatted, format_text, units
from tests.emulators.telegram.html_texts import parse_html
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.methods.call import Call
from tests.emulators.telegram.wire import (
    Json,
    as_integer,
    as_list,
    as_object,
    as_objects,
    bad_request,
    present,
)

LONGEST_TEXT_UNITS, LONGEST_CAPTION_UNITS = 4096, 1024
LONGEST_DATA_BYTES = 64
MOST_BUTTONS = 100
KEYBOARDS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")
ACTIONS = {
    "url", "callback_data", "web_app", "login_url", "switch_inline_query",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "copy_text",
    "callback_game", "pay",
}  # fmt: skip


def send(call: Call, content: Json, kind: str, fixed: Json | None = None) -> Message:
    """Send some content to where the call says."""
    return send_all(call, [content], kind, fixed or {})[0]


def send_all(call: Call, contents: list[Json], kind: str, fixed: Json) -> list[Message]:
    """Send several at once; each costs as much as one alone."""
    chat = call.writable(kind)
    fixed = fixed | present(has_protected_content=call.params.flag("protect_content"))
    drafts = [replace(draft_of(call, chat, content), fixed=fixed) for content in contents]
    call.town.limits.spend(call.bot.id, chat, len(drafts))
    return [compose(call.town, draft) for draft in drafts]


def draft_of(call: Call, chat: Chat, content: Json) -> Draft:
    """Read what a call says about the message besides its content."""
    topic_id = topic_of(call, chat)
    reply_to, quote = answered_of(call, chat)
    return Draft(
        chat=chat,
        author=call.bot.user,
        content=content,
        reply_to=reply_to,
        quote=quote,
        topic_id=topic_id,
        markup=read_markup(call),
        is_silent=call.params.flag("disable_notification"),
    )


def read_text(call: Call, name: str, entities: str) -> Formatted:
    """Read a text with its entities, given or written as HTML."""
    text, given = call.params.text(name), call.params.records(entities)
    mode = call.params.text("parse_mode")
    if mode.lower() == "html":
        text, given = parse_html(text)
    elif mode:
        raise bad_request("can't parse entities: unsupported parse_mode; this emulator reads HTML")
    return format_text(text, given)


def read_message_text(call: Call) -> Json:
    """Read the text of a message as its content."""
    said = read_text(call, "text", "entities")
    if not said.text:
        raise bad_request("message text is empty")
    if units(said.text) > LONGEST_TEXT_UNITS:
        raise bad_request("message is too long")
    options = call.params.record("link_preview_options") or {}
    return {"text": said.text} | present(entities=said.entities, link_preview_options=options)


def read_caption(call: Call) -> Json:
    """Read the text below a picture as a part of its content."""
    said = read_text(call, "caption", "caption_entities")
    if units(said.text) > LONGEST_CAPTION_UNITS:
        raise bad_request("message caption is too long")
    return present(
        caption=said.text,
        caption_entities=said.entities,
        show_caption_above_media=call.params.flag("show_caption_above_media"),
        has_media_spoiler=call.params.flag("has_spoiler"),
    )


def topic_of(call: Call, chat: Chat) -> int | None:
    """Read which topic is meant; General is meant by naming none."""
    if "message_thread_id" not in call.params:
        return None
    topic = chat.topics.get(call.params.integer("message_thread_id"))
    if topic is None:
        raise bad_request("message thread not found")
    if topic.is_closed and not call.standing(chat).may("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return topic.id


def answered_of(call: Call, chat: Chat) -> tuple[Message | None, str | None]:
    """Read what the message answers, and which words of it."""
    asked = call.params.record("reply_parameters")
    if asked is None:
        return None, None
    there = chat
    if "chat_id" in asked and str(asked["chat_id"]) != str(chat.id):
        there = replace(call, params=replace(call.params, values=asked)).chat()
    found = there.messages.get(as_integer(asked.get("message_id")))
    if found is None or found.is_deleted:
        if asked.get("allow_sending_without_reply"):
            return None, None
        raise bad_request("message to be replied not found")
    quote = asked.get("quote")
    if quote is not None and str(quote) not in found.text:
        raise bad_request("QUOTE_TEXT_INVALID")
    return found, None if quote is None else str(quote)


def read_markup(call: Call) -> Json | None:
    """Read the buttons below a message, or the keyboard in place of the letters."""
    if call.params.values.get("reply_markup") == "null" or (
        "reply_markup" in call.params.values and call.params.values["reply_markup"] is None
    ):
        raise bad_request("object expected as reply markup")
    markup = call.params.record("reply_markup")
    if markup is None or not any(name in markup for name in KEYBOARDS):
        return None
    buttons = [
        as_object(b) for row in as_list(markup.get("inline_keyboard")) for b in as_objects(row)
    ]
    if len(buttons) > MOST_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for button in buttons:
        _check_button(button)
    if "inline_keyboard" in markup and not buttons:
        return None
    return markup


def _check_button(button: Json) -> None:
    if not str(button.get("text", "")):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be non-empty')
    if len(ACTIONS & set(button)) != 1:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= LONGEST_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not str(url).startswith(("http://", "https://", "tg://")):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
