"""Settings of python-telegram-bot that are the whole process's."""

import os


def set_up_library() -> None:
    """Let the library give spans of time as such; else it warns whenever Telegram says "wait"."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")
