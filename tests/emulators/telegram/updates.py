"""The updates that wait for one bot, and the ways to get them."""

import asyncio
import random
from dataclasses import dataclass, field

from tests.emulators.telegram.clock import Clock
from tests.emulators.telegram.wire import Json, conflict

KEPT_S = 24 * 3600
NEAR = 100_000
ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}
TERMINATED = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
HAS_WEBHOOK = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


@dataclass(frozen=True)
class Waiting:
    """An update that nobody has confirmed."""

    update_id: int
    since_s: float
    body: Json


@dataclass
class UpdateQueue:
    """Keeps updates for a day, in order; ids start at random, as after a quiet week.

    Attributes:
        allowed: The kinds that were asked for; None is all but those that must be named.
        poll: Which long poll is the newest: an older one ends with a conflict.
        pace: How many times faster than the machine's the seconds of a long poll pass.
    """

    clock: Clock
    next_id: int = field(default_factory=lambda: random.randrange(10**8, 9 * 10**8))
    allowed: frozenset[str] | None = None
    waiting: list[Waiting] = field(default_factory=list)
    poll: int = 0
    pollers: int = 0
    is_closed: bool = False
    pace: float = 1.0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def wants(self, kind: str) -> bool:
        """Whether an update of this kind is kept at all."""
        return kind not in ON_REQUEST if self.allowed is None else kind in self.allowed

    def put(self, kind: str, body: object) -> Json | None:
        """Keep an update if its kind is wanted; say how it reads."""
        if not self.wants(kind):
            return None
        update: Json = {"update_id": self.next_id, kind: body}
        self.next_id += 1
        self.put_raw(update)
        return update

    def put_raw(self, update: Json) -> None:
        """Keep an update as it is, even one that no server would send."""
        number = update.get("update_id")
        update_id = number if isinstance(number, int) else self.next_id - 1
        self.waiting.append(Waiting(update_id, self.clock.unix_s(), update))
        self.wake()

    def wake(self) -> None:
        """Let everybody who waits look again."""
        self._news.set()
        self._news = asyncio.Event()

    def allow(self, kinds: list[object]) -> None:
        """Remember which kinds are wanted from now on; an empty list means the usual ones."""
        self.allowed = frozenset(str(k) for k in kinds) or None

    def confirm(self, offset: int) -> None:
        """Forget what lies before an offset; a negative one leaves only the last few."""
        self.forget_old()
        if offset < 0:
            self.waiting = self.waiting[offset:]
        else:
            # Ids that start again somewhere else lie far from an offset of before.
            self.waiting = [w for w in self.waiting if not 0 < offset - w.update_id <= NEAR]

    def forget_old(self) -> None:
        """Forget what nobody has got for a day."""
        oldest_s = self.clock.unix_s() - KEPT_S
        if self.waiting and self.waiting[0].since_s <= oldest_s:
            self.waiting = [w for w in self.waiting if w.since_s > oldest_s]

    def restart_ids(self, *, at: int | None = None) -> None:
        """Go on with ids far from the last ones, as the service does after a quiet week."""
        self.next_id = at if at is not None else random.randrange(10**8, 9 * 10**8)

    async def get(self, offset: int, limit: int, timeout_s: float) -> list[Json]:
        """Wait for updates from an offset on; none when the time is over.

        Raises:
            Refused: Another poll has begun.
        """
        self.poll += 1
        mine = self.poll
        self.confirm(offset)
        self.wake()
        ends_at = asyncio.get_running_loop().time() + timeout_s / self.pace
        self.pollers += 1
        try:
            while not self.waiting and not self.is_closed and self.poll == mine:
                if not await self.changed(ends_at - asyncio.get_running_loop().time()):
                    break
        finally:
            self.pollers -= 1
        if self.poll != mine:
            raise conflict(TERMINATED)
        return [w.body for w in self.waiting[:limit]]

    async def changed(self, timeout_s: float | None) -> bool:
        """Wait for the next `wake`; False when the time is over."""
        try:
            await asyncio.wait_for(self._news.wait(), timeout_s)
        except TimeoutError:
            return False
        return True

    def close(self) -> None:
        """Send everybody home who waits."""
        self.is_closed = True
        self.wake()
