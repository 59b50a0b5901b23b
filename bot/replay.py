"""Playing real police events through the bot, as notices of the verified organisation."""

import gzip
import zlib
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import structlog

from bot.domain.areas import Area, AreaKind, AreaMap
from bot.domain.notices import Notice, NoticeId
from bot.domain.organisations import OrganisationId
from bot.domain.police_events import Malformed, PoliceEvent, read_entries
from bot.domain.reports import Priority
from bot.errors import ConfigError
from bot.handlers.notices import spread_notice
from bot.ports.clock import Clock
from bot.ports.store import Store

PRIORITY = Priority.YELLOW
"""What has happened nearby is worth an eye; it is told without sound."""
_WIDE = frozenset({AreaKind.COUNTY, AreaKind.MUNICIPALITY})

log = structlog.get_logger("replay")


@dataclass
class Tally:
    """What became of the events."""

    published: int = 0
    known: int = 0
    malformed: int = 0
    elsewhere: int = 0
    copies: int = 0

    @property
    def total(self) -> int:
        """How many entries were read."""
        return self.published + self.known + self.malformed + self.elsewhere


@dataclass(frozen=True, kw_only=True)
class Replay:
    """Plays a file.

    Attributes:
        speed: Story seconds in a real second; None for as fast as it goes.
        played: Called after each entry.
    """

    store: Store
    clock: Clock
    areas: AreaMap
    organisation: OrganisationId
    speed: float | None = None
    played: Callable[[], Awaitable[None]] | None = None
    tally: Tally = field(default_factory=Tally)

    async def play(self, events: list[PoliceEvent | Malformed]) -> Tally:
        """Publish every event once, oldest first; one that can't be used is told and skipped."""
        previous: datetime | None = None
        for event in sorted(events, key=_when):
            if isinstance(event, Malformed):
                self.tally.malformed += 1
                log.warning("replay.malformed", entry=event.entry, reason=event.reason)
            else:
                await self._pause(previous, event.published_at)
                previous = event.published_at
                await self._publish(event)
            if self.played is not None:
                await self.played()
        return self.tally

    async def _pause(self, previous: datetime | None, at: datetime) -> None:
        if self.speed and previous is not None:
            await self.clock.sleep((at - previous).total_seconds() / self.speed)

    async def _publish(self, event: PoliceEvent) -> None:
        area = place_of(event.place, self.areas)
        if area is None:
            self.tally.elsewhere += 1
            log.warning(
                "replay.place_unknown", police_event=event.id, fix="add its area to areas.toml"
            )
            return
        notice = Notice(
            id=NoticeId(f"{self.organisation}-{event.id}"),
            organisation=self.organisation,
            areas=(area.id,),
            priority=PRIORITY,
            title=event.type,
            text=event.text,
            link=event.link,
            happened_at=event.happened_at,
            published_at=event.published_at,
        )
        async with self.store.write() as uow:
            known = await uow.notices.get(notice.id) is not None
            copies = await spread_notice(notice, uow=uow, areas=self.areas, now=self.clock.now())
        self.tally.copies += copies
        self.tally.known += known
        self.tally.published += not known


def read_events(path: Path) -> list[PoliceEvent | Malformed]:
    """Read the API's JSON, or one event a line; either may be compressed with gzip.

    Raises:
        ConfigError: The file is missing or not readable.
    """
    try:
        data = path.read_bytes()
        if data.startswith(b"\x1f\x8b"):
            data = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        fix = f"cannot be read ({error}); give the API's JSON or JSONL, gzip or not"
        raise ConfigError(where=str(path), key="file", fix=fix) from error
    return list(read_entries(data.decode("utf-8", errors="replace")))


def place_of(name: str, areas: AreaMap) -> Area | None:
    """Return the municipality or county that a title names; titles don't keep to capitals."""
    found = list(_named(name, areas))
    return found[0] if found else None


def _named(name: str, areas: AreaMap) -> Iterator[Area]:
    wanted = name.casefold()
    for area in areas:
        if area.kind in _WIDE and area.name.casefold() == wanted:
            yield area


def _when(event: PoliceEvent | Malformed) -> float:
    return event.published_at.timestamp() if isinstance(event, PoliceEvent) else 0.0
