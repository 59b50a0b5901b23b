"""The two databases of an installation: what is stored, and the keys that open it."""

from collections.abc import AsyncIterator, Set
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StorageUnavailable
from bot.ports.bells import Bells
from bot.ports.clock import Clock
from bot.storage.alerts import PAGE
from bot.storage.dead_letters import DeadLetterRows
from bot.storage.group_writer import GroupWriter
from bot.storage.migrate import migrate
from bot.storage.prepared import Preparations
from bot.storage.readers import Readers
from bot.storage.session import Session
from bot.storage.sqlite import (
    READERS,
    known_errors,
    open_engine,
    overwrite_erased,
)
from bot.storage.unit_of_work import DatabaseUnitOfWork
from bot.storage.vault import Owner, Vault, transit_key

_SEALED_BUT_NOT_STORED = timedelta(hours=1)
"""How long an update may be under way between being sealed and being committed."""

KEYS_AT_ONCE = 2000
"""How many keys a sweep looks at before it lets others write."""

_DIE_WITH_THEIR_ROWS = ("person:", "transit:", "web:", "web-account:", "tip:")
"""Keys of which there are as many as there are people, days, messages and accounts."""


class Database:
    """Opens transactions; knows the vault."""

    def __init__(
        self,
        url: str,
        *,
        keys_url: str,
        clock: Clock,
        default_language: str = "sv",
        alerts_at_once: int = PAGE,
    ) -> None:
        self._clock = clock
        self._alerts_at_once = alerts_at_once
        self._default_language = default_language
        # Beside the readers one writes for as long as it is open; another overwrites what was
        # erased.
        self._engine = _engine(url, connections=READERS + 2)
        self._readers = Readers(self._engine, most=READERS)
        self._keys_engine = _engine(keys_url, connections=2)
        self._writer = GroupWriter(self._engine)
        self._preparations = Preparations.for_kind(self._engine.dialect)
        self._keys_writer = GroupWriter(self._keys_engine)
        self.vault = Vault(self._keys_writer)
        self.bells = Bells()

    async def open(self) -> None:
        """Bring both databases to this version's shape and read the installation's secret.

        Raises:
            StorageUnavailable: A database is locked, full or not to be opened.
        """
        with known_errors():
            for engine, branch in ((self._keys_engine, "keys"), (self._engine, "main")):
                async with engine.connect() as connection:
                    await connection.run_sync(migrate, branch)
            await self.vault.open()

    async def close(self) -> None:
        """Let go of all connections."""
        for held in (self._readers, self._writer, self._keys_writer):
            await held.close()
        for engine in (self._engine, self._keys_engine):
            await engine.dispose()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[DatabaseUnitOfWork]:
        """Open a transaction: committed when the block ends, undone if it raises."""
        async with self._writer.transaction() as connection:
            session = Session(connection, self.vault, self._preparations)
            yield self._unit(session)
        self.bells.ring(session.stored)
        # Not before: if the block fails, what it had sealed is still there.
        if session.doomed:
            await self.vault.destroy(*session.doomed)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[DatabaseUnitOfWork]:
        """Open a view of what is committed."""
        async with self._readers.view() as connection:
            yield self._unit(Session(connection, self.vault, self._preparations))

    @asynccontextmanager
    async def dead_letters(self) -> AsyncIterator[DeadLetterRows]:
        """Open a transaction over what failed for good."""
        async with self._writer.transaction() as connection:
            yield DeadLetterRows(Session(connection, self.vault, self._preparations))

    async def destroy_unused(self, now: datetime) -> int:
        """Destroy the keys that nothing kept is sealed with any more; return how many.

        Most go with their rows; these are the days' keys, and what a kill has left.
        """
        under_way = {transit_key(now), transit_key(now - _SEALED_BUT_NOT_STORED)}
        destroyed, page = 0, await self.vault.owners_after("", limit=KEYS_AT_ONCE)
        while page:
            mortal = [owner for owner in page if owner.startswith(_DIE_WITH_THEIR_ROWS)]
            destroyed += await self._destroy_unused(set(mortal) - under_way)
            page = await self.vault.owners_after(page[-1], limit=KEYS_AT_ONCE)
        return destroyed

    async def _destroy_unused(self, owners: Set[Owner]) -> int:
        """Destroy those of a few keys that nothing is sealed with; others may write in between."""
        if not owners:
            return 0
        # Whoever makes a key stores its row in the same writing transaction: in ours nobody is
        # between the two, and whose key was there before has ended.
        async with self.write() as uow:
            used: set[str] = set()
            for rows in (uow.people, uow.inbox, uow.web_accounts, uow.web_chat, uow.tips):
                used |= await rows.keys_in_use(sorted(owners))
            unused = [owner for owner in owners if owner not in used]
            if unused:
                await self.vault.destroy(*unused)
        return len(unused)

    async def overwrite_erased(self) -> bool:
        """Push what was erased out of the write-ahead logs; False if a reader was in the way."""
        return all([await overwrite_erased(e) for e in (self._engine, self._keys_engine)])

    def _unit(self, session: Session) -> DatabaseUnitOfWork:
        return DatabaseUnitOfWork(
            session,
            now=self._clock.now(),
            default_language=self._default_language,
            alerts_at_once=self._alerts_at_once,
        )


def _engine(url: str, *, connections: int) -> AsyncEngine:
    path = path_of(url)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StorageUnavailable(f"{path}: {error.strerror}") from error
    return open_engine(url, connections=connections)


def path_of(url: str) -> Path:
    """Return the file in which a database lies.

    Raises:
        ValueError: It is not one that this version can store in.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = URL.create("no address")
    if parsed.drivername != "sqlite+aiosqlite" or parsed.database in {None, "", ":memory:"}:
        raise ValueError("this version stores in a file; write sqlite+aiosqlite:///PATH")
    return Path(parsed.database or "")
