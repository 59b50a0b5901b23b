"""Settings of matrix-nio that are the whole process's."""

import logging


def set_up_library() -> None:
    """Let the library be silent: what it can't read holds what people wrote, and is told here."""
    for name in ("nio", "peewee"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
