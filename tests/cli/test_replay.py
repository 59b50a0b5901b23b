"""`grannbro replay`: real police events become notices, each once."""

import asyncio
import gzip
import sqlite3
from contextlib import closing

import pytest

from bot.app import WholeApp, make_parts
from bot.clock import SystemClock
from bot.domain.areas import AreaId
from bot.domain.messages import Platform, UserRef
from bot.domain.reports import Priority
from bot.domain.subscriptions import Subscription, WholeArea
from bot.domain.web_chat import WebAccount
from bot.settings.loading import load_installation
from bot.storage.lock import sole_owner
from tests.cli.conftest import fire
from tests.town import ROOT

pytestmark = pytest.mark.slow


def tally(ended):
    """What the command counted."""
    lines = (line.split() for line in ended.out.splitlines() if not line.startswith("Events"))
    return {" ".join(words[:-1]): int(words[-1]) for words in lines}


def published(data):
    """How many notices there are, and how many copies of them wait."""
    with closing(sqlite3.connect(data / "grannbro.db")) as database:
        notices = database.execute("SELECT count(*) FROM notices").fetchone()[0]
        waiting = database.execute("SELECT count(*) FROM effects WHERE state = 'queued'")
        return notices, waiting.fetchone()[0]


@pytest.fixture
def follower(grannbro):
    """Somebody who follows Botkyrka."""

    async def follow():
        app = WholeApp(make_parts(load_installation(ROOT / "config"), SystemClock()))
        await app.open()
        await app.platform.invite(WebAccount(id="anna", name="Anna"), [])
        async with app.parts.database.write() as uow:
            now = app.parts.clock.now()
            person = await uow.people.by_user(UserRef(Platform.WEB, "anna"), now)
            wanted = Subscription(
                person=person.id,
                followed=WholeArea(AreaId("botkyrka")),
                at_least=Priority.YELLOW,
            )
            await uow.subscriptions.put(wanted, now)
        await app.close()

    asyncio.run(follow())


@pytest.mark.usefixtures("follower")
@pytest.mark.parametrize("name", ["events.json", "events.json.gz"])
def test_events_become_notices_and_arrive(grannbro, events, data, name):
    """With those who follow the municipality that each names."""
    file = events(fire(1), fire(2, "Nyköping"), fire(3, "Lilla Hönslandet"), name=name)
    ended = grannbro("replay", str(file))

    assert ended.exit_code == 0
    assert tally(ended) == {
        "published": 2,
        "known before": 0,
        "malformed, skipped": 0,
        "place not on the map": 1,
        "copies delivered": 1,
    }
    assert published(data) == (2, 0)
    assert "replay.place_unknown" in ended.err


def test_broken_events_are_told_and_skipped(grannbro, events, data):
    """By their number in the file; the log holds nothing of what they say."""
    secret = fire(4, summary="hemligt")
    del secret["datetime"]
    ended = grannbro("replay", str(events(fire(1), "hemligt", 3, secret, None, {"id": 1})))

    assert ended.exit_code == 0
    assert tally(ended)["malformed, skipped"] == 5
    assert tally(ended)["published"] == 1
    assert ended.err.count("replay.malformed") == 5
    assert "hemligt" not in ended.err


@pytest.mark.usefixtures("follower")
def test_events_played_twice_are_published_once(grannbro, events, data):
    """Whoever is not sure may simply do it again."""
    file = events(fire(1), fire(2, "Nyköping"))
    grannbro("replay", str(file))
    before = published(data)
    again = tally(grannbro("replay", str(file)))

    assert (again["published"], again["known before"], again["copies delivered"]) == (0, 2, 0)
    assert published(data) == before


@pytest.mark.usefixtures("follower")
def test_beside_a_running_bot_it_queues_alone(grannbro, events, data):
    """The bot delivers; two would send twice."""
    with sole_owner(data):
        ended = grannbro("replay", str(events(fire(1))))

    assert ended.exit_code == 0
    assert tally(ended)["copies queued"] == 1
    assert published(data) == (1, 1)


def test_events_may_be_played_at_a_pace(grannbro, events, data):
    """A day in a moment."""
    ended = grannbro("replay", str(events(fire(1), fire(2))), "--speed", "100000000")

    assert tally(ended)["published"] == 2


@pytest.mark.parametrize(
    ("data_in_file", "said"),
    [
        (None, "No such file"),
        (gzip.compress(b"[]" * 100)[:-20], "ended"),
        (gzip.compress(b"abcd" * 900)[:12] + b"\xff" * 40, "invalid"),
    ],
    ids=["missing", "cut off", "broken"],
)
def test_file_that_cannot_be_read_is_refused(grannbro, tmp_path, data_in_file, said):
    """Named, before anything is published."""
    file = tmp_path / "events.json.gz"
    if data_in_file is not None:
        file.write_bytes(data_in_file)
    ended = grannbro("replay", str(file))

    assert (ended.exit_code, ended.out) == (2, "")
    assert "events.json.gz" in ended.err
    assert said in ended.err


def test_organisation_that_is_not_there_is_refused(grannbro, events, data):
    """With those that there are: a notice must come from somebody."""
    ended = grannbro("replay", str(events(fire(1))), "--organisation", "brandkåren")

    assert ended.exit_code == 2
    assert "no organisation is called brandkåren; there is polisen" in ended.err
    assert published(data) == (0, 0)
