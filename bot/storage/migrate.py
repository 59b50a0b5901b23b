"""Bringing a database to the shape that this version expects, step by step."""

from functools import cache
from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

import bot.storage.unit_of_work  # noqa: F401 - fills METADATA with every table
from bot.errors import ConfigError
from bot.storage.dialect import begin_writing
from bot.storage.schema import KEYS_METADATA, METADATA

TARGETS = {"main": METADATA, "keys": KEYS_METADATA}


def alembic_config(connection: Connection | None, branch: str) -> Config:
    """Describe one of the two databases to alembic.

    Args:
        connection: Where to work; None to compare files only.
        branch: `main` or `keys`; the folder of its steps.
    """
    config = Config()
    config.set_main_option("script_location", str(files("bot").joinpath("storage", "migrations")))
    config.set_main_option(
        "version_locations",
        str(files("bot").joinpath("storage", "migrations", branch)),
    )
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    config.attributes["target"] = TARGETS[branch]
    return config


def migrate(connection: Connection, branch: str) -> None:
    """Take all steps that a database has not taken yet: all of them, or none.

    Raises:
        ConfigError: It has taken steps that this version does not know.
    """
    if _steps_taken(connection) == (_newest_step(branch),):
        return
    try:
        command.upgrade(alembic_config(connection, branch), "head")
    except CommandError as error:
        raise ConfigError(
            where=str(connection.engine.url.database),
            key="version",
            fix="a newer version has made this database; run that one, or restore a backup",
        ) from error


@cache
def _newest_step(branch: str) -> str | None:
    return ScriptDirectory.from_config(alembic_config(None, branch)).get_current_head()


def _steps_taken(connection: Connection) -> tuple[str, ...]:
    """Return where a database is; to ask alembic for nothing to do takes twenty times as long.

    It is asked as whoever writes: a database that can't be written stops the start.
    """
    connection.exec_driver_sql(begin_writing(connection.dialect))
    taken = MigrationContext.configure(connection).get_current_heads()
    # alembic commits only where it finds nothing begun.
    connection.rollback()
    return taken
