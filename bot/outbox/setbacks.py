"""Why an effect is put off, and for how long."""

import random
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.effects import MAX_ATTEMPTS, Effect, away_pause, backoff


@dataclass(frozen=True, slots=True, kw_only=True)
class Setback:
    """What stood in the way of one attempt.

    Attributes:
        retry_after_s: How long the platform wants to be left alone; None if it has not said.
        in_doubt: It may have been delivered all the same.
        is_away: The platform, or the room, takes nothing at all: that says nothing of this effect.
        at_most: With so many attempts it is given up.
    """

    reason: str
    retry_after_s: float | None = None
    in_doubt: bool = False
    is_away: bool = False
    at_most: int = MAX_ATTEMPTS

    def pause(self, effect: Effect) -> timedelta:
        """Return how long the effect waits."""
        if self.retry_after_s is not None:
            return timedelta(seconds=self.retry_after_s)
        jitter = random.random()  # noqa: S311 - no secret
        pause = away_pause if self.is_away else backoff
        return pause(effect.attempts, jitter=jitter)
