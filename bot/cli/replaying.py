"""`grannbro replay FILE`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot.app import WholeApp, make_parts
from bot.cli.process import HERE, Config, console, load, perhaps_alone, until_stopped
from bot.clock import SystemClock
from bot.domain.organisations import OrganisationId
from bot.domain.police_events import Malformed, PoliceEvent
from bot.errors import ConfigError
from bot.replay import Replay, Tally, read_events
from bot.settings.loading import Installation

_COLUMNS = (
    TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
)  # fmt: skip


def replay(
    file: Annotated[Path, typer.Argument(help="The police's events: JSON or JSONL, gzip or not.")],
    config: Config = HERE,
    organisation: Annotated[str, typer.Option(help="Slug of the police.")] = "polisen",
    speed: Annotated[
        float | None,
        typer.Option(min=0, help="Times real time; 1 is real time, without it at once."),
    ] = None,
) -> None:
    """Publish real police events as notices in the municipality that each names."""
    installation = load(config)
    known = [c.organisation.id for c in installation.organisations]
    if organisation not in known:
        raise ConfigError(
            where=str(config / "organisations.toml"),
            key="slug",
            fix=f"no organisation is called {organisation}; there is {', '.join(known) or 'none'}",
        )
    events = read_events(file)
    with perhaps_alone(installation) as alone:
        until_stopped(
            _replay(installation, events, OrganisationId(organisation), speed, deliver=alone)
        )


async def _replay(
    installation: Installation,
    events: list[PoliceEvent | Malformed],
    organisation: OrganisationId,
    speed: float | None,
    *,
    deliver: bool,
) -> None:
    """Publish events; deliver them too unless a running bot does that."""
    app = WholeApp(make_parts(installation, SystemClock()))
    await app.open()
    try:
        with Progress(*_COLUMNS, console=console) as progress:
            bar = progress.add_task("Events", total=len(events))

            async def played() -> None:
                progress.advance(bar)

            playing = Replay(
                store=app.parts.database,
                clock=app.parts.clock,
                areas=installation.areas,
                organisation=organisation,
                speed=speed,
                played=played,
            )
            if deliver:
                await app.deliver(playing.play(events))
            else:
                await playing.play(events)
        _tell_tally(playing.tally, delivered=deliver)
    finally:
        await app.close()


def _tell_tally(tally: Tally, *, delivered: bool) -> None:
    table = Table(show_header=False, box=None)
    table.add_row("published", str(tally.published))
    table.add_row("known before", str(tally.known))
    table.add_row("malformed, skipped", str(tally.malformed))
    table.add_row("place not on the map", str(tally.elsewhere))
    table.add_row("copies delivered" if delivered else "copies queued", str(tally.copies))
    console.print(table)
