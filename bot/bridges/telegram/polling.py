"""Asking Telegram for updates, over and over.

The library's own poller keeps updates in memory and tells Telegram so; and one that it can't read
would keep all that follow it from ever coming.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest

from bot.bridges.telegram.intake import Intake
from bot.bridges.telegram.updates import ALLOWED_UPDATES
from bot.domain.richtext_json import Json
from bot.ports.bridge import Accept

WAIT_S = 25
"""How long Telegram holds a question to which it has no answer yet."""
ANSWER_WITHIN_S = WAIT_S + 10
BATCH = 100


@dataclass(kw_only=True)
class Polling:
    """Long polling: an update is confirmed by the next question, once it is in safe keeping.

    Attributes:
        request: A connection of its own, since each question holds it for long.
        base_url: Of the account, with its token: `Bot.base_url`.
    """

    request: BaseRequest
    base_url: str
    intake: Intake
    wait_s: int = WAIT_S
    _offset: int = 0

    async def run(self, accept: Accept) -> None:
        """Offer updates in order, each at least once, until cancelled."""
        async with self.request:
            while True:
                await self._round(accept)

    async def _round(self, accept: Accept) -> None:
        try:
            updates = await self._ask()
        except TelegramError as error:
            await self.intake.failed(error, accept)
            return
        await self.intake.answered(accept)
        await self.intake.take_surely(updates, accept)
        # Nothing came: all is confirmed. After a quiet week ids may begin anywhere.
        self._offset = max(map(_after, updates), default=0)

    async def _ask(self) -> Sequence[Json]:
        """Return what has come; what was returned before is confirmed by it.

        By GET, for only so the library hands out the answer as it came.
        """
        question = {
            "offset": self._offset,
            "limit": BATCH,
            # After a failure at once, so that the operator reads early that it is over.
            "timeout": 0 if self.intake.may_be_over else self.wait_s,
            "allowed_updates": json.dumps(ALLOWED_UPDATES),
        }
        answer = await self.request.retrieve(
            f"{self.base_url}/getUpdates?{urlencode(question)}", read_timeout=ANSWER_WITHIN_S
        )
        return _updates_in(answer)


def _updates_in(answer: bytes) -> Sequence[Json]:
    try:
        told: Json = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise NetworkError("the answer is no JSON") from error
    match told:
        case {"ok": True, "result": list(updates)} if not updates or any(map(_after, updates)):
            return updates
        case _:
            raise NetworkError("the answer holds no updates")


def _after(update: Json) -> int:
    match update:
        case {"update_id": int(number)}:
            return number + 1
        case _:
            return 0
