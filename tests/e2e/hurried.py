"""`grannbro` in the time that a test has begun, which runs faster than the machine's.

`python -m tests.e2e.hurried run --config DIR`, with the beginning in the environment.
"""

import os

from bot.cli import main, serving
from tests.chaos.hurry import Hurry

BEGAN_AT = "HURRY_BEGAN_AT"


def beginning(clock: Hurry) -> str:
    """Return what a program has to be told to live in the same time."""
    return f"{clock.began_unix_s} {clock.began_s}"


def the_same_time() -> Hurry:
    """Return the time that the environment tells of."""
    unix_s, began_s = map(float, os.environ[BEGAN_AT].split())
    return Hurry(unix_s, began_s)


if __name__ == "__main__":
    vars(serving)["SystemClock"] = the_same_time
    main()
