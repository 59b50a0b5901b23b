"""Reading values out of what Telegram sends, of which nothing is certain.

Everything that is not as it should be raises MalformedUpdate; what an error says holds names of
fields and never what stands in them.
"""

import json
import math
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from bot.domain.richtext_json import Json
from bot.errors import MalformedUpdate

_NUMBERS = range(-(2**62), 2**62)


class Fields:
    """One object. A field that is null is not there."""

    def __init__(self, value: Json, name: str = "update") -> None:
        if not isinstance(value, dict):
            raise MalformedUpdate(f"telegram: {name} is no object")
        self._values = value

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def first_of(self, names: Sequence[str]) -> str | None:
        """Return the first of some fields that is there."""
        return next((name for name in names if name in self), None)

    def text(self, name: str) -> str:
        """Return a text."""
        value = self._values.get(name)
        if not isinstance(value, str):
            raise MalformedUpdate(f"telegram: {name} is no text")
        return _whole(value)

    def text_or(self, name: str, default: str = "") -> str:
        """Return a text, or something else if there is none."""
        return self.text(name) if name in self else default

    def number(self, name: str) -> int:
        """Return a whole number that fits into 63 bits."""
        value = self._values.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value not in _NUMBERS:
            raise MalformedUpdate(f"telegram: {name} is no number")
        return value

    def decimal(self, name: str) -> float:
        """Return a number."""
        value = self._values.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise MalformedUpdate(f"telegram: {name} is no number")
        if not -1e9 < value < 1e9 or math.isnan(value):
            raise MalformedUpdate(f"telegram: {name} is out of range")
        return float(value)

    def flag(self, name: str) -> bool:
        """Whether something is so; anything but a plain yes is no."""
        return self._values.get(name) is True

    def moment(self, name: str) -> datetime:
        """Return a time, UTC."""
        try:
            return datetime.fromtimestamp(self.number(name), UTC)
        except (ValueError, OverflowError, OSError) as error:
            raise MalformedUpdate(f"telegram: {name} is no time") from error

    def inner(self, name: str) -> "Fields":
        """Return an object within this one."""
        return Fields(self._values.get(name), name)

    def inner_or_none(self, name: str) -> "Fields | None":
        """Return an object within this one, None if it is not there."""
        return self.inner(name) if name in self else None

    def each(self, name: str) -> Iterator["Fields"]:
        """Yield the objects of a list, none if it is not there."""
        values = self._values.get(name)
        if values is None:
            return
        if not isinstance(values, list):
            raise MalformedUpdate(f"telegram: {name} is no list")
        for value in values:
            yield Fields(value, name)


def parse_object(payload: bytes) -> Fields:
    """Read an object from JSON."""
    try:
        return Fields(json.loads(payload))
    except (ValueError, RecursionError) as error:
        raise MalformedUpdate(f"telegram: no JSON ({type(error).__name__})") from error


def _whole(text: str) -> str:
    """Put a sign in the place of half characters, which can't be stored."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
