"""The map of reports, drawn from the areas' own borders: no tile server, no network."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from nicegui import ui
from nicegui.elements.leaflet.leaflet_layer import Layer
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from bot.domain.areas import Area, AreaKind, AreaMap
from bot.domain.reports import Priority, Report
from bot.ports.store import Store
from bot.web.visitor import Visitor

REFRESH_S = 0.5
LISTED = 12
_COLOURS = {Priority.RED: "#c8372d", Priority.YELLOW: "#d89b00", Priority.GREEN: "#3f8f5b"}
_CALM = {"color": "#9db3a6", "weight": 1, "fillColor": "#cfdcd3", "fillOpacity": 0.5}
_PLACES = {"alby": (59.241, 17.846, 13), "gamla-stan": (59.3255, 18.0705, 14)}


@dataclass
class ReportMap:
    """Reports on a map and in a list, newest first."""

    visitor: Visitor
    store: Store
    areas: AreaMap
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _layers: list[Layer] = field(default_factory=list)

    def build(self) -> None:
        """Draw it; it keeps itself up to date while the page is open."""
        with ui.element("aside").classes("gb-map"):
            lat, lon, zoom = _PLACES["alby"]
            with ui.row().classes("gap-1 px-2 py-1 items-center"):
                for name, (to_lat, to_lon, to_zoom) in _PLACES.items():
                    self._jump(self.areas.name(name).capitalize(), to_lat, to_lon, to_zoom)
            self._map = ui.leaflet(
                center=(lat, lon), zoom=zoom, options={"attributionControl": False}
            )
            self._map.classes("w-full grow").style("min-height: 260px")
            self._map.clear_layers()
            self._list = ui.element("div").classes("gb-reports").props('aria-live="polite"')
        self._draw_areas()
        self._changed.set()
        stop = self.visitor.platform.bridge.changes.listen(lambda _room: self._changed.set())
        ui.context.client.on_delete(stop)
        ui.timer(REFRESH_S, self._refresh)

    def _jump(self, name: str, lat: float, lon: float, zoom: int) -> None:
        def go() -> None:
            self._map.set_center((lat, lon))
            self._map.set_zoom(zoom)

        ui.button(name, on_click=go).props("flat dense no-caps size=sm")

    def _draw_areas(self) -> None:
        shown = [a for a in self.areas if a.kind in {AreaKind.NEIGHBOURHOOD, AreaKind.CENTRE}]
        self._map.generic_layer(name="geoJSON", args=[_collection(shown), {"style": _CALM}])

    async def _refresh(self) -> None:
        if not self._changed.is_set():
            return
        self._changed.clear()
        async with self.store.read() as uow:
            reports = await uow.reports.active(limit=LISTED)
        self._draw(reports)
        self._write(reports)

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

    def _write(self, reports: Sequence[Report]) -> None:
        visitor = self.visitor
        self._list.clear()
        with self._list:
            if not reports:
                ui.label(visitor.say("demo-calm")).classes("text-sm p-2")
            for report in reports:
                kind = f"kind-{report.kind.value}" if report.kind else "kind-none"
                head = f"{report.priority.emoji} #{report.id} {visitor.say(kind)}"
                about = f"{self.areas.name(report.area)} · {visitor.clock_time(report.created_at)}"
                with ui.element("div").classes("gb-report"):
                    ui.html(f"<b>{escape(head)}</b>", sanitize=False)
                    ui.html(f"<small>{escape(about)}</small>", sanitize=False)


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
