"""Nothing of a tip is anywhere but at its desk and with its tipster, whatever happens."""

import sqlite3
from contextlib import closing

import pytest
from structlog.testing import capture_logs

from bot.web.health import Health
from tests.features.tips import sends_tip, tip_cards
from tests.pictures import jpeg
from tests.storage.files import every_byte_of
from tests.town import ANNA, BO, DESK, EVA, MX_ROOM, OWNER, POLICE, SHOPS, TG_ROOM, Town, make_town

CANARIES = [f"kanariefågel{number}" for number in range(10)]
ANSWERS = [f"svarsfågel{number}" for number in range(10)]
QUESTIONS = [f"frågefågel{number}" for number in range(10)]
ALL = [*CANARIES, *ANSWERS, *QUESTIONS]


@pytest.fixture
def has_mail() -> bool:
    """Where nobody can be asked for a code the desk's room shows the words at once."""
    return False


async def test_ten_tips_with_answers_and_a_crash_leave_no_trace_elsewhere(town):
    """Database, write-ahead log, files, log, metrics, and all rooms but the desk."""
    await town.agrees(OWNER)
    with capture_logs() as logs:
        for number in range(5):
            await talk_about(town, number)
        town = await crashed_in_the_middle(town)
        for number in range(6, 10):
            await talk_about(town, number)
        await town.passes(hours=1)
    metrics = await metrics_of(town)

    assert len(tip_cards(town)) == 10
    assert elsewhere(town) == []
    assert [canary for canary in ALL if canary in repr(logs)] == []
    assert [canary for canary in ALL if canary in metrics] == []
    stored = every_byte_of(town.folder)
    assert "grannbro.db-wal" in stored
    for canary in ALL:
        for spelling in (canary.encode(), canary.encode("utf-16-le"), canary[:-1].encode()):
            assert [name for name, data in stored.items() if spelling in data] == []
    await town.app.close()


async def talk_about(town: Town, number: int) -> None:
    """Let somebody on either platform send a tip with a photo, be asked, and answer."""
    user = (ANNA, EVA, BO)[number % 3]
    line = f"/tip polisen {CANARIES[number]}"
    if number % 2:
        await town.writes(user, TG_ROOM if user != EVA else MX_ROOM, line, photos=(jpeg(),))
        await town.taps(user, "Skicka till Polisen")
    else:
        await sends_tip(town, user, CANARIES[number])
    await ask_and_answer(town, user, number)


async def ask_and_answer(town: Town, user, number: int) -> None:
    """Let the desk reply to its latest card, and the tipster to that."""
    await town.writes(POLICE, DESK, QUESTIONS[number], reply_to=tip_cards(town)[-1].ref)
    asked = [s for s in town.told(user) if QUESTIONS[number] in s.text][-1]
    await town.writes(user, None, ANSWERS[number], reply_to=asked.ref)
    await town.passes(minutes=10)


async def crashed_in_the_middle(town: Town) -> Town:
    """Let the process end after a tip was taken and before anything of it went out."""
    await town.writes(EVA, None, f"/tip polisen {CANARIES[5]}")
    with town.platforms_down():
        await town.taps(EVA, "Skicka till Polisen")
    await town.app.close()
    again = make_town(town.folder, clock=town.clock, has_mail=False)
    for old, new in ((town.telegram, again.telegram), (town.matrix, again.matrix)):
        vars(new).update(vars(old))
    again.written = town.written
    await again.app.open()
    await again.settle()
    await ask_and_answer(again, EVA, 5)
    return again


def elsewhere(town: Town) -> list[object]:
    """Who else sees a canary: rooms, and people in private who did not write it."""
    tipsters = {ANNA, EVA, BO}
    return [
        shown.to
        for shown in town.everything_shown()
        for number in range(10)
        if any(words[number] in shown.text for words in (CANARIES, ANSWERS, QUESTIONS))
        and shown.to != DESK
        and not (shown.to in tipsters and shown.to == (ANNA, EVA, BO)[number % 3])
        and not (number == 5 and shown.to == EVA)
    ]


async def metrics_of(town: Town) -> str:
    """What the metrics tell."""
    health = Health(
        store=town.app.parts.database,
        clock=town.clock,
        bridges=town.app.bridges,
        inbox=town.app.inbox,
        outboxes=town.app.outboxes,
    )
    return (await health.metrics()).decode()


async def test_database_alone_does_not_tell_whose_a_tip_is(town):
    """Who has a copy of it without the keys finds no person, account or message with a tip."""
    await sends_tip(town)
    await town.writes(POLICE, DESK, "Vilken dörr?", reply_to=tip_cards(town)[-1].ref)
    await town.writes(ANNA, None, "Den gröna", reply_to=town.told(ANNA)[-1].ref)

    known = {
        value
        for table in ("people", "identities", "copies", "notes")
        for row in rows(town, f"SELECT * FROM {table}")
        for value in row
        if isinstance(value, str) and len(value) > 12
    }
    about = {
        value
        for table in ("tips", "tip_lines")
        for row in rows(town, f"SELECT * FROM {table}")
        for value in row
        if isinstance(value, str) and len(value) > 12
    }
    assert {value for value in known & about if not value[:4].isdigit()} == set()


def rows(town: Town, query: str) -> list[tuple[object, ...]]:
    """What the main database holds."""
    with closing(sqlite3.connect(town.folder / "grannbro.db")) as database:
        return database.execute(query).fetchall()


async def test_other_rooms_hear_nothing_at_all(town):
    """Not even that there is a tip."""
    await sends_tip(town)
    await town.passes(minutes=1)

    assert town.in_room(TG_ROOM) == town.in_room(MX_ROOM) == town.in_room(SHOPS) == []
