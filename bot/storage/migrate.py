"""Bringing a database to the shape that this version expects, step by step.

alembic takes the steps, and is loaded only where there are any: at each other start it would be
eleven megabytes that nobody needs.
"""

from importlib.resources import files
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect

import bot.storage.unit_of_work  # noqa: F401 - fills METADATA with every table
from bot.errors import ConfigError
from bot.storage.dialect import begin_writing
from bot.storage.schema import KEYS_METADATA, METADATA

if TYPE_CHECKING:
    from alembic.config import Config

_TAKEN = "alembic_version"
TARGETS = {"main": METADATA, "keys": KEYS_METADATA}


def alembic_config(connection: Connection | None, branch: str) -> "Config":
    """Describe one of the two databases to alembic.

    Args:
        connection: Where to work; None to compare files only.
        branch: `main` or `keys`; the folder of its steps.
    """
    from alembic.config import Config  # noqa: PLC0415

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
    if _step_of(connection) == newest_step(branch):
        return
    from alembic import command  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    try:
        command.upgrade(alembic_config(connection, branch), "head")
    except CommandError as error:
        raise ConfigError(
            where=str(connection.engine.url.database),
            key="version",
            fix="a newer version has made this database; run that one, or restore a backup",
        ) from error


def newest_step(branch: str) -> str:
    """Return the last step that there is: their files begin with their numbers."""
    steps = files("bot").joinpath("storage", "migrations", branch).iterdir()
    return max(step.name.partition("_")[0] for step in steps if step.name[0].isdigit())


def _step_of(connection: Connection) -> str | None:
    """Return which step a database has taken last, None if none.

    It is asked as whoever writes: a database that can't be written stops the start.
    """
    connection.exec_driver_sql(begin_writing(connection.dialect))
    try:
        if not inspect(connection).has_table(_TAKEN):
            return None
        row = connection.exec_driver_sql(f"SELECT version_num FROM {_TAKEN}").first()  # noqa: S608
        return str(row[0]) if row else None
    finally:
        # alembic commits only where it finds nothing begun.
        connection.rollback()
