"""A town of many groups and followers on platforms that keep their limits, by the test's clock."""

import asyncio
import json
import os
import sqlite3
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.app import App, make_parts
from bot.bridges.memory import MemoryBridge, Shown, private_room
from bot.domain.alerting import AlertSettings
from bot.domain.digests import DigestTimes
from bot.domain.groups import Group, GroupId
from bot.domain.messages import MessageRef, Recipient, RoomRef, UserRef
from bot.domain.notes import NoteId
from bot.domain.notices import NoticeId
from bot.domain.outgoing import OutgoingMessage
from bot.domain.people import PersonId
from bot.errors import PermanentFailure, TemporaryFailure
from bot.ports.holdings import Pace
from tests.town import MX, TG, FakeClock, Town, alby, installation, make_town

TICK = timedelta(seconds=5)
_A_SECOND, _A_MINUTE = timedelta(seconds=1), timedelta(seconds=60)
_A_SECOND_MOST = {TG: 30, MX: 50}
_A_MINUTE_MOST = 20
_IN_PRIVATE = 3, timedelta(seconds=3)
"""One a second, and a card, a receipt and an answer may come at once."""
ALL_KINDS = (1 << 30) - 1


@dataclass
class LimitedBridge(MemoryBridge):
    """Waits where the platform as a whole is busy, and sends back where a chat is.

    Attributes:
        calls: When it has sent or changed something, and where.
        edited: When each message was changed.
    """

    clock: FakeClock = field(default_factory=FakeClock)
    calls: list[tuple[datetime, RoomRef]] = field(default_factory=list)
    edited: dict[MessageRef, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    _lately: deque[datetime] = field(default_factory=deque)
    _in_room: dict[RoomRef, deque[datetime]] = field(default_factory=lambda: defaultdict(deque))
    _at: dict[MessageRef, Shown] = field(default_factory=dict)

    async def send(
        self, to: Recipient, message: OutgoingMessage, *, key: str
    ) -> Sequence[MessageRef]:
        """Show a message when the limits allow it."""
        await self._wait_for(to if isinstance(to, RoomRef) else private_room(to))
        refs = await super().send(to, message, key=key)
        self._at |= {refs[0]: self._by_key[key]}
        return refs

    async def edit(
        self, parts: Sequence[MessageRef], message: OutgoingMessage
    ) -> Sequence[MessageRef]:
        """Change a message when the limits allow it."""
        await self._wait_for(parts[0].room)
        self.edited[parts[0]].append(self.clock.at)
        return await super().edit(parts, message)

    def _find(self, ref: MessageRef) -> Shown:
        if ref not in self._at:
            raise PermanentFailure("message to edit not found")
        return self._at[ref]

    async def _wait_for(self, room: RoomRef) -> None:
        is_private = room.room_id.startswith("dm-")
        most, span = _IN_PRIVATE if is_private else (_A_MINUTE_MOST, _A_MINUTE)
        here = _since(self._in_room[room], self.clock.at - span)
        if len(here) >= most:
            wait = here[0] + span - self.clock.at
            raise TemporaryFailure("slow down", retry_after_s=wait.total_seconds())
        lately = _since(self._lately, self.clock.at - _A_SECOND)
        if len(lately) >= _A_SECOND_MOST[self.platform]:
            self.clock.at = max(self.clock.at, lately[0] + _A_SECOND)
        for kept in (here, lately):
            kept.append(self.clock.at)
        self.calls.append((self.clock.at, room))

    def most_in(self, span: timedelta, which: Callable[[RoomRef], bool]) -> int:
        """The most calls for the chats that are meant, for all together, in any such time."""
        times = [at for at, room in self.calls if which(room)]
        return max((_within(times, first, span) for first in range(len(times))), default=0)


def _since(times: deque[datetime], before: datetime) -> deque[datetime]:
    while times and times[0] <= before:
        times.popleft()
    return times


def _within(times: Sequence[datetime], first: int, span: timedelta) -> int:
    end = first
    while end < len(times) and times[end] < times[first] + span:
        end += 1
    return end - first


@dataclass
class Crowd:
    """The town, its people by number, and what its platforms have shown."""

    town: Town
    people: Sequence[UserRef]
    rooms: Sequence[RoomRef]
    ticked_at: datetime

    def holding(self, text: str) -> Counter[Recipient]:
        """How often each room and each of the people sees this."""
        bridges = (self.town.telegram, self.town.matrix)
        wanted = {*self.people, *self.rooms}
        return Counter(s.to for b in bridges for s in b.shown if s.to in wanted and text in s.text)

    async def delivers(
        self, *, batches: int | None = None, ticked: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        """Let the outboxes work, and time pass, until nothing waits or so many batches are out."""
        done = 0
        while batches is None or done < batches:
            done += 1
            if not await self._batch() and not await self._time_passes():
                return
            if self.town.clock.at - self.ticked_at >= TICK:
                self.ticked_at = self.town.clock.at
                await self.town.app.ticks.round(Pace.SOON)
                if ticked is not None:
                    await ticked()

    async def _batch(self) -> int:
        number = 0
        for outbox in self.town.app.outboxes:
            outbox._reach.typical_s = 0.0
            tasks = (await outbox._claim()).jobs
            await outbox._settle(await asyncio.gather(*map(outbox._try, tasks)))
            number += len(tasks)
        return number

    async def _time_passes(self) -> bool:
        """Move the clock to when something is due, or to the next tick; False if all is done."""
        async with self.town.app.parts.database.read() as uow:
            dues = [await uow.outbox.next_due(platform) for platform in (TG, MX)]
            counting = await uow.notices.to_count(self.town.clock.at + TICK)
        moments = [due for due in dues if due] + ([self.ticked_at + TICK] if counting else [])
        self.town.clock.at = max(self.town.clock.at, min(moments, default=self.town.clock.at))
        return bool(moments)

    async def dies(self, folder: Path, groups: Sequence[Group]) -> None:
        """Begin some effects, lose what became of them, and start another process."""
        for outbox in self.town.app.outboxes:
            tasks = (await outbox._claim()).jobs
            if outbox.performer.bridge.capabilities.repeats_safely:
                await asyncio.gather(*map(outbox._try, tasks))
            else:
                await outbox._begin(tasks)
        await self.town.app.close()
        parts = make_parts(installation(folder, groups=tuple(groups)), self.town.clock)
        self.town.app = App(parts, [self.town.telegram, self.town.matrix])
        await self.town.app.open()
        for outbox in self.town.app.outboxes:
            await outbox.recover()

    async def progress(self, notice: str = "N-1") -> dict[str, object]:
        """What the message that counts up says."""
        async with self.town.app.parts.database.read() as uow:
            note = await uow.notes.get(NoteId(f"progress-{NoticeId(notice)}"))
        assert note is not None
        words = note.words
        while "first" in words.values:
            first = words.values["first"]
            assert not isinstance(first, str | int | float)
            words = first  # type: ignore[assignment]  # lines hold words
        return dict(words.values)


def groups_in(rooms: Sequence[RoomRef]) -> list[Group]:
    """An open group of Albyberget for each room."""
    return [
        alby(id=GroupId(f"g{number}"), name=f"Grupp {number}", rooms=(room,))
        for number, room in enumerate(rooms)
    ]


async def crowd_in(folder: Path, *, groups: int, people: int) -> tuple[Crowd, list[Group]]:
    """Open a town with as many groups and followers of Albyberget, three in five on Telegram."""
    rooms = [RoomRef(TG if n % 5 < 3 else MX, f"-2{n:04}") for n in range(groups)]
    made = groups_in(rooms)
    clock = FakeClock()
    town = make_town(folder, clock=clock, groups=tuple(made))
    for name in ("telegram", "matrix"):
        plain: MemoryBridge = getattr(town, name)
        limited = LimitedBridge(plain.platform, plain.capabilities, clock=clock)
        setattr(town, name, limited)
    parts = make_parts(installation(folder, groups=tuple(made)), clock)
    town.app = App(parts, [town.telegram, town.matrix])
    await town.app.open()
    users = [UserRef(TG if n % 5 < 3 else MX, f"f{n}") for n in range(people)]
    _let_follow(town, users)
    return Crowd(town, users, rooms, clock.at), made


async def wants_a_digest(crowd: Crowd, numbers: Sequence[int]) -> None:
    """Let some hear of everything in the evening."""
    wish = AlertSettings(digest=DigestTimes(at=time(22)))
    async with crowd.town.app.parts.database.write() as uow:
        for number in numbers:
            await uow.alert_settings.put(PersonId(f"p{number}"), wish, None)


def _let_follow(town: Town, users: Sequence[UserRef]) -> None:
    """Put followers straight into the databases."""
    now = "2026-01-01 00:00:00.000000"
    keys = [AESGCM.generate_key(bit_length=256) for _ in users]
    hash_of = town.app.parts.database.vault.hash_of
    with closing(sqlite3.connect(town.folder / "keys.db")) as vault:
        vault.executemany(
            "INSERT INTO keys (owner, key) VALUES (?, ?)",
            ((f"person:p{number}", key) for number, key in enumerate(keys)),
        )
        vault.commit()
    with closing(sqlite3.connect(town.folder / "grannbro.db")) as store:
        store.executemany(
            "INSERT INTO people (id, language, language_source, created_at)"
            " VALUES (?, 'sv', 0, ?)",
            ((f"p{number}", now) for number in range(len(users))),
        )
        store.executemany(
            "INSERT INTO identities (hash, platform, person_id, user_id) VALUES (?, ?, ?, ?)",
            (
                (hash_of(user), user.platform.value, f"p{number}", _sealed(key, user.user_id))
                for number, (user, key) in enumerate(zip(users, keys, strict=True))
            ),
        )
        store.executemany(
            "INSERT INTO subscriptions (person_id, followed, at_least, kinds, created_at)"
            " VALUES (?, 'area:albyberget', 1, ?, ?)",
            ((f"p{number}", ALL_KINDS, now) for number in range(len(users))),
        )
        store.execute(
            "INSERT INTO routes (place, at_least, person_id, subscription_id, kinds)"
            " SELECT 'albyberget', at_least, person_id, id, kinds FROM subscriptions"
        )
        store.commit()


def _sealed(key: bytes, value: str) -> bytes:
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, json.dumps(value).encode(), b"identities.user_id")
