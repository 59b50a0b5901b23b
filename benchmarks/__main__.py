"""`python -m benchmarks [NAME ...]`: measure everything, or what is named."""

import inspect
import logging
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import structlog
import uvloop

from benchmarks.alerts import alert_plans
from benchmarks.areas import areas
from benchmarks.deliveries import deliveries
from benchmarks.figures import Figure, publish
from benchmarks.matrix import matrix_relay
from benchmarks.mornings import morning_peak
from benchmarks.processes import starts
from benchmarks.reports import red_behind_greens, red_when_idle
from benchmarks.telegram import telegram_queue, telegram_relay

BENCHES: Mapping[str, Callable[[], list[Figure] | Awaitable[list[Figure]]]] = {
    "red_when_idle": red_when_idle,
    "red_behind_greens": red_behind_greens,
    "alert_plans": alert_plans,
    "morning_peak": morning_peak,
    "deliveries": deliveries,
    "telegram_queue": telegram_queue,
    "telegram_relay": telegram_relay,
    "matrix_relay": matrix_relay,
    "areas": areas,
    "starts": starts,
}


def main(names: list[str]) -> None:
    """Run benches and publish what they found."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    figures: list[Figure] = []
    for name in names or BENCHES:
        print(f"measuring {name} …", file=sys.stderr)
        found = BENCHES[name]()
        figures += uvloop.run(_finish(found)) if inspect.isawaitable(found) else found
    publish(figures, Path("build") / "bench.json")


async def _finish(found: Awaitable[list[Figure]]) -> list[Figure]:
    return await found


main(sys.argv[1:])
