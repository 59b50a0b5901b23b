"""A locked, full, broken or missing database: an error with a name, and nothing half-written."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.commands import parse_command
from bot.domain.effects import OnDoubt, Urgency
from bot.domain.incoming import IncomingMessage
from bot.domain.messages import Platform, UserRef
from bot.domain.richtext import rich
from bot.errors import ConfigError, StorageUnavailable
from bot.storage import sqlite
from bot.storage.database import Database
from tests.outbox.stage import route, subject
from tests.storage.conftest import database_in
from tests.storage.files import full_disk, locked
from tests.town import ANNA, TG_ROOM, FakeClock, Town

STRANGER = UserRef(Platform.TELEGRAM, "77")
FILES = ("grannbro.db", "keys.db")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits five seconds for a lock here."""
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 20)


@asynccontextmanager
async def no_room_left(database: Database) -> AsyncIterator[None]:
    """Let the database file not grow any more."""
    async with database._writer.transaction() as connection:
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    yield
    async with database._writer.transaction() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count=1073741823")


@asynccontextmanager
async def full_log(
    database: Database, folder: Path, *, room_bytes: int = 0
) -> AsyncIterator[None]:
    """Let the write-ahead log not grow any more; a reader keeps it from beginning anew."""
    async with database.read() as uow:
        await uow.outbox.depth(Platform.TELEGRAM)
        async with database.write() as writing:
            await writing.groups.note_member_count(TG_ROOM, 7)
        log = await asyncio.to_thread((folder / "grannbro.db-wal").stat)
        with full_disk(from_bytes=log.st_size + room_bytes):
            yield


async def much(database: Database) -> None:
    """Write more than fits, in one transaction."""
    async with database.write() as uow:
        person = await uow.people.by_user(STRANGER, database._clock.now())
        for number in range(40):
            await uow.copies.spread(
                subject(f"{number} {'x' * 200}"),
                [route(f"{room}") for room in range(20)],
                urgency=Urgency.TALK,
                on_doubt=OnDoubt.REPEAT,
            )
        await uow.audit.note("filed", "7K3", by=person.id, now=database._clock.now())


def rows(folder: Path) -> dict[str, int]:
    """How many rows each table holds, as another process sees it."""
    with closing(sqlite3.connect(folder / "grannbro.db")) as other:
        tables = other.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: other.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for (name,) in tables
            if not name.startswith("sqlite_")
        }


@pytest.mark.parametrize("name", FILES)
async def test_locked_database_is_unavailable_and_then_works(
    database: Database, folder: Path, name: str
) -> None:
    """Somebody else writes: nothing is half-written, and it goes on after."""
    before = rows(folder)
    with locked(folder / name), pytest.raises(StorageUnavailable, match="locked"):
        await much(database)

    assert rows(folder) == before
    await much(database)
    assert rows(folder)["copies"] == 800


async def test_reading_does_not_wait_for_a_writer(database: Database, folder: Path) -> None:
    """People see what is there while a backup is made."""
    async with database.write() as uow:
        await uow.people.by_user(STRANGER, database._clock.now())
    with locked(folder / "grannbro.db"):
        async with database.read() as uow:
            assert (await uow.outbox.depth(Platform.TELEGRAM)).waiting == 0


@pytest.mark.parametrize("name", FILES)
async def test_database_that_is_locked_at_the_start_is_told(folder: Path, name: str) -> None:
    """The operator learns why, and another start works."""
    database = database_in(folder, FakeClock())
    with locked(folder / name), pytest.raises(StorageUnavailable, match="locked"):
        await database.open()

    await database.open()
    await much(database)
    await database.close()


async def test_full_database_is_unavailable_and_then_works(
    database: Database, folder: Path
) -> None:
    """All of a transaction or nothing, also when the disk ends in its middle."""
    before = rows(folder)
    async with no_room_left(database):
        for _ in range(3):
            with pytest.raises(StorageUnavailable, match="full"):
                await much(database)
    assert rows(folder) == before

    await much(database)
    assert rows(folder)["copies"] == 800
    async with database.read() as uow:
        assert (await uow.outbox.depth(Platform.TELEGRAM)).waiting == 800


@pytest.mark.parametrize("room_bytes", [0, 100, 8_000, 60_000])
async def test_disk_that_ends_in_the_middle_of_the_log_is_the_same(
    database: Database, folder: Path, room_bytes: int
) -> None:
    """As it happens for real: the write-ahead log can't grow."""
    async with full_log(database, folder, room_bytes=room_bytes):
        before = rows(folder)
        with pytest.raises(StorageUnavailable):
            await much(database)

    assert rows(folder) == before
    await much(database)
    assert rows(folder)["copies"] == 800


async def test_bot_with_a_full_disk_takes_nothing_and_then_everything(
    folder: Path, empty_town: Town
) -> None:
    """The platform is not told that an update was taken, offers it again, and it arrives."""
    town = empty_town
    await town.agrees(ANNA)
    report = town.telegram.raw(_report(town))
    async with full_log(town.app.parts.database, folder):
        before = rows(folder)
        for _ in range(3):
            with pytest.raises(StorageUnavailable):
                await town.app.inbox.accept(report)
        assert rows(folder) == before

    await town.app.inbox.accept(report)
    await town.settle()
    assert "Rök ur ett fönster" in town.card(TG_ROOM).text


async def test_bot_whose_disk_fills_up_in_the_middle_handles_it_later(
    folder: Path, empty_town: Town
) -> None:
    """An update that was taken is handled as soon as there is room, whole."""
    town = empty_town
    await town.agrees(ANNA)
    await town.app.inbox.accept(town.telegram.raw(_report(town)))
    async with full_log(town.app.parts.database, folder):
        before = rows(folder)
        with pytest.raises(StorageUnavailable):
            await town.app.inbox.drain()
        assert rows(folder) == before
    town.app.inbox._busy.clear()

    await town.settle()
    assert "Rök ur ett fönster" in town.card(TG_ROOM).text


async def test_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    """A wrong path is not overwritten."""
    (tmp_path / "grannbro.db").write_bytes(b"my holiday photos" * 100)
    database = database_in(tmp_path, FakeClock())
    with pytest.raises(StorageUnavailable):
        await database.open()
    await database.close()

    assert (tmp_path / "grannbro.db").read_bytes().startswith(b"my holiday photos")


async def test_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    """The same for a folder."""
    (tmp_path / "grannbro.db").mkdir()
    database = database_in(tmp_path, FakeClock())
    with pytest.raises(StorageUnavailable):
        await database.open()
    await database.close()


def test_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file stands in the way."""
    (tmp_path / "var").write_text("")
    with pytest.raises(StorageUnavailable, match="var"):
        database_in(tmp_path / "var" / "data", FakeClock())


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+asyncpg://localhost/grannbro",
        "sqlite:///grannbro.db",
        "sqlite+aiosqlite://",
        "sqlite+aiosqlite:///:memory:",
        "no url",
        "",
    ],
)
def test_address_of_another_kind_is_told(tmp_path: Path, url: str) -> None:
    """With what to write instead; each connection to a database in memory sees another one."""
    with pytest.raises(ValueError, match="sqlite\\+aiosqlite:///PATH"):
        Database(url, keys_url=f"sqlite+aiosqlite:///{tmp_path}/keys.db", clock=FakeClock())


async def test_data_of_a_newer_version_is_left_alone(folder: Path) -> None:
    """Whoever goes back a version learns why it does not start."""
    with closing(sqlite3.connect(folder / "grannbro.db")) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
        other.commit()
    database = database_in(folder, FakeClock())
    with pytest.raises(ConfigError, match="newer"):
        await database.open()
    await database.close()


async def test_error_of_the_database_quotes_nobody(database: Database) -> None:
    """Tracebacks end up in logs."""
    async with database.write() as uow:
        connection = uow.people._session.connection
        insert = ("INSERT INTO member_counts VALUES (?, 1)", ("telegram:secret",))
        await connection.exec_driver_sql(*insert)
        with pytest.raises(IntegrityError, match="UNIQUE") as error:
            await connection.exec_driver_sql(*insert)

    assert "secret" not in str(error.value)


def _report(town: Town) -> IncomingMessage:
    text = rich("/rod Rök ur ett fönster")
    return IncomingMessage(
        ref=town.new_ref(ANNA, TG_ROOM),
        sender=town.sender(ANNA),
        sent_at=town.clock.now(),
        text=text,
        is_direct=False,
        command=parse_command(text, prefixes=("/",)),
    )
