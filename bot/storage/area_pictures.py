"""Pictures of areas, drawn once and kept until their borders change."""

import asyncio
import contextlib
import hashlib
from collections.abc import Sequence
from pathlib import Path

from bot.domain.areas import Area, AreaId, AreaMap
from bot.errors import NotDrawn
from bot.storage.area_drawing import STYLE, View, draw_area, neighbours_of, view_of

KEPT_AT_MOST = 500
"""Files; the ones drawn first make room."""


class DrawnAreas:
    """The pictures of an installation's areas, under one folder; they are about nobody."""

    def __init__(self, folder: Path, areas: AreaMap) -> None:
        self._folder = folder
        self._areas = areas
        self._paths: dict[AreaId, Path] = {}
        self._unkept: dict[AreaId, bytes] = {}

    async def of(self, area: Area) -> bytes:
        """Return a JPEG of an area among its neighbours.

        Raises:
            NotDrawn: It has to be drawn first.
        """
        unkept = self._unkept.pop(area.id, None)
        if unkept is not None:
            return unkept
        path = self._paths.get(area.id)
        if path is not None:
            with contextlib.suppress(OSError):
                return await asyncio.to_thread(path.read_bytes)
        raise NotDrawn(area.id)

    async def draw(self, area: Area) -> None:
        """Draw it, unless that was done before the last start."""
        await asyncio.to_thread(self._draw, area)

    def _draw(self, area: Area) -> None:
        view = view_of(area.border)
        neighbours = neighbours_of(area, self._areas, view)
        path = self._folder / f"{_digest(area, neighbours, view)}.jpg"
        if not path.is_file():
            drawn = draw_area(area, neighbours, view)
            try:
                self._keep(path, drawn)
            except OSError:
                # Without room for it on the disk it is drawn again the next time.
                self._unkept = {area.id: drawn}
        self._paths[area.id] = path

    def _keep(self, path: Path, drawn: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{id(drawn)}.part")
        unfinished.write_bytes(drawn)
        unfinished.replace(path)
        kept = sorted(self._folder.glob("*.jpg"), key=lambda file: file.stat().st_mtime)
        for file in kept[:-KEPT_AT_MOST]:
            file.unlink(missing_ok=True)


def _digest(area: Area, neighbours: Sequence[Area], view: View) -> str:
    """Return what is the same as long as the picture would be."""
    seen = hashlib.blake2b(f"{STYLE} {view.frame.wkt}".encode(), digest_size=16)
    for one in (area, *neighbours):
        seen.update(f"\n{one.kind} {one.name} ".encode())
        seen.update(one.border.wkb)
    return seen.hexdigest()
