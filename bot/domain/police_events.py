"""The Swedish Police's public events, as its API gives them.

Source: polisen.se/api/events. What is known of its ways: the hour may lack its zero, the title has
no year, writes its time with a colon or a full stop and may hold commas in the type; the place is
the last part of the title, for `location` may be the county and its point the middle of it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.domain.richtext_json import Json

SITE = "https://polisen.se"
_LOCAL = ZoneInfo("Europe/Stockholm")
_TITLE = re.compile(
    r"^(?P<day>\d{1,2}) (?P<month>[a-zåäö]+) (?P<hour>\d{2})[.:](?P<minute>\d{2}), "
    r"(?P<type>.+), (?P<place>[^,]+)$",
    re.IGNORECASE,
)
_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_MAX_TEXT_CHARS = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliceEvent:
    """One event.

    Attributes:
        place: Municipality or county, as the title names it.
        published_at: When the police published it, UTC offset kept.
        happened_at: What the title says, None if it makes no date.
    """

    id: str
    type: str
    place: str
    text: str
    link: str | None
    published_at: datetime
    happened_at: datetime | None


@dataclass(frozen=True, slots=True)
class Malformed:
    """An entry that is no event.

    Attributes:
        entry: Its number in the file, from 1.
        reason: What is wrong with it; holds nothing of its text.
    """

    entry: int
    reason: str


Entry: TypeAlias = PoliceEvent | Malformed


def read_entries(text: str) -> Iterator[Entry]:
    """Read a JSON list or one JSON object a line; a broken entry does not end the reading."""
    text = text.lstrip("\ufeff \n\r\t")
    if text.startswith("["):
        yield from _read_list(text)
        return
    # Only at line feeds: other line ends may stand inside a text.
    for number, line in enumerate(filter(str.strip, text.split("\n")), start=1):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Malformed(number, _no_json(error))
            continue
        yield _entry(number, value)


def _read_list(text: str) -> Iterator[Entry]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield Malformed(1, _no_json(error))
        return
    for number, value in enumerate(values, start=1):
        yield _entry(number, value)


def _no_json(error: ValueError | RecursionError) -> str:
    return f"no JSON: {getattr(error, 'msg', 'too deep or a number too long')}"


def _entry(number: int, value: Json) -> Entry:
    try:
        return parse_event(value)
    except (KeyError, TypeError, ValueError) as error:
        return Malformed(number, _reason(error))


def parse_event(value: Json) -> PoliceEvent:
    """Read one event of the API.

    Raises:
        KeyError: A field is missing.
        TypeError: A field is of another type.
        ValueError: Title or time are not as known.
    """
    fields = _object(value)
    published = _published(_string(fields, "datetime"))
    title = _TITLE.match(_string(fields, "name").strip())
    if title is None:
        raise ValueError("the title is not 'day month hour.minute, type, place'")
    return PoliceEvent(
        id=_id(fields),
        type=title["type"].strip(),
        place=title["place"].strip(),
        text=_text(fields),
        link=_link(fields.get("url")),
        published_at=published,
        happened_at=_happened(title, published),
    )


def _object(value: Json) -> Mapping[str, Json]:
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return value


def _string(fields: Mapping[str, Json], name: str) -> str:
    value = fields[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} is not a text")
    return value


def _id(fields: Mapping[str, Json]) -> str:
    value = fields["id"]
    if isinstance(value, bool) or not isinstance(value, int | str) or not str(value).isalnum():
        raise TypeError("id is not a number")
    return str(value)


def _text(fields: Mapping[str, Json]) -> str:
    body = fields.get("body")
    text = body if isinstance(body, str) and body.strip() else _string(fields, "summary")
    text = text.strip()
    return text if len(text) <= _MAX_TEXT_CHARS else text[: _MAX_TEXT_CHARS - 1].rstrip() + "…"


def _link(value: Json) -> str | None:
    return SITE + value if isinstance(value, str) and value.startswith("/") else None


def _published(text: str) -> datetime:
    # strptime takes "9:48:12", which fromisoformat refuses.
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d %H:%M:%S %z")
    except ValueError as error:
        raise ValueError("datetime is not 'year-month-day hour:minute:second zone'") from error


def _happened(title: re.Match[str], published: datetime) -> datetime | None:
    """Give the title's time the year that puts it last before its publication."""
    # A day's grace: titles written just after midnight may be a minute ahead.
    years = (published.year + 1, published.year, published.year - 1)
    times = (_in_year(year, title) for year in years)
    return next((at for at in times if at and at - published <= timedelta(days=1)), None)


def _in_year(year: int, title: re.Match[str]) -> datetime | None:
    try:
        month = _MONTHS.index(title["month"].lower()) + 1
        hour, minute, day = int(title["hour"]), int(title["minute"]), int(title["day"])
        return datetime(year, month, day, hour, minute, tzinfo=_LOCAL)
    except ValueError:
        return None


def _reason(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
