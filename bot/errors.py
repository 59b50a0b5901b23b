"""Every error the bot raises on purpose.

* BotError
  x UserError              the sender can fix it; answered with a text, logged at info
    + NotPermitted         the sender may not do this
    + UnknownButton        the button is too old, or somebody else's
    + Unacceptable         what was sent can't be used, and the text says why
  x BridgeError            a platform call failed; handled by the outbox only
    + TemporaryFailure     not delivered; try again, after `retry_after_s` if given
      - RoomMoved          the room goes on under another id; try again once it is known by that
      - RoomClosed         the room takes nothing until it is opened again
      - PlatformAway       not reached, or it refuses the account; no message is to blame
      - NotYetReadable     what it takes to read an update may still come; no attempt was made
    + PermanentFailure     not delivered and never will be; stop, `why` says whom to tell
    + UnknownOutcome       may have been delivered; the kind of message decides whether to repeat
  x MalformedUpdate        a platform sent something that can't be read; kept as a dead letter
  x NotDrawn               a picture is to be drawn first; all is undone and then done again
  x UpdateDropped          its sender was erased, or it was not kept after all; all of it is undone
  x StorageUnavailable     the database is locked, full or gone; nothing was written
  x ConfigError            refuse to start; names file, key and fix
"""

from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = str | int | float


class BotError(Exception):
    """Base of all errors raised on purpose."""


class UserError(BotError):
    """The sender asked for something that cannot be done.

    Attributes:
        text_id: Id of the answer in bot/locales; never a finished sentence.
        values: Values for the placeholders of that text.
    """

    text_id: str = "error-generic"

    def __init__(self, text_id: str | None = None, **values: Value) -> None:
        self.text_id = text_id or self.text_id
        super().__init__(self.text_id)
        self.values = values


class NotPermitted(UserError):
    """The sender may not do this here."""

    text_id = "error-not-permitted"


class UnknownButton(UserError):
    """The button's time has passed, or it was made for somebody else."""

    text_id = "error-button-expired"


class Unacceptable(UserError):
    """What was sent can't be used; the text says why and what to do instead."""


class NotDrawn(BotError):
    """A picture is not drawn yet, and while others wait to write is no time for it.

    Attributes:
        area: Slug of what it shows.
    """

    def __init__(self, area: str) -> None:
        super().__init__(f"the picture of {area} is not drawn yet")
        self.area = area


class BridgeError(BotError):
    """A call to a chat platform did not succeed."""


class TemporaryFailure(BridgeError):
    """The platform refused for now; the message was not delivered."""

    def __init__(self, reason: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after_s = retry_after_s


class RoomMoved(TemporaryFailure):
    """The platform has given a room another id; nothing was delivered.

    Attributes:
        old: The room's id until now, as the platform's bridge writes it.
        new: Its id from now on. Messages placed before stay where they were and can't be changed.
    """

    def __init__(self, *, old: str, new: str, retry_after_s: float) -> None:
        super().__init__(f"the room {old} is {new} now", retry_after_s=retry_after_s)
        self.old, self.new = old, new


class RoomClosed(TemporaryFailure):
    """Whoever administers a room has closed it for a while; nothing was delivered.

    What is for it waits in its order until it is opened again.
    """


class PlatformAway(TemporaryFailure):
    """The platform can't be reached, or takes nothing just now; nothing was delivered.

    Whatever was to be said, it would have been the same: no message is given up for that.
    """


class NotYetReadable(TemporaryFailure):
    """What it takes to read an update may still come; its bridge says when it no longer waits."""


class Why(StrEnum):
    """What stands in the way for good, so that the right person can be told."""

    OTHER = "other"
    BLOCKED = "blocked"
    """The reader has blocked the bot."""
    NOT_STARTED = "not_started"
    """The reader has never written to the bot, and the platform lets the reader begin."""
    ACCOUNT_GONE = "account_gone"
    NOT_IN_ROOM = "not_in_room"
    """The bot was removed from the room, or never was in it."""
    NO_SUCH_ROOM = "no_such_room"
    NO_RIGHTS = "no_rights"
    """Whoever administers the room has to give the bot a right."""
    MESSAGE_GONE = "message_gone"
    TOO_LARGE = "too_large"


class PermanentFailure(BridgeError):
    """The platform will never accept this; the message was not delivered."""

    def __init__(self, reason: str, *, why: Why = Why.OTHER) -> None:
        super().__init__(reason)
        self.why = why


class UnknownOutcome(BridgeError):
    """The call broke off after it was sent; the message may have been delivered."""


class MalformedUpdate(BotError):
    """A platform sent something that cannot be read."""


class UpdateDropped(BotError):
    """An update was dropped while it was handled: its sender is erased, or its keeping failed."""


class StorageUnavailable(BotError):
    """The database cannot be written now; nothing was changed."""


class ConfigError(BotError):
    """A setting is missing or wrong; the bot refuses to start.

    The message has three parts: the file (or environment), the key, and what to do.
    """

    def __init__(self, *, where: str, key: str, fix: str) -> None:
        super().__init__(f"{where}: {key}: {fix}")
        self.where, self.key, self.fix = where, key, fix
