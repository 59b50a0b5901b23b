"""Why the homeserver can't be heard: told once with what to do, and how long to wait.

That the account is shut out goes the way of all updates to the core, so it is on disk before
anybody relies on it. Each tells all that is wrong by then.
"""

import random
from collections.abc import Set
from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never

import structlog

from bot.bridges.matrix.errors import MatrixError, NoDevice, NotReached, Refusal
from bot.domain.platform_troubles import PlatformTrouble

LONGEST_PAUSE_S = 30.0
LONGEST_PAUSE_SHUT_OUT_S = 300.0
"""A token that is refused hardly ever opens anything again."""
_SIGN_IN = (
    "this token has no device, as those that an admin API makes: remove "
    "GRANNBRO_MATRIX__ACCESS_TOKEN and set GRANNBRO_MATRIX__USER_ID and GRANNBRO_MATRIX__PASSWORD"
)
_CHECK_TOKEN = (
    "set GRANNBRO_MATRIX__ACCESS_TOKEN to a token of the account, or remove it and set "  # noqa: S105
    "GRANNBRO_MATRIX__USER_ID and GRANNBRO_MATRIX__PASSWORD; with a password set: nothing, the "
    "bot signs in again"
)

log = structlog.get_logger("matrix")


class Trouble(StrEnum):
    """A cause."""

    TOKEN_REFUSED = "token_refused"  # noqa: S105 - no secret
    NO_DEVICE = "no_device"
    PASSWORD_REFUSED = "password_refused"  # noqa: S105 - no secret
    NO_HOMESERVER = "no_homeserver"
    UNREACHABLE = "unreachable"
    LIMITED = "limited"
    OUT_OF_ORDER = "out_of_order"


_SHUT_OUT = frozenset({Trouble.TOKEN_REFUSED, Trouble.NO_DEVICE, Trouble.PASSWORD_REFUSED})


def trouble_of(error: MatrixError, *, signs_in: bool) -> Trouble:
    """Find out what is wrong.

    Args:
        error: What a question ended with.
        signs_in: It was the question for a token.
    """
    match error:
        case NotReached():
            return Trouble.UNREACHABLE
        case NoDevice():
            return Trouble.NO_DEVICE
        case Refusal() if error.is_limit:
            return Trouble.LIMITED
        case Refusal() if error.is_token_refused:
            return Trouble.TOKEN_REFUSED
        case Refusal(status=403 | 400) if signs_in:
            return Trouble.PASSWORD_REFUSED
        case Refusal(status=404 | 405):
            return Trouble.NO_HOMESERVER
        case _:
            return Trouble.OUT_OF_ORDER


def tell(trouble: Trouble, reason: str) -> None:
    """Say what is wrong and what to do about it."""
    match trouble:
        case Trouble.TOKEN_REFUSED:
            log.error("matrix.token_refused", reason=reason, fix=_CHECK_TOKEN)
        case Trouble.NO_DEVICE:
            log.error("matrix.no_device", fix=_SIGN_IN)
        case Trouble.PASSWORD_REFUSED:
            fix = "check GRANNBRO_MATRIX__USER_ID and GRANNBRO_MATRIX__PASSWORD"
            log.error("matrix.password_refused", reason=reason, fix=fix)
        case Trouble.NO_HOMESERVER:
            fix = "set GRANNBRO_MATRIX__HOMESERVER to the address that clients use"
            log.error("matrix.no_homeserver", reason=reason, fix=fix)
        case Trouble.UNREACHABLE:
            fix = "nothing, if it passes; else look at the network and the address"
            log.error("matrix.unreachable", reason=reason, fix=fix)
        case Trouble.LIMITED:
            fix = "nothing, it passes; see docs/matrix.md on limits"
            log.warning("matrix.limited", reason=reason, fix=fix)
        case Trouble.OUT_OF_ORDER:
            fix = "nothing, if it passes; else look at the homeserver's log"
            log.error("matrix.out_of_order", reason=reason, fix=fix)
        case _ as never:
            assert_never(never)


@dataclass
class Troubles:
    """What is wrong just now, so that each cause is told once and its end, too.

    Attributes:
        told: What the core knows; None since the start, when it may know of an older trouble.
    """

    attempts: int = 0
    told: Set[PlatformTrouble] | None = None
    _logged: set[Trouble] = field(default_factory=set)

    def pause_s(self, error: MatrixError, *, signs_in: bool) -> float:
        """Tell a failure unless it was told, and return how long to wait."""
        trouble = trouble_of(error, signs_in=signs_in)
        if trouble not in self._logged:
            self._logged.add(trouble)
            tell(trouble, str(error))
        self.attempts += 1
        most = LONGEST_PAUSE_SHUT_OUT_S if self._is_shut_out else LONGEST_PAUSE_S
        longest = min(2.0 ** min(self.attempts, 16), most)
        pause: float = longest * (0.5 + random.random() / 2)  # noqa: S311 - no secret
        asked = error.retry_after_s if isinstance(error, Refusal) else None
        return max(pause, asked or 0.0)

    def over(self) -> None:
        """Note that the homeserver answers."""
        if self._logged:
            log.info("matrix.reachable_again", failures=self.attempts)
        self.attempts = 0
        self._logged.clear()

    def news(self) -> frozenset[PlatformTrouble] | None:
        """Return what is wrong for good if the core knows otherwise; None if there is no news."""
        wrong = frozenset({PlatformTrouble.TOKEN_REFUSED} if self._is_shut_out else ())
        return None if wrong == self.told else wrong

    @property
    def _is_shut_out(self) -> bool:
        return not self._logged.isdisjoint(_SHUT_OUT)
