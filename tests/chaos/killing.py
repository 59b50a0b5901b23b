"""Running a piece of work as a process and killing it, again and again.

One parent imports the bot and forks for each try: what is killed is a process of its own, and 200
tries don't import everything 200 times.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

KILLS = int(os.environ.get("CHAOS_KILLS", "8"))
"""How often; `make chaos` asks for 200."""
SOONEST_S, LATEST_S = 0.05, 1.2
PATIENCE_S = 300.0


@dataclass(frozen=True, slots=True)
class Killed:
    """What a campaign of kills came to.

    Attributes:
        kills: How many processes were killed while they worked.
        finished: Whether the last one ended by itself and well.
    """

    kills: int
    finished: bool


def kill_again_and_again(work: Callable[[], None], *, seed: int, kills: int = KILLS) -> Killed:
    """Run `work` in a process, kill it at a random moment, and so on; at last let it finish."""
    chance = random.Random(seed)
    done = 0
    for _ in range(kills):
        pid = _fork(work)
        time_left_s = chance.uniform(SOONEST_S, LATEST_S)
        if _ended_within(pid, time_left_s) is not None:
            continue
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        done += 1
    return Killed(done, _ended_within(_fork(work), PATIENCE_S) == 0)


def _fork(work: Callable[[], None]) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115 - for good
        work()
        os._exit(0)
    except BaseException:  # noqa: BLE001 - a child never returns into pytest
        os._exit(1)


def _ended_within(pid: int, seconds: float) -> int | None:
    """Return the exit code of a process that ends in time, None if it goes on."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    return None
