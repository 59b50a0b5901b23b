"""Messages and their edits."""

import re

from bot.bridges.telegram.contents import Content, content_of
from bot.bridges.telegram.fields import Fields
from bot.bridges.telegram.rooms import Account, is_private, name_of, ref_of, sender_of
from bot.domain.commands import Command, parse_command
from bot.domain.incoming import IncomingEdit, IncomingMessage, Quoted
from bot.domain.messages import MessageRef
from bot.domain.quoting import quote_of
from bot.domain.richtext import RichText

PREFIXES = ("/",)
_ADDRESSED = re.compile(r"^/\w{1,32}@(?P<bot>\w+)")


def read_message(message: Fields, me: Account) -> IncomingMessage | None:
    """Read a message; None if it is a bot's, meant for another bot, or tells of the chat alone."""
    content = _content_for_us(message, me)
    if content is None:
        return None
    forwarded_from = _origin_of(message)
    return IncomingMessage(
        ref=ref_of(message),
        sender=sender_of(message),
        sent_at=message.moment("date"),
        text=content.text,
        is_direct=is_private(message),
        command=None if forwarded_from is not None else _command_in(content.text),
        attachments=content.attachments,
        position=content.position,
        reply_to=_answered_by(message),
        quoted=_quoted_by(message),
        forwarded_from=forwarded_from,
        extra=content.extra,
    )


def read_edit(message: Fields, me: Account) -> IncomingEdit | None:
    """Read a message as its author has changed it; who shares the way is at another place."""
    content = _content_for_us(message, me)
    if content is None:
        return None
    return IncomingEdit(
        ref=ref_of(message),
        sender=sender_of(message),
        text=content.text,
        is_direct=is_private(message),
        attachments=content.attachments,
        position=content.position,
        quoted=_quoted_by(message),
    )


def _content_for_us(message: Fields, me: Account) -> Content | None:
    if _is_by_a_bot(message):
        return None
    content = content_of(message)
    if content is None or _is_for_another_bot(content.text, me):
        return None
    return content


def _is_by_a_bot(message: Fields) -> bool:
    """Whether a bot speaks for itself: two that carry each other's lines would never end.

    Whoever writes in the name of a chat is told as a bot, too.
    """
    author = message.inner_or_none("from")
    return author is not None and author.flag("is_bot") and "sender_chat" not in message


def _is_for_another_bot(text: RichText, me: Account) -> bool:
    named = _ADDRESSED.match(text.plain)
    return bool(named and me.username and named["bot"].casefold() != me.username.casefold())


def _command_in(text: RichText) -> Command | None:
    return parse_command(text, prefixes=PREFIXES)


def _origin_of(message: Fields) -> str | None:
    """Return who wrote it first; a channel's post in its own discussion is written there."""
    origin = message.inner_or_none("forward_origin")
    if origin is None or message.flag("is_automatic_forward"):
        return None
    if "sender_user_name" in origin:
        return origin.text("sender_user_name")
    who = origin.first_of(("sender_user", "sender_chat", "chat"))
    return name_of(origin.inner(who)) if who else ""


def _answered_by(message: Fields) -> MessageRef | None:
    """Return the message that is replied to; a topic's first message is the topic itself."""
    answered = message.inner_or_none("reply_to_message")
    if answered is None:
        return None
    ref = ref_of(message)
    number = answered.number("message_id")
    in_topic = message.flag("is_topic_message") and "message_thread_id" in message
    if in_topic and number == message.number("message_thread_id"):
        return None
    return MessageRef(ref.room, str(number))


def _quoted_by(message: Fields) -> Quoted | None:
    quote = message.inner_or_none("quote")
    if quote is not None:
        is_chosen = quote.flag("is_manual") or "external_reply" in message
        return quote_of(quote.text("text"), is_chosen=is_chosen)
    answered = message.inner_or_none("reply_to_message")
    if answered is None or _answered_by(message) is None:
        return None
    return quote_of(answered.text_or("text") or answered.text_or("caption"), is_chosen=False)
