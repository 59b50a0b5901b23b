"""A typeface with Swedish letters, from what is installed anyway."""

import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont

_PROBE_PX = 20
_NEEDED = "åäöÅÄÖéü"
_UNKNOWN = "\U0010ffff"


class Lettering:
    """Writes names; a letter that no typeface here has loses its dots."""

    def __init__(self) -> None:
        self._file = _typeface()

    def font(self, size_px: int) -> FreeTypeFont:
        """Return the typeface in a size."""
        if self._file is not None:
            return ImageFont.truetype(self._file, size_px)
        plain = ImageFont.load_default(size_px)
        if not isinstance(plain, FreeTypeFont):
            raise TypeError("this Pillow was built without FreeType")
        return plain

    def readable(self, name: str) -> str:
        """Return a name in letters that the typeface has."""
        if self._file is not None:
            return name
        bare = unicodedata.normalize("NFKD", name)
        return "".join(letter for letter in bare if not unicodedata.combining(letter))


@cache
def _typeface() -> Path | None:
    """Return a file with all Swedish letters: Pillow's own has none, NiceGUI brings one along."""
    found = find_spec("nicegui")
    folders = [
        Path(place) for place in (found.submodule_search_locations if found else None) or ()
    ]
    files = sorted(file for folder in folders for file in (folder / "static/fonts").glob("*"))
    return next((file for file in files if _has_swedish_letters(file)), None)


def _has_swedish_letters(file: Path) -> bool:
    try:
        font = ImageFont.truetype(file, _PROBE_PX)
    except OSError:
        return False
    missing = bytes(font.getmask(_UNKNOWN))
    return all(bytes(font.getmask(letter)) not in {missing, b""} for letter in _NEEDED + "a")
