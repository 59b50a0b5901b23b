"""What Telegram's refusals mean for the outbox."""

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.bridges.telegram import errors
from bot.bridges.telegram.errors import to_bridge_error
from bot.errors import (
    PermanentFailure,
    PlatformAway,
    RoomClosed,
    RoomMoved,
    TemporaryFailure,
    UnknownOutcome,
    Why,
)

UNREACHABLE = aiohttp.ClientConnectorError(
    ConnectionKey(
        "t", 443, is_ssl=True, ssl=True, proxy=None, proxy_auth=None, proxy_headers_hash=None
    ),
    OSError("x"),
)


def caused(error: TelegramError, cause: BaseException) -> TelegramError:
    """The library's error with what lies beneath it."""
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (caused(NetworkError("x"), UNREACHABLE), PlatformAway),
        (caused(TimedOut(), aiohttp.ConnectionTimeoutError("x")), PlatformAway),
        (caused(TimedOut(), aiohttp.SocketTimeoutError("x")), UnknownOutcome),
        (caused(TimedOut(), TimeoutError("x")), UnknownOutcome),
        (caused(NetworkError("x"), aiohttp.ClientOSError("x")), UnknownOutcome),
        (caused(NetworkError("x"), aiohttp.ServerDisconnectedError("x")), UnknownOutcome),
        (caused(NetworkError("x"), aiohttp.ClientPayloadError("x")), UnknownOutcome),
        (caused(NetworkError("x"), OSError("x")), UnknownOutcome),
        (NetworkError("Internal Server Error"), UnknownOutcome),
        (NetworkError("Too Many Requests"), PlatformAway),
        (NetworkError("Proxy Authentication Required (407)"), PlatformAway),
        (NetworkError("Bad Gateway"), UnknownOutcome),
        (caused(NetworkError("Bad Gateway (502). x"), TelegramError("x")), UnknownOutcome),
        (NetworkError("Service Unavailable (503)"), UnknownOutcome),
        (NetworkError("Gateway Timeout (504)"), UnknownOutcome),
        (TelegramError("Invalid server response"), UnknownOutcome),
        (Conflict("x"), PlatformAway),
        (InvalidToken("Unauthorized"), PlatformAway),
        (NetworkError("Request Entity Too Large"), PermanentFailure),
        (BadRequest("x"), PermanentFailure),
        (BadRequest("TOPIC_CLOSED"), RoomClosed),
        (Forbidden("x"), PermanentFailure),
    ],
    ids=lambda value: (
        getattr(value, "__name__", None) or f"{type(value).__name__} {value} {value.__cause__!r}"
    ),
)
def test_only_what_surely_was_not_delivered_may_be_repeated(
    error: TelegramError, expected: type[Exception]
) -> None:
    """A message told twice is worse than one told late; one lost is worse than both."""
    assert type(to_bridge_error(error)) is expected


def test_flood_control_says_how_long_to_wait() -> None:
    """The outbox waits exactly so long."""
    failure = to_bridge_error(RetryAfter(7))

    assert isinstance(failure, TemporaryFailure)
    assert failure.retry_after_s == 7.0


def test_moved_room_says_where_it_went() -> None:
    """A group that becomes a supergroup has another id."""
    failure = to_bridge_error(ChatMigrated(-1001), chat="-7")

    assert isinstance(failure, RoomMoved)
    assert (failure.old, failure.new) == ("-7", "-1001")


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), Why.BLOCKED),
        (Forbidden("Forbidden: bot can't initiate conversation with a user"), Why.NOT_STARTED),
        (Forbidden("Forbidden: user is deactivated"), Why.ACCOUNT_GONE),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Why.NOT_IN_ROOM),
        (Forbidden("Forbidden: bot is not a member of the channel chat"), Why.NOT_IN_ROOM),
        (BadRequest("Not enough rights to send text messages to the chat"), Why.NO_RIGHTS),
        (BadRequest("Have no rights to send a message"), Why.NO_RIGHTS),
        (BadRequest("CHAT_WRITE_FORBIDDEN"), Why.NO_RIGHTS),
        (BadRequest("Message can't be deleted for everyone"), Why.NO_RIGHTS),
        (BadRequest("Message to edit not found"), Why.MESSAGE_GONE),
        (BadRequest("Chat not found"), Why.NO_SUCH_ROOM),
        (BadRequest("Message thread not found"), Why.NO_SUCH_ROOM),
        (BadRequest("TOPIC_DELETED"), Why.NO_SUCH_ROOM),
        (BadRequest("File is too big"), Why.TOO_LARGE),
        (BadRequest("Something new"), Why.OTHER),
    ],
    ids=str,
)
def test_refusal_for_good_says_whom_to_tell(error: TelegramError, why: Why) -> None:
    """The reader, whoever administers the room, or nobody."""
    failure = to_bridge_error(error)

    assert isinstance(failure, PermanentFailure)
    assert failure.why is why


@pytest.mark.parametrize(
    ("text", "recognised"),
    [
        ("Message is not modified: specified new message content", errors.is_unchanged),
        ("Message to delete not found", errors.is_already_gone),
        ("Can't parse entities: unsupported start tag", errors.is_about_entities),
        ("Message is too long", errors.is_too_long),
        ("PHOTO_INVALID_DIMENSIONS", errors.is_about_form),
        ("VOICE_MESSAGES_FORBIDDEN", errors.is_about_form),
    ],
)
def test_refusals_that_have_a_way_out_are_known(text: str, recognised: object) -> None:
    """Each by its own text and by no other's."""
    known = [
        errors.is_unchanged,
        errors.is_already_gone,
        errors.is_about_entities,
        errors.is_too_long,
        errors.is_about_form,
    ]

    assert [check for check in known if check(BadRequest(text))] == [recognised]
    assert not any(check(Forbidden(text)) for check in known)


def test_reason_does_not_quote_an_answer() -> None:
    """Half an answer may hold what people wrote."""
    error = caused(NetworkError("Bad Gateway (502). Parsing b'Anna' failed"), TelegramError("x"))

    assert "Anna" not in str(to_bridge_error(error))
