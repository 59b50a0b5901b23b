"""The commands of `grannbro`: arguments, what they print, exit codes."""

import sys

import structlog
import typer

from bot.cli import doctoring, mapping, operating, replaying, serving
from bot.errors import ConfigError, StorageUnavailable
from bot.logs import set_up_logs

BAD_CONFIG, NOT_STORED, CRASHED = 2, 4, 70
"""Exit codes."""

commands = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # they quote what may be somebody's words
    help=__doc__,
)
commands.command()(serving.run)
commands.command()(serving.demo)
commands.command()(doctoring.doctor)
commands.command()(replaying.replay)
commands.add_typer(mapping.areas, name="areas")
commands.add_typer(operating.database, name="db")
commands.add_typer(operating.dead, name="deadletters")
commands.add_typer(operating.web, name="web")
log = structlog.get_logger("cli")


def main() -> None:
    """Run a command; what the operator can mend is one line on the log and an exit code."""
    set_up_logs(level="info", json_lines=False)  # until the configuration says otherwise
    try:
        commands()
    except ConfigError as error:
        log.error("config.wrong", where=error.where, key=error.key, fix=error.fix)  # noqa: TRY400
        sys.exit(BAD_CONFIG)
    except StorageUnavailable as error:
        fix = "free disk space, or end the process that holds the database"
        log.error("storage.unavailable", reason=str(error), fix=fix)  # noqa: TRY400
        sys.exit(NOT_STORED)
    except Exception as bug:  # noqa: BLE001 - a traceback may quote people
        log.error("cli.bug", bug=bug, fix="report it with these lines")  # noqa: TRY400
        sys.exit(CRASHED)
