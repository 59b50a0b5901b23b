"""What every command needs: the configuration, one process at a time, a clean end."""

import asyncio
import contextlib
import signal
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Annotated

import structlog
import typer
import uvloop
from rich.console import Console

from bot.errors import ConfigError, StorageUnavailable
from bot.logs import set_up_logs
from bot.settings.loading import Installation, load_installation
from bot.storage.lock import sole_owner

BUSY = 3
"""Exit code when another process holds the data folder."""

Config = Annotated[Path, typer.Option("--config", help="Folder with the configuration.")]
HERE = Path("config")
console = Console()
log = structlog.get_logger("cli")


def load(config: Path) -> Installation:
    """Read the configuration and set up the log as it says."""
    installation = load_installation(config)
    options = installation.options.log
    set_up_logs(level=options.level, json_lines=options.json_lines)
    return installation


@contextlib.contextmanager
def alone(installation: Installation) -> Iterator[None]:
    """Run a block as the only process over the data folder, or end with a word."""
    with perhaps_alone(installation) as is_alone:
        if not is_alone:
            folder = str(installation.options.data_dir)
            fix = "stop the other process, or set GRANNBRO_DATA_DIR to another folder"
            log.error("data_dir.in_use", folder=folder, fix=fix)
            raise typer.Exit(BUSY)
        yield


@contextlib.contextmanager
def perhaps_alone(installation: Installation) -> Iterator[bool]:
    """Run a block as the only process over the data folder; yields False beside another.

    Raises:
        ConfigError: The folder can't be used.
    """
    folder = installation.options.data_dir
    with contextlib.ExitStack() as held:
        try:
            is_alone = held.enter_context(sole_owner(folder))
        except OSError as error:
            fix = f"{folder} can't be used ({error.strerror}); set GRANNBRO_DATA_DIR to a folder"
            raise ConfigError(
                where=installation.sources.of("data_dir"), key="data_dir", fix=fix
            ) from error
        yield is_alone


def until_stopped(work: Coroutine[object, object, None]) -> None:
    """Run a coroutine; a signal to end cancels it and is no error."""

    async def cancellable() -> None:
        task = asyncio.current_task()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, task.cancel if task else lambda: None)
        await work

    try:
        uvloop.run(cancellable())
    except asyncio.CancelledError:
        log.info("app.stopped")
    except BaseExceptionGroup as group:
        raise _first_known(group) from group


def _first_known(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """Return what the operator can mend out of a group of errors, if there is such a thing."""
    known = group.subgroup((ConfigError, StorageUnavailable))
    while isinstance(known, BaseExceptionGroup):
        found = known.exceptions[0]
        if not isinstance(found, BaseExceptionGroup):
            return found
        known = found
    return group
