"""Whether the bot lives, and what it has to do: for machines that watch it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from bot.dispatch.worker import InboxWorker
from bot.domain.messages import Platform
from bot.errors import StorageUnavailable
from bot.outbox.worker import Outbox
from bot.ports.bridge import Bridge
from bot.ports.clock import Clock
from bot.ports.outbox import Depth
from bot.ports.store import Store

STALE_AFTER_S = 60.0
"""A bridge that has heard nothing from its platform for so long is not ready."""
LATE_AFTER_S = 300.0
"""A queue whose oldest work has been due for so long is not ready: whoever did it may be dead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """What /readyz tells.

    Attributes:
        bridges: By name, the age of their last round trip in seconds.
        queues: By name, for how many seconds their oldest work has been due.
    """

    database: bool
    bridges: Mapping[str, float | None]
    queues: Mapping[str, float]

    @property
    def late(self) -> Sequence[str]:
        """The bridges and queues in which nothing goes on."""
        silent = [n for n, age in self.bridges.items() if age is None or age > STALE_AFTER_S]
        return [*silent, *(name for name, age in self.queues.items() if age > LATE_AFTER_S)]

    @property
    def is_ready(self) -> bool:
        """Whether people can be served now."""
        return self.database and not self.late


@dataclass(frozen=True, kw_only=True)
class Health:
    """Looks at the database, at the queues and at each bridge's last round trip."""

    store: Store
    clock: Clock
    bridges: Mapping[Platform, Bridge]
    inbox: InboxWorker
    outboxes: Sequence[Outbox]

    async def readiness(self) -> Readiness:
        """Look now."""
        try:
            async with self.store.read() as uow:
                due = {"inbox": await uow.inbox.due_since()}
                for platform in self.bridges:
                    due[f"outbox.{platform.value}"] = await uow.outbox.due_since(platform)
        except StorageUnavailable:
            return Readiness(database=False, bridges={}, queues={})
        queues = {name: self._age_s(since) or 0.0 for name, since in due.items()}
        return Readiness(database=True, bridges=dict(self._ages()), queues=queues)

    async def metrics(self) -> bytes:
        """Return everything countable in Prometheus' text form."""
        async with self.store.read() as uow:
            waiting = await uow.inbox.depth()
            depths = {platform: await uow.outbox.depth(platform) for platform in self.bridges}
        registry = CollectorRegistry()
        registry.register(_Snapshot([*self._of_inbox(waiting), *self._of_outboxes(depths)]))
        return generate_latest(registry)

    def _of_inbox(self, waiting: int) -> Iterator[Metric]:
        yield GaugeMetricFamily("grannbro_inbox_waiting", "Updates not handled yet", waiting)
        handled = CounterMetricFamily(
            "grannbro_updates", "Updates handled since the start", labels=["result"]
        )
        for result, number in self.inbox.results.items():
            handled.add_metric([result], number)
        yield handled

    def _of_outboxes(self, depths: Mapping[Platform, Depth]) -> Iterator[Metric]:
        waiting = _gauge("grannbro_outbox_waiting", "Effects not performed yet")
        dead = _gauge("grannbro_outbox_given_up", "Effects that an operator has to look at")
        oldest = _gauge("grannbro_outbox_oldest_seconds", "Age of the longest waiting effect")
        for platform, depth in depths.items():
            waiting.add_metric([platform.value], depth.waiting)
            dead.add_metric([platform.value], depth.given_up)
            oldest.add_metric([platform.value], self._age_s(depth.oldest) or 0.0)
        performed = CounterMetricFamily(
            "grannbro_effects", "Effects tried since the start", labels=["platform", "result"]
        )
        for outbox in self.outboxes:
            platform = outbox.performer.bridge.platform
            for result, number in outbox.results.items():
                performed.add_metric([platform.value, result], number)
        yield from (waiting, dead, oldest, performed)

    def _ages(self) -> Iterator[tuple[str, float | None]]:
        for platform, bridge in self.bridges.items():
            yield platform.value, self._age_s(bridge.last_round_trip)

    def _age_s(self, since: datetime | None) -> float | None:
        return None if since is None else max(0.0, (self.clock.now() - since).total_seconds())


class _Snapshot:
    """Numbers taken at one moment."""

    def __init__(self, metrics: Sequence[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterator[Metric]:
        yield from self._metrics


def _gauge(name: str, about: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, about, labels=["platform"])
