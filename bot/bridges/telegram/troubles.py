"""Why Telegram can't be heard: told once with what to do, and how long to wait."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never

import structlog
from telegram.error import Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.bridges.telegram.errors import seconds_to_wait
from bot.domain.platform_troubles import PlatformTrouble

LONGEST_PAUSE_S = 30.0
_CHECK_TOKEN = "set GRANNBRO_TELEGRAM__TOKEN to the token that @BotFather shows"  # noqa: S105 - no secret

log = structlog.get_logger("telegram")


class Trouble(StrEnum):
    """A cause."""

    CONFLICT = "conflict"
    WEBHOOK_IS_SET = "webhook_is_set"
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - no secret
    UNREACHABLE = "unreachable"


PLATFORM_TROUBLES: Mapping[Trouble, PlatformTrouble] = {
    Trouble.CONFLICT: PlatformTrouble.HEARD_ELSEWHERE,
    Trouble.WEBHOOK_IS_SET: PlatformTrouble.SENT_ELSEWHERE,
    Trouble.TOKEN_REFUSED: PlatformTrouble.TOKEN_REFUSED,
}
"""Those that don't pass by themselves, as the core calls them."""


def trouble_of(error: TelegramError) -> Trouble:
    """Find out what is wrong."""
    match error:
        case Conflict() if "webhook" in error.message.lower():
            return Trouble.WEBHOOK_IS_SET
        case Conflict():
            return Trouble.CONFLICT
        case InvalidToken() | Forbidden():
            return Trouble.TOKEN_REFUSED
        case _:
            return Trouble.UNREACHABLE


def tell(trouble: Trouble, reason: str) -> None:
    """Say what is wrong and what to do about it."""
    match trouble:
        case Trouble.WEBHOOK_IS_SET:
            # Deleted by itself it would silence whoever relies on it, perhaps another server.
            fix = "set GRANNBRO_TELEGRAM__WEBHOOK_URL, or call deleteWebhook once to poll instead"
            log.error("telegram.webhook_is_set", reason=reason, fix=fix)
        case Trouble.CONFLICT:
            fix = "stop the other process using this token, or set a webhook"
            log.error("telegram.conflict", reason=reason, fix=fix)
        case Trouble.TOKEN_REFUSED:
            log.error("telegram.token_refused", reason=reason, fix=_CHECK_TOKEN)
        case Trouble.UNREACHABLE:
            fix = "nothing, if it passes; else look at the network and proxy"
            log.error("telegram.unreachable", reason=reason, fix=fix)
        case _ as never:
            assert_never(never)


@dataclass
class Troubles:
    """What is wrong just now, so that each cause is told once and its end, too."""

    attempts: int = 0
    _told: set[Trouble] = field(default_factory=set)

    @property
    def may_be_over(self) -> bool:
        """Whether any answer tells that all is well; beside another poller a long one does."""
        return self.attempts > 0 and Trouble.CONFLICT not in self._told

    def pause_s(self, error: TelegramError) -> float:
        """Tell a failure unless it was told, and return how long to wait."""
        trouble = trouble_of(error)
        if trouble not in self._told:
            self._told.add(trouble)
            tell(trouble, type(error).__name__)
        self.attempts += 1
        longest = min(2.0 ** min(self.attempts, 16), LONGEST_PAUSE_S)
        pause = longest * (0.5 + random.random() / 2)  # noqa: S311 - no secret
        if isinstance(error, RetryAfter):
            return max(pause, seconds_to_wait(error))
        return pause

    def over(self) -> None:
        """Note that Telegram answers."""
        if self._told:
            log.info("telegram.reachable_again", failures=self.attempts)
        self.attempts = 0
        self._told.clear()
