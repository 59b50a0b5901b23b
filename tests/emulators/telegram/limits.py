"""How much a bot may send, and what it is told when that was too much."""

import math
from collections import Counter, deque
from dataclasses import dataclass, field

from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.clock import Clock
from tests.emulators.telegram.wire import too_many

OVERALL = 0  # no chat has this id


@dataclass
class Limits:
    """The limits that bots are told to stay under; the real ones are stricter when they wish.

    Attributes:
        counts_edits: Whether an edit costs as much as a message.
        sent_s: When each bot has sent something, by its id.
        refused: How often a chat was too full, by its id; 0 is the sum of all chats.
    """

    clock: Clock
    is_on: bool = False
    overall_per_s: int = 30
    private_per_s: float = 1.0
    private_burst: int = 3
    group_per_minute: int = 20
    counts_edits: bool = False
    sent_s: dict[int, deque[float]] = field(default_factory=dict)
    refused: Counter[int] = field(default_factory=Counter)
    _recent: dict[tuple[int, int], deque[float]] = field(default_factory=dict)
    _closed_until_s: dict[tuple[int, int], float] = field(default_factory=dict)

    def spend(self, bot_id: int, chat: Chat, count: int = 1) -> None:
        """Count messages that are about to be sent.

        Raises:
            Refused: That is too much; all to this chat is refused until the time has passed.
        """
        now_s = self.clock.monotonic_s()
        every_s = self.private_burst / self.private_per_s
        most, per_s = (
            (self.private_burst, every_s) if chat.is_private else (self.group_per_minute, 60)
        )
        for key, allowed, within_s in (
            ((bot_id, OVERALL), self.overall_per_s, 1.0),
            ((bot_id, chat.id), most, per_s),
        ):
            self._require_open(key, now_s)
            if self.is_on:
                self._require_room(key, allowed - count, within_s)
        self.sent_s.setdefault(bot_id, deque(maxlen=10_000)).extend([now_s] * count)
        for key in ((bot_id, OVERALL), (bot_id, chat.id)):
            self._recent.setdefault(key, deque(maxlen=200)).extend([now_s] * count)

    def close(self, bot_id: int, chat_id: int, seconds: float) -> None:
        """Refuse everything to a chat for a while; to all of them with id 0."""
        self._closed_until_s[bot_id, chat_id] = self.clock.monotonic_s() + seconds

    def sends_per_s(self, bot_id: int) -> list[int]:
        """How many messages a bot sent in each second that it sent any."""
        return list(Counter(int(at) for at in self.sent_s.get(bot_id, ())).values())

    def _require_open(self, key: tuple[int, int], now_s: float) -> None:
        left_s = self._closed_until_s.get(key, 0.0) - now_s
        if left_s > 0:
            self.refused[key[1]] += 1
            raise too_many(max(1, math.ceil(left_s)))

    def _require_room(self, key: tuple[int, int], most: int, within_s: float) -> None:
        now_s = self.clock.monotonic_s()
        recent = self._recent.setdefault(key, deque(maxlen=200))
        while recent and recent[0] <= now_s - within_s:
            recent.popleft()
        if len(recent) > most:
            self._closed_until_s[key] = recent[0] + within_s
            self._require_open(key, now_s)
