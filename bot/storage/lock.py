"""One process at a time over a data folder, also after the last one was killed."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "grannbro.lock"


@contextmanager
def sole_owner(folder: Path) -> Iterator[bool]:
    """Hold the folder while the block runs; yields False if another process holds it.

    The system lets go of it with the process, however that ends.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(file)
