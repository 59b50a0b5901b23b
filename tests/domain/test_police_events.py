"""The police's public events: every trap that the real ones have set, each as a case."""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.police_events import SITE, Malformed, PoliceEvent, parse_event, read_entries
from bot.domain.richtext_json import Json
from tests.domain.examples import json_objects, json_values
from tests.real_data import REAL_DATA

POLICE_DATA = REAL_DATA / "polisen"
LOCAL = ZoneInfo("Europe/Stockholm")
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
# From the API itself, 22 August 2026.
EVENT: dict[str, Json] = {
    "id": 650297,
    "datetime": "2026-08-22 19:51:41 +02:00",
    "name": "22 augusti 17.59, Brand, Kävlinge",
    "summary": "Försök till grov mordbrand, Kävlinge.",
    "url": "/aktuellt/handelser/2026/augusti/22/22-augusti-17.59-brand-kavlinge/",
    "type": "Brand",
    "location": {"name": "Skåne län", "gps": "55.990257,13.595769"},
}


def read(text: str) -> list[PoliceEvent | Malformed]:
    """Read a whole file."""
    return list(read_entries(text))


def test_event_is_read():
    """Place and time from the title, text from the summary, a link to the police's own page."""
    assert parse_event(EVENT) == PoliceEvent(
        id="650297",
        type="Brand",
        place="Kävlinge",
        text="Försök till grov mordbrand, Kävlinge.",
        link=f"{SITE}/aktuellt/handelser/2026/augusti/22/22-augusti-17.59-brand-kavlinge/",
        published_at=datetime(2026, 8, 22, 17, 51, 41, tzinfo=UTC),
        happened_at=datetime(2026, 8, 22, 17, 59, tzinfo=LOCAL),
    )


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("2026-08-22 9:48:12 +02:00", datetime(2026, 8, 22, 7, 48, 12, tzinfo=UTC)),
        ("2026-08-22 09:48:12 +02:00", datetime(2026, 8, 22, 7, 48, 12, tzinfo=UTC)),
        ("2026-01-02 0:00:00 +01:00", datetime(2026, 1, 1, 23, 0, tzinfo=UTC)),
        (" 2026-08-22 19:51:41 +02:00 ", datetime(2026, 8, 22, 17, 51, 41, tzinfo=UTC)),
    ],
    ids=["hour without its zero", "hour with it", "midnight", "blanks"],
)
def test_time_of_publication(text: str, published: datetime):
    """A third of all hours lack their zero."""
    assert parse_event(EVENT | {"datetime": text}).published_at == published


@pytest.mark.parametrize(
    ("title", "kind", "place"),
    [
        ("22 augusti 17.59, Brand, Kävlinge", "Brand", "Kävlinge"),
        ("22 augusti 17:59, Brand, Kävlinge", "Brand", "Kävlinge"),
        ("2 augusti 17.59, Misshandel, grov, Umeå", "Misshandel, grov", "Umeå"),
        ("02 augusti 17.59, Mord/dråp, försök, Umeå", "Mord/dråp, försök", "Umeå"),
        ("22 augusti 17.59, Sammanfattning natt, Skåne län", "Sammanfattning natt", "Skåne län"),
        ("22 AUGUSTI 17.59, Rån övrigt, Upplands-Bro", "Rån övrigt", "Upplands-Bro"),
        ("  22 augusti 17.59, Brand,  Kävlinge ", "Brand", "Kävlinge"),
    ],
    ids=[
        "full stop",
        "colon, as before 2023",
        "comma in the type",
        "comma and slash in the type",
        "a county",
        "capitals",
        "blanks",
    ],
)
def test_title_is_time_type_and_place(title: str, kind: str, place: str):
    """The place is the last part: `location` has been the county since 2026."""
    event = parse_event(EVENT | {"name": title})

    assert (event.type, event.place) == (kind, place)
    assert event.happened_at is not None
    assert (event.happened_at.hour, event.happened_at.minute) == (17, 59)


@pytest.mark.parametrize(
    ("published", "title", "happened"),
    [
        ("2026-01-01 0:30:00 +01:00", "31 december 23.40", "2025-12-31 23:40"),
        ("2026-01-02 9:00:00 +01:00", "30 december 08.00", "2025-12-30 08:00"),
        ("2026-01-01 0:30:00 +01:00", "1 januari 00.10", "2026-01-01 00:10"),
        ("2025-12-31 23:59:50 +01:00", "1 januari 00.00", "2026-01-01 00:00"),
        ("2025-12-31 23:00:00 +00:00", "31 december 23.50", "2025-12-31 23:50"),
        ("2026-08-22 19:51:41 +02:00", "22 augusti 19.52", "2026-08-22 19:52"),
        ("2026-08-22 23:59:00 +02:00", "23 augusti 00.10", "2026-08-23 00:10"),
        ("2026-08-22 19:51:41 +02:00", "25 augusti 12.00", "2025-08-25 12:00"),
        ("2024-03-01 1:00:00 +01:00", "29 februari 23.00", "2024-02-29 23:00"),
        ("2026-03-29 4:00:00 +02:00", "29 mars 01.30", "2026-03-29 01:30"),
    ],
    ids=[
        "the last hour of the year",
        "days ago, over the year",
        "the first hour of the year",
        "a minute ahead, over the year",
        "new year here, not in Greenwich",
        "a minute ahead",
        "past midnight already",
        "a date to come is last year's",
        "leap day",
        "the night that clocks change",
    ],
)
def test_year_is_the_last_before_publication(published: str, title: str, happened: str):
    """The title has none; December is told in January."""
    event = parse_event(EVENT | {"datetime": published, "name": f"{title}, Brand, Kävlinge"})

    assert event.happened_at is not None
    assert f"{event.happened_at:%Y-%m-%d %H:%M}" == happened
    assert event.happened_at.tzinfo == LOCAL


@pytest.mark.parametrize(
    "title",
    ["31 april 12.00", "22 augusti 24.00", "22 augusti 12.60", "0 maj 12.00", "22 agusti 12.00"],
)
def test_title_that_makes_no_date_gives_no_time(title: str):
    """The event is still told; it only does not say when."""
    event = parse_event(EVENT | {"name": f"{title}, Brand, Kävlinge"})

    assert event.happened_at is None
    assert event.place == "Kävlinge"


def test_publication_at_the_end_of_time_is_no_reason_to_stop():
    """Nonsense is read as far as it goes."""
    for published in ("9999-12-31 23:59:59 -12:00", "0001-01-01 00:00:00 +14:00"):
        assert parse_event(EVENT | {"datetime": published}).place == "Kävlinge"


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "Försök till grov mordbrand, Kävlinge."),
        ({"body": "Hela texten.\nMed rader. "}, "Hela texten.\nMed rader."),
        ({"body": "   "}, "Försök till grov mordbrand, Kävlinge."),
        ({"body": None}, "Försök till grov mordbrand, Kävlinge."),
        ({"body": "a" * 1500}, "a" * 1500),
        ({"body": "a" * 1501}, "a" * 1499 + "…"),
        ({"body": "a" * 1490 + " " * 20 + "b"}, "a" * 1490 + "…"),
    ],
    ids=["summary", "body", "blank body", "no body", "longest", "too long", "cut before blanks"],
)
def test_text_is_the_body_where_there_is_one(changes: dict[str, Json], text: str):
    """The summary ends at 110 characters; what is cut here says so."""
    assert parse_event(EVENT | changes).text == text


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("/aktuellt/1/", f"{SITE}/aktuellt/1/"),
        ("https://evil.example/", None),
        ("", None),
        (None, None),
        (7, None),
    ],
    ids=["path", "another site", "empty", "none", "number"],
)
def test_link_leads_to_the_police_or_nowhere(url: Json, link: str | None):
    """The bot vouches for the sender, so it sends nobody elsewhere."""
    assert parse_event(EVENT | {"url": url}).link == link


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ("text", TypeError),
        ([], TypeError),
        (None, TypeError),
        ({}, KeyError),
        (EVENT | {"id": None}, TypeError),
        (EVENT | {"id": True}, TypeError),
        (EVENT | {"id": -5}, TypeError),
        (EVENT | {"id": 1.5}, TypeError),
        (EVENT | {"id": ""}, TypeError),
        (EVENT | {"id": "a/../b"}, TypeError),
        (EVENT | {"name": None}, TypeError),
        (EVENT | {"name": "Brand i Kävlinge"}, ValueError),
        (EVENT | {"name": "22 augusti, Brand, Kävlinge"}, ValueError),
        (EVENT | {"name": "22 augusti 17.59, Kävlinge"}, ValueError),
        (EVENT | {"name": "22 augusti 17.59, Brand,"}, ValueError),
        (EVENT | {"name": "22 augusti 17.59, Brand,\nKävlinge"}, ValueError),
        (EVENT | {"datetime": 5}, TypeError),
        (EVENT | {"datetime": "2026-08-22T19:51:41+02:00"}, ValueError),
        (EVENT | {"datetime": "2026-08-22 19:51:41"}, ValueError),
        (EVENT | {"summary": 5}, TypeError),
        ({key: value for key, value in EVENT.items() if key != "summary"}, KeyError),
    ],
    ids=lambda value: ascii(value)[-30:] if not isinstance(value, type) else value.__name__,
)
def test_what_is_no_event_is_refused(value: Json, error: type[Exception]):
    """With an error that says which field; `read_entries` makes an entry of it."""
    with pytest.raises(error):
        parse_event(value)

    assert [type(entry) for entry in read(json.dumps([value, EVENT]))] == [Malformed, PoliceEvent]


SECRET = "Svensson 811218-9876"


@pytest.mark.parametrize("field", ["id", "datetime", "name", "summary", "url"])
def test_reason_holds_nothing_of_the_text(field: str):
    """Reasons are logged; names of people are not."""
    entries = read(json.dumps([EVENT | {field: f"{SECRET}, x", "body": None}]))

    for entry in entries:
        assert SECRET not in getattr(entry, "reason", "")


LINE = json.dumps(EVENT, ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "events", "malformed"),
    [
        ("", 0, []),
        (" \n\n ", 0, []),
        ("[]", 0, []),
        (f"[{LINE},{LINE}]", 2, []),
        (f"\ufeff[{LINE}]", 1, []),
        (f"\n \ufeff[{LINE}]\n", 1, []),
        (f"{LINE}\n{LINE}\n", 2, []),
        (f"{LINE}\r\n\r\n{LINE}", 2, []),
        (f"\ufeff{LINE}\n{LINE}", 2, []),
        (f"{LINE}\n{{oj\n{LINE}", 2, [2]),
        (f"{LINE}\n5\nnull", 1, [2, 3]),
        (f"[{LINE},5,{LINE},{{}}]", 2, [2, 4]),
        (f"[{LINE},", 0, [1]),
        ("[" * 100_000, 0, [1]),
        (LINE + "\n" + '{"id":' * 100_000, 1, [2]),
        ("9" * 5000, 0, [1]),
        ("<html>404</html>", 0, [1]),
    ],
    ids=[
        "nothing",
        "blank",
        "empty list",
        "list",
        "list after a byte order mark",
        "list after blanks",
        "lines",
        "lines of Windows",
        "lines after a byte order mark",
        "a broken line",
        "lines that are no objects",
        "entries that are no events",
        "half a list",
        "a list too deep",
        "a line too deep",
        "a number too long",
        "no JSON at all",
    ],
)
def test_file_is_read_to_its_end(text: str, events: int, malformed: list[int]):
    """A list or a line an event; what is broken is counted and does not end the reading."""
    entries = read(text)

    assert sum(isinstance(entry, PoliceEvent) for entry in entries) == events
    assert [entry.entry for entry in entries if isinstance(entry, Malformed)] == malformed


@pytest.mark.parametrize("char", "\u2028\u2029\x85\x0b\x0c\x1c", ids=ascii)
def test_odd_line_ends_inside_a_text_do_not_end_the_line(char: str):
    """JSON lets them stand in a text as they are; only a line feed ends an entry."""
    line = json.dumps(EVENT | {"body": "rad ett|rad två"}).replace("|", char)
    if ord(char) >= 0x20:
        assert [type(entry) for entry in read(f"{line}\n{line}")] == [PoliceEvent] * 2
    else:
        assert [type(entry) for entry in read(f"{line}\n{line}")] == [Malformed] * 2


almost_events = json_objects(*EVENT).map(
    lambda changes: {**EVENT, **changes} if isinstance(changes, dict) else changes
)


@given(st.lists(st.one_of(json_values, almost_events), max_size=4))
def test_no_json_raises_out_of_the_reading(values: list[Json]):
    """As a list and as lines: each value is one entry, an event or a reason why not."""
    kinds = [type(entry) for entry in read(json.dumps(values))]

    assert len(kinds) == len(values)
    assert [type(e) for e in read("\n".join(map(json.dumps, values)))] == kinds or (
        bool(values) and isinstance(values[0], list)
    )


@given(st.one_of(st.text(), st.text().map(lambda tail: "[" + tail)))
def test_no_text_raises_out_of_the_reading(text: str):
    """Whatever a server answers with."""
    assert all(isinstance(entry, PoliceEvent | Malformed) for entry in read(text))


@given(
    st.datetimes(datetime(2016, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001 - made local below
    st.integers(0, 24 * 360),
)
def test_year_comes_back_from_any_title(published: datetime, hours_before: int):
    """An event is told within a year, so that day and month are enough."""
    at = published.replace(tzinfo=LOCAL, microsecond=0)
    happened = at.astimezone(UTC) - timedelta(hours=hours_before)
    local = happened.astimezone(LOCAL).replace(second=0)
    title = f"{local.day} {MONTHS[local.month - 1]} {local:%H.%M}, Brand, Kävlinge"
    event = parse_event(EVENT | {"name": title, "datetime": f"{at:%Y-%m-%d %H:%M:%S %z}"})

    assert event.happened_at is not None
    assert event.happened_at.replace(tzinfo=None) == local.replace(tzinfo=None)


def _gunzipped(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode()


@pytest.mark.parametrize(
    ("name", "opened", "number"),
    [
        ("polisen_api_events_latest500.json", Path.read_text, 500),
        ("polisen_events_with_body.jsonl.gz", _gunzipped, 886),
    ],
    ids=["the API's list", "lines with bodies"],
)
def test_real_events_are_all_read(name: str, opened: Callable[[Path], str], number: int):
    """Not one of the real ones is malformed, and each says when and where it was."""
    path = POLICE_DATA / name
    if not path.exists():
        pytest.skip(f"the real events are not here: {path.name}")
    events = [entry for entry in read(opened(path)) if isinstance(entry, PoliceEvent)]

    assert len(events) == number
    assert all(event.happened_at is not None for event in events)
    assert all(event.place and event.text and event.link for event in events)
    assert all(
        timedelta(days=-1) <= event.published_at - event.happened_at <= timedelta(days=4)
        for event in events
        if event.happened_at is not None
    )
