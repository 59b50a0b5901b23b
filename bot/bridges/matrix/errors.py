"""What a homeserver's refusals mean.

Source: Matrix client-server API, "Standard error response" and "Common error codes".
"""

import re
from collections.abc import Mapping

from bot.errors import BridgeError, PermanentFailure, PlatformAway, UnknownOutcome, Why

TOKEN_REFUSED = frozenset({"M_UNKNOWN_TOKEN", "M_MISSING_TOKEN"})
RETRY_S = 5.0
"""If the server asks to wait and does not say for how long."""

_FOR_NOW = frozenset(
    {"M_LIMIT_EXCEEDED", "M_RESOURCE_LIMIT_EXCEEDED", "M_USER_LOCKED", "M_USER_SUSPENDED"}
)
_WHY: Mapping[str, Why] = {
    "M_FORBIDDEN": Why.NO_RIGHTS,
    "M_GUEST_ACCESS_FORBIDDEN": Why.NO_RIGHTS,
    "M_INVITE_BLOCKED": Why.BLOCKED,
    "ORG.MATRIX.MSC4155.M_INVITE_BLOCKED": Why.BLOCKED,
    "M_USER_DEACTIVATED": Why.ACCOUNT_GONE,
    "M_TOO_LARGE": Why.TOO_LARGE,
    "M_NOT_FOUND": Why.NO_SUCH_ROOM,
    "M_UNRECOGNIZED": Why.OTHER,
}
_NOT_THERE = re.compile(r"not (joined|in room|in the room|a member)|not in room|no longer in")


class MatrixError(Exception):
    """A request that did not succeed."""


class NotReached(MatrixError):
    """The homeserver could not be reached; nothing was asked."""


class NoDevice(MatrixError):
    """The token was made for no device: nothing can be sealed for it."""


class Broken(MatrixError):
    """The connection broke, or its end makes no sense; it may have been done."""


class Refusal(MatrixError):
    """The homeserver said no.

    Attributes:
        code: Such as `M_FORBIDDEN`; empty if a proxy answered in its place.
        says: What the server says beside it; may quote what was sent, so it is never logged.
    """

    def __init__(
        self, status: int, code: str, *, says: str = "", retry_after_s: float | None = None
    ) -> None:
        super().__init__(f"{status} {code}".strip())
        self.status, self.code, self.says = status, code, says
        self.retry_after_s = retry_after_s

    @property
    def is_limit(self) -> bool:
        """Whether it was too much at once."""
        return self.status == 429 or self.code == "M_LIMIT_EXCEEDED"

    @property
    def is_token_refused(self) -> bool:
        """Whether the account's token opens nothing any more."""
        return self.status == 401 and (self.code in TOKEN_REFUSED or not self.code)

    @property
    def is_for_good(self) -> bool:
        """Whether the same would be refused again."""
        is_passing = self.is_limit or self.is_token_refused
        return 400 <= self.status < 500 and not is_passing

    @property
    def is_not_found(self) -> bool:
        """Whether what was asked about is not there."""
        return self.status == 404 or self.code == "M_NOT_FOUND"

    @property
    def is_forbidden(self) -> bool:
        """Whether the account may not do it."""
        return self.code == "M_FORBIDDEN"


def to_bridge_error(error: MatrixError, *, missing: Why = Why.NO_SUCH_ROOM) -> BridgeError:
    """Say what an error means for whoever asked.

    Args:
        error: What happened.
        missing: What it means that something is not there.
    """
    match error:
        case NotReached():
            return PlatformAway(f"not reached: {error}")
        case NoDevice():
            return PlatformAway("the token has no device")
        case Refusal() if error.is_limit:
            return PlatformAway("too much at once", retry_after_s=error.retry_after_s)
        case Refusal() if error.is_token_refused:
            return PlatformAway("the token is refused")
        case Refusal() if error.code in _FOR_NOW:
            return PlatformAway(error.code)
        case Refusal() if 400 <= error.status < 500:
            return PermanentFailure(str(error), why=_why(error, missing))
        case Refusal(status=503):
            return PlatformAway("the homeserver is out of order")
        case _:
            return UnknownOutcome(str(error))


def _why(refusal: Refusal, missing: Why) -> Why:
    if refusal.is_forbidden and _NOT_THERE.search(refusal.says.lower()):
        return Why.NOT_IN_ROOM
    if refusal.is_not_found:
        return missing
    if refusal.status == 413:
        return Why.TOO_LARGE
    return _WHY.get(refusal.code, Why.OTHER)
