"""Bringing databases to this version's shape: exactly it, whole or not at all."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, create_engine

from bot.storage.database import Database
from bot.storage.migrate import TARGETS, alembic_config, newest_step
from tests.storage.conftest import database_in
from tests.town import FakeClock

BRANCHES = {"main": "grannbro.db", "keys": "keys.db"}


def shape(path: Path) -> dict[str, str]:
    """Every table and index as SQLite writes it down."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: "".join(sql.split()) for name, sql in rows}


@pytest.mark.parametrize("branch", BRANCHES)
def test_fresh_database_is_what_the_code_expects(migrated: Path, branch: str) -> None:
    """A column that was forgotten in a migration is found here, not by people."""
    engine = create_engine(f"sqlite:///{migrated}/{BRANCHES[branch]}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        difference = compare_metadata(context, TARGETS[branch])
    engine.dispose()

    assert difference == []


@pytest.mark.parametrize("branch", BRANCHES)
def test_fresh_database_has_the_very_same_indexes(
    migrated: Path, tmp_path: Path, branch: str
) -> None:
    """Also those with a condition, which alembic does not compare."""
    engine = create_engine(f"sqlite:///{tmp_path}/made.db")
    metadata: MetaData = TARGETS[branch]
    metadata.create_all(engine)
    engine.dispose()
    made, stepped = shape(tmp_path / "made.db"), shape(migrated / BRANCHES[branch])

    stepped.pop("alembic_version")
    assert set(stepped) == set(made)
    indexes = {name for name, sql in made.items() if "INDEX" in sql}
    assert {name: stepped[name] for name in indexes} == {name: made[name] for name in indexes}


@pytest.mark.parametrize("branch", BRANCHES)
def test_files_tell_which_step_is_the_last(branch: str) -> None:
    """So that a database that has taken it is left alone without asking alembic."""
    script = ScriptDirectory.from_config(alembic_config(None, branch))

    assert script.get_current_head() == newest_step(branch)


@pytest.mark.parametrize("branch", BRANCHES)
def test_steps_form_one_line(branch: str) -> None:
    """Two heads would leave it to chance which one is taken."""
    script = ScriptDirectory.from_config(alembic_config(None, branch))

    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


async def test_running_twice_is_harmless(database: Database, folder: Path) -> None:
    """Every start does it."""
    before = {name: shape(folder / name) for name in BRANCHES.values()}
    async with database.write() as uow:
        await uow.audit.note("filed", "7K3", by=None, now=database._clock.now())
    await database.close()
    for _ in range(2):
        again = database_in(folder, FakeClock())
        await again.open()
        await again.close()

    assert {name: shape(folder / name) for name in BRANCHES.values()} == before
    with closing(sqlite3.connect(folder / "grannbro.db")) as other:
        assert other.execute("SELECT about FROM audit").fetchall() == [("7K3",)]


async def test_step_that_fails_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    """The database is as it was, and the step can be taken once the cause is mended."""
    path = tmp_path / "grannbro.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE web_updates (mine TEXT)")
        other.commit()
    database = database_in(tmp_path, FakeClock())
    with pytest.raises(Exception, match="web_updates"):
        await database.open()
    assert set(shape(path)) == {"web_updates"}

    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TABLE web_updates")
        other.commit()
    await database.open()
    async with database.read() as uow:
        assert await uow.inbox.depth() == 0
    await database.close()


async def test_both_databases_are_set_up_for_people_s_words(database: Database) -> None:
    """Written through, overwritten when erased, and with one writer and many readers."""
    wanted = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
    for engine in (database._engine, database._keys_engine):
        async with engine.connect() as connection:
            found = {
                name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
                for name in wanted
            }
        assert found == wanted


def test_comparison_would_see_a_difference(migrated: Path) -> None:
    """The test above is not blind."""
    engine = create_engine(f"sqlite:///{migrated}/keys.db")
    with engine.connect() as connection:
        assert _differs(connection, TARGETS["main"])
    engine.dispose()


def _differs(connection: Connection, metadata: MetaData) -> bool:
    return bool(compare_metadata(MigrationContext.configure(connection), metadata))
