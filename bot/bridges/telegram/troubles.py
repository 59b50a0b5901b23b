"""Why Telegram can't be heard: told once with what to do, and how long to wait."""

import random
from dataclasses import dataclass, field

import structlog
from telegram.error import Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.bridges.telegram.errors import seconds_to_wait

LONGEST_PAUSE_S = 30.0
_CHECK_TOKEN = "set GRANNBRO_TELEGRAM__TOKEN to the token that @BotFather shows"  # noqa: S105 - no secret

log = structlog.get_logger("telegram")


@dataclass(frozen=True, slots=True)
class Trouble:
    """One cause; `fix` says what to do about it."""

    event: str
    fix: str


def trouble_of(error: TelegramError) -> Trouble:
    """Find out what is wrong."""
    match error:
        case Conflict() if "webhook" in str(error).lower():
            # Deleted by itself it would silence whoever relies on it, perhaps another server.
            return Trouble(
                "telegram.webhook_is_set",
                "set GRANNBRO_TELEGRAM__WEBHOOK_URL, or call deleteWebhook once to poll instead",
            )
        case Conflict():
            return Trouble(
                "telegram.conflict",
                "stop the other process using this token, or set a webhook",
            )
        case InvalidToken() | Forbidden():
            return Trouble("telegram.token_refused", _CHECK_TOKEN)
        case _:
            return Trouble(
                "telegram.unreachable", "nothing, if it passes; else look at the network and proxy"
            )


@dataclass
class Troubles:
    """What is wrong just now, so that each cause is told once and its end, too."""

    attempts: int = 0
    _told: set[Trouble] = field(default_factory=set)

    def pause_s(self, error: TelegramError) -> float:
        """Tell a failure unless it was told, and return how long to wait."""
        trouble = trouble_of(error)
        if trouble not in self._told:
            self._told.add(trouble)
            log.error(trouble.event, reason=type(error).__name__, fix=trouble.fix)
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
