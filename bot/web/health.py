"""Whether the bot lives, and what it has to do: for machines that watch it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from bot.dispatch.worker import InboxWorker
from bot.domain.messages import Platform
from bot.errors import StorageUnavailable
from bot.outbox.worker import Outbox
from bot.ports.bridge import Bridge
from bot.ports.clock import Clock
from bot.ports.copies import Depth
from bot.ports.store import Store

STALE_AFTER_S = 60.0
"""A bridge that has heard nothing from its platform for so long is not ready."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """What /readyz tells: bridges by name, with the age of their last round trip in seconds."""

    database: bool
    bridges: Mapping[str, float | None]

    @property
    def is_ready(self) -> bool:
        """Whether people can be served now."""
        ages = self.bridges.values()
        return self.database and all(age is not None and age <= STALE_AFTER_S for age in ages)


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
                await uow.inbox.depth()
        except StorageUnavailable:
            return Readiness(database=False, bridges={})
        return Readiness(database=True, bridges=dict(self._ages()))

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
            age_s = (self.clock.now() - depth.oldest).total_seconds() if depth.oldest else 0.0
            waiting.add_metric([platform.value], depth.waiting)
            dead.add_metric([platform.value], depth.given_up)
            oldest.add_metric([platform.value], max(0.0, age_s))
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
            last = bridge.last_round_trip
            age_s = None if last is None else (self.clock.now() - last).total_seconds()
            yield platform.value, age_s


class _Snapshot:
    """Numbers taken at one moment."""

    def __init__(self, metrics: Sequence[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterator[Metric]:
        yield from self._metrics


def _gauge(name: str, about: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, about, labels=["platform"])
