"""Settings of python-telegram-bot that are the whole process's."""

import logging
import os


def set_up_library() -> None:
    """Let the library be silent about what the bot deals with."""
    # Without it there is a warning whenever Telegram says "wait".
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    # It raises what it can't read as well, and the bot tells that with what to do.
    logging.getLogger("telegram.request.BaseRequest").setLevel(logging.CRITICAL)
