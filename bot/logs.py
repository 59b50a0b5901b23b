"""What the operator reads: one event a line, facts and ids, never what people wrote."""

import logging
import sys
import traceback
from types import TracebackType

import structlog
from structlog.typing import EventDict, WrappedLogger


def set_up_logs(*, level: str, json_lines: bool) -> None:
    """Send the log to standard error in the operator's form."""
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json_lines
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=28)
    )
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _frames_only,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    # The libraries' own loggers may print payloads: only that they warn of something is let
    # through, and where.
    logging.basicConfig(level=logging.WARNING, handlers=[_Facts()])


class _Facts(logging.Handler):
    """Lets a library say where something is amiss, and not in its own words."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a library's record as an event of ours."""
        # What a pattern is filled with stays out; a text without any may be filled already.
        is_pattern = isinstance(record.msg, str) and bool(record.args)
        log = structlog.get_logger("library")
        tell = log.error if record.levelno >= logging.ERROR else log.warning
        tell(
            "library.said",
            where=f"{record.name} {record.module}:{record.lineno}",
            what=record.msg if is_pattern else "",
            bug=record.exc_info[1] if record.exc_info else None,
        )


def _frames_only(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Show where an error arose but not its message, which may hold somebody's words."""
    error = event.pop("bug", None)
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["at"] = _frames(error.__traceback__)
    return event


def _frames(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[-4:]
    return " < ".join(f"{f.filename.rsplit('/bot/', 1)[-1]}:{f.lineno}" for f in reversed(frames))
