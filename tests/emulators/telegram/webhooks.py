"""Updates carried to a bot's own server."""

import asyncio
from dataclasses import dataclass, field

import aiohttp

from tests.emulators.telegram.clock import Clock
from tests.emulators.telegram.faults import Faults
from tests.emulators.telegram.updates import UpdateQueue, Waiting
from tests.emulators.telegram.wire import Json, present

PATIENCE_S = 10.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(eq=False, kw_only=True)
class Webhook:
    """Posts what waits in a queue, and again until it is answered with 2xx."""

    url: str
    queue: UpdateQueue
    clock: Clock
    faults: Faults
    secret: str = ""
    max_connections: int = 40
    last_error: str = ""
    last_error_s: int = 0
    delivered: int = 0
    _in_flight: set[int] = field(default_factory=set)

    def to_json(self, allowed: frozenset[str] | None) -> Json:
        """Word it as a WebhookInfo."""
        told: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.queue.waiting),
            "max_connections": self.max_connections,
        }
        if self.last_error:
            told |= {"last_error_date": self.last_error_s, "last_error_message": self.last_error}
        return told | present(allowed_updates=sorted(allowed or ()))

    async def run(self) -> None:
        """Deliver until cancelled, on as many connections as the bot allows."""
        timeout = aiohttp.ClientTimeout(total=PATIENCE_S)
        async with aiohttp.ClientSession(timeout=timeout) as session, asyncio.TaskGroup() as group:
            for _ in range(self.max_connections):
                group.create_task(self._work(session))

    async def _work(self, session: aiohttp.ClientSession) -> None:
        while True:
            update = self._take()
            if update is None:
                await self.queue.changed(None)
                continue
            try:
                await self._insist(session, update)
            finally:
                self._in_flight.discard(id(update))

    async def _insist(self, session: aiohttp.ClientSession, update: Waiting) -> None:
        """Post an update again and again, waiting longer each time, while it is wanted."""
        pause_s = FIRST_PAUSE_S
        while any(update is w for w in self.queue.waiting):
            if await self._post(session, update):
                self._forget(update)
                return
            await self.clock.sleep(pause_s)
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
            self.queue.forget_old()

    def _take(self) -> Waiting | None:
        self.queue.forget_old()
        free = [w for w in self.queue.waiting if id(w) not in self._in_flight]
        if not free:
            return None
        update = free[-1 if self.faults.is_shuffled else 0]
        self._in_flight.add(id(update))
        return update

    async def _post(self, session: aiohttp.ClientSession, update: Waiting) -> bool:
        headers = {SECRET_HEADER: self.secret} if self.secret else {}
        try:
            async with session.post(self.url, json=update.body, headers=headers) as answer:
                if answer.ok:
                    return True
                self._note(f"Wrong response from the webhook: {answer.status} {answer.reason}")
        except (aiohttp.ClientError, TimeoutError) as error:
            self._note(f"Connection failed: {type(error).__name__}")
        return False

    def _note(self, error: str) -> None:
        self.last_error, self.last_error_s = error, int(self.clock.unix_s())

    def _forget(self, update: Waiting) -> None:
        self.delivered += 1
        self.queue.waiting = [w for w in self.queue.waiting if w is not update]
        self.queue.wake()
