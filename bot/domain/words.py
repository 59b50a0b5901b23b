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
    match lines:
        case []:
            return words("nothing")
        case [only]:
            return only
        case _:
            # By halves: so many lines nest no deeper than their number has digits in binary.
            half = len(lines) // 2
            first, rest = under_each_other(lines[:half]), under_each_other(lines[half:])
            return words("lines", first=first, rest=rest)


def in_a_row(parts: Sequence[Words]) -> Words:
    """List names: `Alby`, `Alby och Fittja`, `Alby, Fittja och Hallunda`."""
    match parts:
        case []:
            return words("nothing")
        case [only]:
            return only
        case _:
            return words("in-a-row-last", first=with_commas(parts[:-1]), last=parts[-1])


def with_commas(parts: Sequence[Words]) -> Words:
    """Put a comma between parts, and nothing else."""
    match parts:
        case []:
            return words("nothing")
        case [only]:
            return only
        case _:
            return words("in-a-row", first=parts[0], rest=with_commas(parts[1:]))
