"""Taking somebody's devices out of the library's store, with all keys that were had by them.

The library never lets go of a device. What lies in its store beside the keys themselves is open.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

_DEVICES = "SELECT id FROM devicekeys WHERE user_id = :user"
_CURVES = f"SELECT key FROM keys WHERE key_type = 'curve25519' AND device_id IN ({_DEVICES})"  # noqa: S608 - no value in it
_OPENED_BY = f"SELECT session_id FROM megolminboundsessions WHERE sender_key IN ({_CURVES})"  # noqa: S608 - no value in it
_STEPS = (
    f"DELETE FROM forwardedchains WHERE sender_key IN ({_CURVES})",  # noqa: S608 - no value in it
    f"DELETE FROM forwardedchains WHERE session_id IN ({_OPENED_BY})",  # noqa: S608 - no value in it
    f"DELETE FROM megolminboundsessions WHERE sender_key IN ({_CURVES})",  # noqa: S608 - no value in it
    f"DELETE FROM olmsessions WHERE sender_key IN ({_CURVES})",  # noqa: S608 - no value in it
    f"DELETE FROM keys WHERE device_id IN ({_DEVICES})",  # noqa: S608 - no value in it
    "DELETE FROM devicekeys WHERE user_id = :user",
)
"""By the devices all else is found, so they go last."""
_TABLES = {"devicekeys", "keys", "olmsessions", "megolminboundsessions", "forwardedchains"}


def erase_devices(stores: Iterable[Path], user_id: str) -> int:
    """Erase somebody's devices from stores, those of former devices of the bot too.

    Returns:
        How many devices there were.
    """
    return sum(_erase(store, user_id) for store in stores)


def erase_trust(lists: Iterable[Path], user_id: str) -> None:
    """Erase somebody's devices from the lists of those that the bot talks to unseen."""
    for path in lists:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        others = [line for line in lines if line.split(" ", 1)[0] != user_id]
        if others != lines:
            path.write_text("".join(others), encoding="utf-8")


def _erase(store: Path, user_id: str) -> int:
    with closing(sqlite3.connect(store)) as keys:
        tables = {row[0] for row in keys.execute("SELECT name FROM sqlite_master")}
        if not tables >= _TABLES:
            return 0
        keys.execute("PRAGMA secure_delete = ON")
        with keys:
            steps = [keys.execute(step, {"user": user_id}) for step in _STEPS]
    return steps[-1].rowcount
