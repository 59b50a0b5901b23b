"""What Telegram's refusals mean.

The Bot API has no codes finer than HTTP's, so texts are compared; they have stood for years.
A reason never quotes an answer that could hold somebody's words.
"""

import re
from datetime import timedelta

import aiohttp
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.errors import (
    BridgeError,
    PermanentFailure,
    PlatformAway,
    RoomClosed,
    RoomMoved,
    UnknownOutcome,
    Why,
)

MOVED_RETRY_S = 60.0
CLOSED_RETRY_S = 600.0
"""Telegram tells when a topic is opened again; a bot that was not running then has to ask."""

_NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)

_UNCHANGED = re.compile("message is not modified")
_ALREADY_GONE = re.compile("message to delete not found|message_id_invalid")
_GONE = re.compile("message to edit not found")
_NO_TEXT = re.compile("there is no text in the message")
_NO_FILE = re.compile("there is no caption in the message")
_WITHOUT_BUTTONS = re.compile("message can't be edited|message_not_modified")
_HANGS = re.compile("chat_not_modified")
_HANGS_NOT = re.compile("message to unpin not found")
_DECIDED = re.compile("user_already_participant|hide_requester_missing")
_KEPT = re.compile("message can't be deleted")
_BAD_ENTITIES = re.compile("can't parse entit|entity_|entities")
_TOO_LONG = re.compile("message is too long|message_too_long|caption is too long|_too_long")
_OTHER_FORM = re.compile(
    "photo_|image_process_failed|wrong type of the web page content|voice_messages_forbidden|"
    "wrong (remote )?file (identifier|_id)|sticker_id_invalid|"
    "can't use file of type"
)
_CLOSED = re.compile("topic_closed")
_NO_STICKERS = re.compile("rights to send stickers|chat_send_stickers_forbidden")
_NO_FILES = re.compile(
    "rights to send (photo|video|voice|audio|music|document|file|animation|gif|sticker|media)|"
    "chat_send_(photo|video|roundvideo|voice|audio|doc|gif|sticker|media)s?_forbidden"
)
_NOT_TAKEN = re.compile(r"too many requests|\(4\d\d\)", re.IGNORECASE)

# Most specific first.
_FOR_GOOD = (
    (re.compile("blocked by the user"), Why.BLOCKED),
    (re.compile("can't initiate conversation"), Why.NOT_STARTED),
    (re.compile("user is deactivated|input_user_deactivated"), Why.ACCOUNT_GONE),
    (re.compile("rights|chat_write_forbidden|chat_admin_required|_forbidden"), Why.NO_RIGHTS),
    (re.compile("message can't be (deleted|edited)"), Why.NO_RIGHTS),
    (re.compile("kicked|not a member|chat was deleted|chat was deactivated"), Why.NOT_IN_ROOM),
    (
        re.compile("message to (edit|delete|pin|be replied) not found|message_id_inv"),
        Why.MESSAGE_GONE,
    ),
    (re.compile("(chat|user|thread) not found|peer_id_inv|topic_"), Why.NO_SUCH_ROOM),
    (re.compile("too large|too big|too_big"), Why.TOO_LARGE),
)


def to_bridge_error(error: TelegramError, *, chat: str = "") -> BridgeError:
    """Say what an error means for whoever asked.

    Args:
        error: What the library raised.
        chat: Where something was to be done.
    """
    match error:
        case RetryAfter():
            return PlatformAway("flood control", retry_after_s=seconds_to_wait(error))
        case ChatMigrated(new_chat_id=new):
            return RoomMoved(old=chat, new=str(new), retry_after_s=MOVED_RETRY_S)
        case InvalidToken() | EndPointNotFound():
            return PlatformAway("the token is refused")
        case Conflict():
            return PlatformAway("another program uses the token")
        case BadRequest() if _says(error, _CLOSED):
            return RoomClosed("the topic is closed", retry_after_s=CLOSED_RETRY_S)
        case Forbidden() | BadRequest():
            return PermanentFailure(error.message, why=_why(error))
        case NetworkError():
            return _network_failure(error)
        case _:
            return UnknownOutcome(f"Telegram's answer can't be read: {type(error).__name__}")


def seconds_to_wait(error: RetryAfter) -> float:
    """Return for how long Telegram wants to hear nothing."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def is_unchanged(error: TelegramError) -> bool:
    """Whether an edit was refused because all of it stands there already."""
    return _says(error, _UNCHANGED)


def is_already_gone(error: TelegramError) -> bool:
    """Whether a deletion was refused because there is nothing to delete."""
    return _says(error, _ALREADY_GONE)


def is_gone(error: TelegramError) -> bool:
    """Whether there is nothing to change."""
    return _says(error, _GONE)


def is_no_text(error: TelegramError) -> bool:
    """Whether words were to be changed where a file stands."""
    return _says(error, _NO_TEXT)


def is_no_file(error: TelegramError) -> bool:
    """Whether a caption was to be changed where a text stands."""
    return _says(error, _NO_FILE)


def is_without_buttons(error: TelegramError) -> bool:
    """Whether buttons were to be changed where none can stand, as under an album."""
    return _says(error, _WITHOUT_BUTTONS)


def is_pinned_already(error: TelegramError) -> bool:
    """Whether a message was not hung up because it hangs."""
    return _says(error, _HANGS)


def is_not_pinned(error: TelegramError) -> bool:
    """Whether a message was not taken down because it does not hang, or is gone."""
    return _says(error, _HANGS_NOT)


def is_decided(error: TelegramError) -> bool:
    """Whether somebody who asked to be let in is in already, or asks no more."""
    return _says(error, _DECIDED)


def is_refused_removal(error: TelegramError) -> bool:
    """Whether a message is too old to be deleted, or the bot has no right to."""
    return _says(error, _KEPT)


def is_about_entities(error: TelegramError) -> bool:
    """Whether the same characters might pass without their looks."""
    return _says(error, _BAD_ENTITIES)


def is_too_long(error: TelegramError) -> bool:
    """Whether the text might pass in smaller parts."""
    return _says(error, _TOO_LONG)


def is_about_form(error: TelegramError) -> bool:
    """Whether a file might pass as a document: a broken picture, a voice nobody wants to hear."""
    return _says(error, _OTHER_FORM)


def is_about_stickers(error: TelegramError) -> bool:
    """Whether whoever administers the chat wants no stickers there."""
    return _says(error, _NO_STICKERS)


def is_about_files(error: TelegramError) -> bool:
    """Whether whoever administers the chat wants no such files there; words may pass."""
    return _says(error, _NO_FILES)


def _says(error: TelegramError, pattern: re.Pattern[str]) -> bool:
    return isinstance(error, BadRequest) and pattern.search(error.message.lower()) is not None


def _why(error: TelegramError) -> Why:
    text = error.message.lower()
    return next((why for pattern, why in _FOR_GOOD if pattern.search(text)), Why.OTHER)


def _network_failure(error: NetworkError) -> BridgeError:
    cause = error.__cause__
    if isinstance(cause, _NOT_SENT):
        return PlatformAway(f"not reached: {type(cause).__name__}")
    if cause is not None and not isinstance(cause, TelegramError):
        return UnknownOutcome(f"the connection broke: {type(cause).__name__}")
    if "too large" in error.message.lower():
        return PermanentFailure("the request is too large", why=Why.TOO_LARGE)
    if _NOT_TAKEN.search(error.message):
        return PlatformAway("the request was turned away")
    # Who breaks down, or gives up waiting for another, may have done it before.
    return UnknownOutcome("the service is out of order")
