"""The map: reading it, finding a place on it, drawing it; in time of the processor."""

import random
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks.figures import Figure, percentile
from bot.domain.areas import Area, AreaKind, AreaMap
from bot.domain.messages import Position
from bot.settings.area_guess import Wishes
from bot.settings.area_import import plan_import
from bot.settings.areas import AreaFile, AreaSource, load_areas, read_areas
from bot.storage.area_drawing import draw_area, neighbours_of, view_of
from tests.real_data import REAL_DATA

ROOT = Path(__file__).parents[1]
REGSO = REAL_DATA / "geo" / "regso_2025_all_simplified.geojson.gz"
LOOKUPS = 5_000
DRAWN = ("stockholms-lan", "norrbottens-lan", "botkyrka", "varmdo")
NAMES = ("alby", "sodra", "östermalm", "Stockholms kommun", "gamlastan", "centrum")


def areas() -> list[Figure]:
    """Measure with all RegSO of Sweden, or with the example's areas where they are not there."""
    began = time.process_time()
    found = AreaMap(read_areas(_sources()))
    read_s = time.process_time() - began
    size = f"{len(found)} areas"
    positions = _positions(found)
    lookups = [_timed(partial(found.at, at)) for at in positions]
    own = [area.id for area in found][-1:]
    names = [_timed(partial(found.find, name, near=own)) for name in NAMES * 5]
    drawings = [_timed(partial(_draw, area, found)) for area in _large(found)]
    return [
        Figure(
            what="import of a country's areas", value=_import_s(), unit="s", goal=10,
            how="preview, copy and list, as `grannbro areas import`; time of the processor",
        ),
        Figure(
            what="read the map", value=read_s, unit="s",
            how=f"{size}: borders, parents and index; at each start",
        ),
        Figure(
            what="area of a position, p50", value=percentile(lookups, 0.5) * 1000, unit="ms",
            goal=1, how=f"{size}, {LOOKUPS} positions in Sweden",
        ),
        Figure(
            what="area of a position, p99", value=percentile(lookups, 0.99) * 1000, unit="ms",
            goal=1, how=f"{size}, {LOOKUPS} positions in Sweden",
        ),
        Figure(
            what="area of a name, p99", value=percentile(names, 0.99) * 1000, unit="ms",
            how=f"{size}; slips, beginnings and namesakes, in context",
        ),
        Figure(
            what="picture of a large area, p50", value=percentile(drawings, 0.5) * 1000, unit="ms",
            goal=100, how="counties and municipalities, off the event loop; kept after that",
        ),
    ]  # fmt: skip


def _sources() -> Sequence[AreaSource]:
    if not REGSO.exists():
        return [
            AreaSource(entry=AreaFile(path="-", kind=AreaKind.MUNICIPALITY), path=path)
            for path in [ROOT / "config/areas/municipalities.geojson"]
        ]
    county = AreaFile(path="-", kind=AreaKind.COUNTY)
    municipality = AreaFile(path="-", kind=AreaKind.MUNICIPALITY, parent="county")
    regso = AreaFile(path="-", kind=AreaKind.NEIGHBOURHOOD, code="regsokod", parent="kommun_code")
    return [
        AreaSource(entry=county, path=ROOT / "config/areas/counties.geojson"),
        AreaSource(entry=municipality, path=ROOT / "config/areas/municipalities.geojson"),
        AreaSource(entry=regso, path=REGSO),
    ]


def _import_s() -> float:
    """Return how long it takes to take the RegSO into the example's configuration."""
    file = REGSO if REGSO.exists() else ROOT / "config/areas/botkyrka.geojson"
    with tempfile.TemporaryDirectory() as scratch:
        config = shutil.copytree(ROOT / "config", Path(scratch) / "config")
        kind = AreaKind.NEIGHBOURHOOD
        return _timed(lambda: plan_import(config, [file], Wishes(kind=kind)).carry_out())


def _positions(found: AreaMap) -> Sequence[Position]:
    chance = random.Random(4)
    inside = [area.middle for area in chance.choices(list(found), k=LOOKUPS // 2)]
    anywhere = [
        Position(chance.uniform(55, 69), chance.uniform(11, 24)) for _ in range(LOOKUPS // 2)
    ]
    return [*inside, *anywhere]


def _large(found: AreaMap) -> list[Area]:
    example = load_areas(ROOT / "config")
    return [area for slug in DRAWN if (area := found.get(slug) or example.get(slug))]


def _draw(area: Area, found: AreaMap) -> None:
    view = view_of(area.border)
    draw_area(area, neighbours_of(area, found, view), view)


def _timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
