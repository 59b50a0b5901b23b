"""Something to say: the id of a text and what goes into it; texts.py makes the sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from bot.domain.richtext import RichText


@dataclass(frozen=True, slots=True)
class Moment:
    """A time to be written as the reader's clock shows it; with the day if that matters."""

    at: datetime
    with_day: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A text id with its values; a value can be words again, written in the same language."""

    text_id: str
    values: Mapping[str, "Value"] = field(default_factory=dict)


Value: TypeAlias = str | int | float | Moment | RichText | Words


def words(text_id: str, **values: Value) -> Words:
    """Name a text and fill its placeholders."""
    return Words(text_id, values)


def under_each_other(lines: Sequence[Words]) -> Words:
    """Put lines under each other, each written in the reader's language."""
    return _bound("lines", lines)


def in_a_row(parts: Sequence[Words]) -> Words:
    """List names: `Alby`, `Alby och Fittja`, `Alby, Fittja och Hallunda`."""
    if len(parts) < 2:
        return _bound("in-a-row", parts)
    return words("in-a-row-last", first=with_commas(parts[:-1]), last=parts[-1])


def with_commas(parts: Sequence[Words]) -> Words:
    """Put a comma between parts, and nothing else."""
    return _bound("in-a-row", parts)


def _bound(text_id: str, parts: Sequence[Words]) -> Words:
    """Bind parts by a text of two of them: so many nest no deeper than their number has bits."""
    match parts:
        case []:
            return words("nothing")
        case [only]:
            return only
        case _:
            half = len(parts) // 2
            first, rest = _bound(text_id, parts[:half]), _bound(text_id, parts[half:])
            return words(text_id, first=first, rest=rest)
