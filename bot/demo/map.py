"""The map of reports, drawn from the areas' own borders: no tile server, no network."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from nicegui import events, ui
from nicegui.element import Element
from nicegui.elements.leaflet.leaflet_layer import Layer
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from bot.domain.areas import Area, AreaKind, AreaMap
from bot.domain.official_answers import is_false
from bot.domain.reports import Priority, Report
from bot.ports.store import Store, UnitOfWork
from bot.web.theme import found_again, named
from bot.web.visitor import Visitor

REFRESH_S = 0.5
LISTED = 12
ZOOM = 13
NAMES_FROM_ZOOM = 12
"""From here on there is room for the names of the areas."""
_COLOURS = {Priority.RED: "#c8372d", Priority.YELLOW: "#d89b00", Priority.GREEN: "#3f8f5b"}
_CALM = {"color": "#8fa89a", "weight": 1, "fillColor": "#a9c0b2", "fillOpacity": 0.3}
_SHORTCUTS = ("albyberget", "gamla-stan")


@dataclass
class ReportMap:
    """Reports on a map and in a list, newest first."""

    visitor: Visitor
    store: Store
    areas: AreaMap
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _layers: list[Layer] = field(default_factory=list)
    _known: set[str] | None = None

    def build(self) -> None:
        """Draw it; it keeps itself up to date while the page is open."""
        say = self.visitor.say
        with named(ui.element("aside").classes("gb-map"), say("web-tab-map")) as column:
            self._column: Element = column
            with ui.element("div").classes("gb-map-head"):
                for area in _SHORTCUTS:
                    go = ui.button(self.areas.name(area), on_click=lambda _, a=area: self._go(a))
                    go.props("flat no-caps icon=place")
            options = {"attributionControl": False}
            self._map = ui.leaflet(center=self._middle(_SHORTCUTS[0]), zoom=ZOOM, options=options)
            self._map.clear_layers()
            self._map.on("map-zoomend", self._zoomed)
            self._list = ui.element("div").classes("gb-reports").props('aria-live="polite"')
        self._draw_areas()
        self._changed.set()
        stop = self.visitor.platform.bridge.changes.listen(lambda _room: self._changed.set())
        ui.context.client.on_delete(stop)
        ui.timer(REFRESH_S, self._refresh)

    def _go(self, area: str) -> None:
        self._map.set_center(self._middle(area))
        self._map.set_zoom(ZOOM)

    def _zoomed(self, event: events.GenericEventArguments) -> None:
        is_far = event.args["zoom"] < NAMES_FROM_ZOOM
        self._column.classes(replace=f"gb-map {'far' if is_far else ''}")

    def _middle(self, area: str) -> tuple[float, float]:
        found = self.areas.get(area)
        middle = found.border.representative_point() if found else None
        return (middle.y, middle.x) if middle else (0.0, 0.0)

    def _draw_areas(self) -> None:
        shown = [a for a in self.areas if a.kind in {AreaKind.NEIGHBOURHOOD, AreaKind.CENTRE}]
        self._map.generic_layer(name="geoJSON", args=[_collection(shown), {"style": _CALM}])
        for area in shown:
            label = {"permanent": True, "direction": "center", "className": "gb-place"}
            at = list(self._middle(area.id))
            content = {"content": escape(area.name), **label}
            self._map.generic_layer(name="tooltip", args=[at, content])

    async def _refresh(self) -> None:
        if not self._changed.is_set():
            return
        self._changed.clear()
        async with self.store.read() as uow:
            reports = await uow.reports.active(limit=LISTED)
            kinds = [await _kind(report, uow) for report in reports]
        self._draw(reports)
        self._write(reports, kinds)
        self._follow(reports)

    def _follow(self, reports: Sequence[Report]) -> None:
        """Turn to where something urgent has just begun."""
        new = [r for r in reports if self._known is not None and r.id not in self._known]
        self._known = {report.id for report in reports}
        for report in [r for r in new if r.priority is Priority.RED][:1]:
            self._go(report.area)

    def _draw(self, reports: Sequence[Report]) -> None:
        for layer in self._layers:
            self._map.remove_layer(layer)
        self._layers.clear()
        for area, priority in _most_urgent(reports).items():
            found = self.areas.get(area)
            if found is None:
                continue
            colour = _COLOURS[priority]
            style = {"color": colour, "weight": 2, "fillColor": colour, "fillOpacity": 0.35}
            layer = self._map.generic_layer(
                name="geoJSON", args=[_collection([found]), {"style": style}]
            )
            self._layers.append(layer)

    def _write(self, reports: Sequence[Report], kinds: Sequence[str]) -> None:
        self._list.clear()
        with self._list:
            if not reports:
                self.visitor.write(self.visitor.say("demo-calm"), tag="div", classes="gb-calm")
            for report, kind in zip(reports, kinds, strict=True):
                self._entry(report, kind)

    def _entry(self, report: Report, kind: str) -> None:
        visitor = self.visitor
        about = f"{self.areas.name(report.area)} · {visitor.clock_time(report.created_at)}"
        entry = ui.element("button").classes(f"gb-report {report.priority.word}")
        with found_again(entry, f"report {report.id}") as button:
            button.on("click", lambda: self._go(report.area))
            visitor.write(f"{report.priority.emoji} #{report.id} {visitor.say(kind)}", tag="b")
            visitor.write(about, tag="small")


async def _kind(report: Report, uow: UnitOfWork) -> str:
    """Name what a report is about; what is officially false is not told again in a headline."""
    if is_false(await uow.official_answers.of_report(report.id)):
        return "kind-claim"
    return f"kind-{report.kind.value}" if report.kind else "kind-none"


def _most_urgent(reports: Sequence[Report]) -> Mapping[str, Priority]:
    found: dict[str, Priority] = {}
    for report in reports:
        found[report.area] = max(report.priority, found.get(report.area, report.priority))
    return found


def _collection(areas: Sequence[Area]) -> dict[str, object]:
    features = [
        {"type": "Feature", "properties": {"name": a.name}, "geometry": _geometry(a.border)}
        for a in areas
    ]
    return {"type": "FeatureCollection", "features": features}


def _geometry(border: BaseGeometry) -> object:
    return mapping(border)
