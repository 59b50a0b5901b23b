"""Codes by which a second room comes into a group: said in one room, written in the other."""

import hashlib
import re
from datetime import timedelta

from bot.domain.reports import ID_ALPHABET

LINK_WORKS_FOR = timedelta(minutes=15)
HALF_CHARS = 4
_NOT_IN_CODE = re.compile(f"[^{ID_ALPHABET}]")


def as_code(letters: str) -> str:
    """Write drawn letters as people read them out: `K7QM-3TXB`."""
    return f"{letters[:HALF_CHARS]}-{letters[HALF_CHARS:]}"


def read_code(typed: str) -> str | None:
    """Return the code that was typed, in any case and with any signs between; None if none was."""
    letters = _NOT_IN_CODE.sub("", typed.upper())
    return as_code(letters) if len(letters) == 2 * HALF_CHARS else None


def code_hash(code: str) -> str:
    """Return what is stored of a code: who reads the database can't use it."""
    return hashlib.sha256(code.encode()).hexdigest()
