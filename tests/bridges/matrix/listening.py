"""The bridge on a real homeserver, with somebody who keeps what it hears."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from bot.bridges.matrix.account import Credentials
from bot.bridges.matrix.client import MatrixBridge
from bot.bridges.matrix.invitations import Welcome
from bot.bridges.matrix.wiring import make_bridge
from bot.clock import SystemClock
from bot.domain.incoming import Incoming, RawUpdate
from bot.errors import StorageUnavailable, TemporaryFailure
from bot.ports.bridge import Batch
from bot.ports.media import MediaStore
from bot.ports.secrets import Secret
from tests.servers.matrix.people import Account

PATIENCE_S = 20.0


def secret(purpose: str) -> bytes:
    """Return what the tests' installation alone has."""
    return hashlib.sha256(f"here {purpose}".encode()).digest()


Told = TypeVar("Told", bound=Incoming)


@dataclass
class Keeper:
    """An inbox in memory.

    Attributes:
        refusals: How many batches to refuse.
    """

    updates: dict[str, RawUpdate] = field(default_factory=dict)
    positions: dict[str, str] = field(default_factory=dict)
    refusals: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, update: RawUpdate, /) -> None:
        """Keep one."""
        self.updates.setdefault(update.update_id, update)
        self.changed.set()

    async def take(self, batch: Batch) -> None:
        """Keep all of a batch, or nothing."""
        if self.refusals:
            self.refusals -= 1
            raise StorageUnavailable("full")
        for update in batch.updates:
            await self(update)
        self.positions[batch.source] = batch.position
        self.changed.set()

    async def position(self, source: str) -> str | None:
        """Return where a source is."""
        return self.positions.get(source)


@dataclass
class Listening:
    """A bot's account, its data folder, and lives of its bridge."""

    url: str
    account: Account
    folder: Path
    media: MediaStore
    welcome: Welcome = field(default_factory=Welcome)
    secret: Secret = secret
    keeper: Keeper = field(default_factory=Keeper)
    bridge: MatrixBridge = field(init=False)
    _task: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        """Have a bridge that does not run yet."""
        self._make()

    async def starts(self, **changes: str) -> None:
        """Begin to listen; return when the rooms are known."""
        await self.begins(**changes)
        await self.until(lambda: self.bridge.hearing.last_round_trip)

    async def begins(self, **changes: str) -> None:
        """Begin to listen, or to try."""
        await self.bridge.close()
        self._make(**changes)
        self._task = asyncio.create_task(self.bridge.run(self.keeper))

    async def stops(self) -> None:
        """End as if killed: nothing is put in order."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            self._task = None

    def heard(self, kind: type[Told]) -> list[Told]:
        """What was heard of a kind, in its order."""
        read = [self._read(update) for update in self.keeper.updates.values()]
        return [one for one in read if isinstance(one, kind)]

    def _read(self, update: RawUpdate) -> Incoming | None:
        """Read an update; None as long as its key has not come."""
        try:
            return self.bridge.parse(update.payload)
        except TemporaryFailure:
            return None

    async def hears(self, kind: type[Told], count: int = 1) -> list[Told]:
        """Wait until so many of a kind were heard."""
        await self.until(lambda: len(self.heard(kind)) >= count)
        return self.heard(kind)

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait for something that changes with what is kept."""
        async with asyncio.timeout(PATIENCE_S):
            while not holds():
                self.keeper.changed.clear()
                if not holds():
                    await _soon(self.keeper.changed.wait())

    def _make(self, **changes: str) -> None:
        known = Credentials(
            homeserver=self.url, user_id=self.account.id, password=self.account.password
        )
        self.bridge = make_bridge(
            replace(known, **changes),  # type: ignore[arg-type]  # named fields of Credentials
            data_dir=self.folder,
            media=self.media,
            clock=SystemClock(),
            welcome=self.welcome,
            secret=self.secret,
        )


async def _soon(waiting: Awaitable[object]) -> None:
    try:
        await asyncio.wait_for(waiting, 0.1)
    except TimeoutError:
        return
