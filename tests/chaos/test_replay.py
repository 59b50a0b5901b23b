"""The replay of police events under kill -9: every event once, none lost, none twice."""

import asyncio
import json
from collections import Counter
from pathlib import Path

import pytest

from bot.app import WholeApp, make_parts
from bot.cli import commands
from bot.clock import SystemClock
from bot.domain.areas import AreaId
from bot.domain.messages import Platform, UserRef
from bot.domain.police_events import PoliceEvent
from bot.domain.reports import Priority
from bot.domain.subscriptions import Subscription, WholeArea
from bot.domain.web_chat import WebAccount
from bot.replay import place_of, read_events
from bot.settings.loading import Installation, load_installation
from tests.chaos.killing import KILLS, kill_again_and_again
from tests.long_forms import LONG
from tests.real_data import REAL_DATA
from tests.town import AREAS, ROOT

pytestmark = pytest.mark.slow

REAL = REAL_DATA / "polisen"
FILES = ("polisen_api_events_latest500.json", "polisen_events_with_body.jsonl.gz")
EVENTS = ["made up", *(pytest.param(name, marks=LONG) for name in FILES)]
FOLLOWED: dict[str, list[str]] = {
    "botkyrka": ["botkyrka"],
    "county": ["stockholms-lan", "sodermanlands-lan"],
    "both": ["stockholms-lan", "botkyrka", "nykoping"],
    "everywhere": [area.id for area in AREAS if area.parent is None],
}


@pytest.fixture
def events_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """One of the real files, or events made up in their form."""
    if request.param != "made up":
        path = REAL / str(request.param)
        if not path.exists():
            pytest.skip(f"the real events are not here: {request.param}")
        return path
    places = ["Botkyrka", "Nyköping", "Lilla edet", "Stockholms län", "Gotland"]
    made = [
        {
            "id": number,
            "datetime": f"2026-08-{1 + number // 24:02} {number % 24}:05:00 +02:00",
            "name": f"{1 + number // 24} augusti {number % 24:02}.00, Brand, {places[number % 5]}",
            "summary": f"Händelse {number}.",
            "url": f"/aktuellt/{number}/",
            "type": "Brand",
            "location": {"name": "Stockholms län", "gps": "59.2,18.0"},
        }
        for number in range(240)
    ]
    path = tmp_path / "events.json"
    path.write_text(json.dumps(made), encoding="utf-8")
    return path


@pytest.mark.parametrize("events_file", EVENTS, indirect=True)
def test_every_event_is_delivered_once_whatever_is_killed(
    events_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Accepted is delivered, and only once, where the platform takes a key."""
    monkeypatch.setenv("GRANNBRO_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("GRANNBRO_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/var/grannbro.db")
    installation = load_installation(ROOT / "config")
    asyncio.run(_settle_people(installation))

    def replay() -> None:
        commands(
            ["replay", str(events_file), "--config", str(ROOT / "config")], standalone_mode=False
        )

    killed = kill_again_and_again(replay, seed=len(events_file.name))

    assert killed.finished
    assert killed.kills > KILLS // 3
    events = [event for event in read_events(events_file) if isinstance(event, PoliceEvent)]
    assert asyncio.run(_received(installation)) == _expected(events)


async def _settle_people(installation: Installation) -> None:
    app = WholeApp(make_parts(installation, SystemClock()))
    await app.open()
    for name, areas in FOLLOWED.items():
        await app.platform.invite(WebAccount(id=name, name=name), [])
        async with app.parts.database.write() as uow:
            now = app.parts.clock.now()
            person = await uow.people.by_user(UserRef(Platform.WEB, name), now)
            for area in areas:
                wanted = Subscription(
                    person=person.id,
                    followed=WholeArea(AreaId(area)),
                    at_least=Priority.YELLOW,
                )
                await uow.subscriptions.put(wanted, now)
    await app.close()


async def _received(installation: Installation) -> dict[str, Counter[str]]:
    """Return how often each of the people sees each event, told apart by its link."""
    app = WholeApp(make_parts(installation, SystemClock()))
    await app.open()
    found = {}
    for name in FOLLOWED:
        messages = await app.platform.messages(f"@{name}", last=10_000)
        found[name] = Counter(_link(str(message.text.nodes)) for message in messages)
    await app.close()
    return found


def _expected(events: list[PoliceEvent]) -> dict[str, Counter[str]]:
    expected = {}
    for name, areas in FOLLOWED.items():
        seen = {
            event.id: event.link or ""
            for event in events
            if (place := place_of(event.place, AREAS))
            and not set(areas).isdisjoint(AREAS.chain(place.id))
        }
        expected[name] = Counter(seen.values())
    return expected


def _link(nodes: str) -> str:
    return nodes.split("Link(url='")[1].split("'", maxsplit=1)[0]
