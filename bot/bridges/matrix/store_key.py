"""The key with which the library's store of keys is closed.

Older installations left the library's own key there, which everybody knows; such a store is closed
anew once.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Protocol

import vodozemac
from nio.crypto import InboundGroupSession, OlmAccount, Session

from bot.bridges.matrix.sealing import WrongKey

_EVERYBODYS = "DEFAULT_KEY"
_TABLES = (
    ("accounts", "account"),
    ("olmsessions", "session"),
    ("megolminboundsessions", "session"),
)


class _Pickled(Protocol):
    def pickle(self, passphrase: str) -> bytes:
        """Write it, closed."""


def require_store(store: Path, key: str) -> None:
    """Let a store be closed with a key, and be nobody else's to read; one that is not there is.

    Raises:
        WrongKey: It is closed with another one.
    """
    if not store.exists():
        return
    store.chmod(0o600)
    with closing(sqlite3.connect(store)) as keys:
        closed = _closed(keys, "accounts", "account")
        if not closed or all(_opens("accounts", one, key) for one in closed.values()):
            return
        if not all(_opens("accounts", one, _EVERYBODYS) for one in closed.values()):
            raise WrongKey(store)
        keys.execute("PRAGMA secure_delete = ON")
        with keys:
            for table, column in _TABLES:
                _close_anew(keys, table, column, key)
        keys.execute("VACUUM")


def _close_anew(keys: sqlite3.Connection, table: str, column: str, key: str) -> None:
    for row, closed in _closed(keys, table, column).items():
        anew = _read(table, closed, _EVERYBODYS).pickle(key)
        keys.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (anew, row))  # noqa: S608 - of `_TABLES`


def _closed(keys: sqlite3.Connection, table: str, column: str) -> dict[int, bytes]:
    found = keys.execute("SELECT name FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    if found is None:
        return {}
    rows = keys.execute(f"SELECT rowid, {column} FROM {table}").fetchall()  # noqa: S608 - of `_TABLES`
    return {row: one if isinstance(one, bytes) else str(one).encode() for row, one in rows}


def _opens(table: str, closed: bytes, key: str) -> bool:
    try:
        _read(table, closed, key)
    except (vodozemac.PickleException, vodozemac.LibolmPickleException):
        return False
    return True


def _read(table: str, closed: bytes, key: str) -> _Pickled:
    found: _Pickled
    match table:
        case "accounts":
            found = OlmAccount.from_pickle(closed, key)
        case "olmsessions":
            found = Session.from_pickle(closed, None, key)
        case _:
            found = InboundGroupSession.from_pickle(closed, "", "", "", key)
    return found
