"""Reading values out of what Matrix brings, of which nothing is certain: anybody writes it.

Everything that is not as it must be raises MalformedUpdate; what an error says holds names of
fields and never what stands in them.
"""

import json
import math
from collections.abc import Iterator
from datetime import UTC, datetime

from bot.domain.richtext_json import Json
from bot.errors import MalformedUpdate


class Fields:
    """One object. A field that is null is not there."""

    def __init__(self, value: Json, name: str = "update") -> None:
        if not isinstance(value, dict):
            raise MalformedUpdate(f"matrix: {name} is no object")
        self._values = value

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def text(self, name: str) -> str:
        """Return a text."""
        value = self._values.get(name)
        if not isinstance(value, str):
            raise MalformedUpdate(f"matrix: {name} is no text")
        return _whole(value)

    def text_or(self, name: str, default: str = "") -> str:
        """Return a text; something else if there is none."""
        value = self._values.get(name)
        return _whole(value) if isinstance(value, str) else default

    def number_or(self, name: str, default: int = 0) -> int:
        """Return a whole number from zero to what a database holds; else something else."""
        value = self._values.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**53:
            return default
        return value

    def flag(self, name: str) -> bool:
        """Whether something is so; anything but a plain yes is no."""
        return self._values.get(name) is True

    def moment(self, name: str) -> datetime:
        """Return a time, UTC, told in milliseconds."""
        value = self._values.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
            raise MalformedUpdate(f"matrix: {name} is no time")
        try:
            return datetime.fromtimestamp(value / 1000, UTC)
        except (ValueError, OverflowError, OSError) as error:
            raise MalformedUpdate(f"matrix: {name} is no time") from error

    def inner(self, name: str) -> "Fields":
        """Return an object within this one."""
        return Fields(self._values.get(name), name)

    def inner_or_none(self, name: str) -> "Fields | None":
        """Return an object within this one, None if there is none."""
        value = self._values.get(name)
        return Fields(value, name) if isinstance(value, dict) else None

    def inner_or_empty(self, name: str) -> "Fields":
        """Return an object within this one, an empty one if there is none."""
        return self.inner_or_none(name) or Fields({}, name)

    def first_inner(self, *names: str) -> "Fields | None":
        """Return the first of some objects that is there."""
        return next((found for name in names if (found := self.inner_or_none(name))), None)

    def each(self, name: str) -> Iterator["Fields"]:
        """Yield the objects of a list, none if there is no list; what is no object is left out."""
        values = self._values.get(name)
        if isinstance(values, list):
            yield from (Fields(value, name) for value in values if isinstance(value, dict))

    def whole(self) -> dict[str, Json]:
        """Return all of it, as it came."""
        return {**self._values}

    def raw(self, name: str) -> Json:
        """Return whatever stands there."""
        return self._values.get(name)


def parse_object(payload: bytes) -> Fields:
    """Read an object from JSON."""
    try:
        return Fields(json.loads(payload))
    except (ValueError, RecursionError) as error:
        raise MalformedUpdate(f"matrix: no JSON ({type(error).__name__})") from error


def _whole(text: str) -> str:
    """Put a sign in the place of half characters, which can't be stored."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
