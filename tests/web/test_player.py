"""The written day: what the people do is done through the chat, and a restart goes on with it."""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.bridges.web.client import WebBridge
from bot.bridges.web.platform import WebPlatform
from bot.demo.clock import StoryClock
from bot.demo.player import Player, morning_offset, recall
from bot.demo.story import Actor, InBoth, Scene, Story, read_story
from bot.domain.messages import Platform, RoomRef
from bot.domain.outgoing import Button, OutgoingMessage
from bot.domain.richtext import rich
from bot.domain.web_chat import WebRoom
from bot.errors import ConfigError
from bot.storage.database import Database
from bot.storage.media import SealedFiles
from tests.town import AREAS, ROOT, FakeClock

ZONE = ZoneInfo("Europe/Stockholm")
ROOM = RoomRef(Platform.WEB, "torget")
ANNA = Actor(
    id="anna", name="Anna", rooms=("torget",), about=InBoth(sv="bor här", en="lives here")
)
TOLD = InBoth(sv="Nu", en="Now")


class FastClock(StoryClock):
    """The story's clock; what it waits for has come already."""

    def __init__(self) -> None:
        super().__init__(morning_offset(datetime.now(UTC), ZONE))

    async def wait(self, event: asyncio.Event, *, at_most_s: float) -> None:
        await asyncio.sleep(0)


@pytest.fixture
async def platform(folder: Path):
    """The chat with a square."""
    clock = FakeClock()
    database = Database(
        f"sqlite+aiosqlite:///{folder}/grannbro.db",
        keys_url=f"sqlite+aiosqlite:///{folder}/keys.db",
        clock=clock,
    )
    await database.open()
    media = SealedFiles(folder / "media", database.vault)
    async with database.write() as uow:
        await uow.web_chat.put_room(WebRoom(id="torget", title="Torget"))
    yield WebPlatform(WebBridge(store=database, media=media, clock=clock), AREAS)
    await database.close()


def player(platform: WebPlatform, memory: Path, *scenes: Scene, playing: bool = True) -> Player:
    """Somebody who plays these scenes."""
    return Player(
        story=Story((ANNA,), scenes),
        platform=platform,
        clock=FastClock(),
        zone=ZONE,
        memory=memory,
        playing=playing,
    )


async def until(playing: Player, is_done: Callable[[], bool]) -> None:
    """Let the day go on until something is true."""
    task = asyncio.create_task(playing.run())
    async with asyncio.timeout(20):
        while not is_done():  # noqa: ASYNC110 - the day changes it
            await asyncio.sleep(0)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def scene(at: str, **what: object) -> Scene:
    """Something Anna does on the square."""
    return Scene.model_validate(
        {"at": time.fromisoformat(at), "who": "anna", "room": "torget"} | what
    )


async def said(platform: WebPlatform) -> list[str]:
    """What stands on the square."""
    return [message.text.plain for message in await platform.messages("torget")]


async def test_day_is_played_to_its_end_and_remembered(platform: WebPlatform, tmp_path: Path):
    """Each line at its time; a restart knows that all has been said."""
    memory = tmp_path / "day.json"
    day = player(
        platform, memory,
        scene("07:00", write="God morgon", note=TOLD),
        scene("08:00", write="Hej", reply_last=True),
    )  # fmt: skip
    await until(day, lambda: day.is_over)

    first, second = await platform.messages("torget")
    assert (first.text.plain, second.text.plain) == ("God morgon", "Hej")
    assert second.reply_to == first.id
    assert day.note is not None
    assert day.clock.now().astimezone(ZONE).time() >= time(8)
    assert recall(memory)[0] == 2


async def test_paused_day_sets_its_stage_and_waits(platform: WebPlatform, tmp_path: Path):
    """Whoever wants to look around first may; then it goes on."""
    day = player(
        platform, tmp_path / "day.json",
        scene("06:30", write="Kulisser", quick=True), scene("07:00", write="Scen"),
        playing=False,
    )  # fmt: skip
    await until(day, lambda: day.position == 1)
    assert await said(platform) == ["Kulisser"]

    day.play(on=True)
    await until(day, lambda: day.is_over)
    assert await said(platform) == ["Kulisser", "Scen"]


async def test_button_is_pressed_and_a_card_answered(platform: WebPlatform, tmp_path: Path):
    """As somebody would who sees it."""
    card = OutgoingMessage(text=rich("Kort"), rows=((Button(label="👁 Sett", data="t.seen"),),))
    day = player(
        platform, tmp_path / "day.json",
        scene("07:00", press="seen"),
        scene("07:01", press="Sett"),
        scene("07:02", reply="Jag med"),
    )  # fmt: skip
    await platform.bridge.send(ROOM, card, key="k1")
    await until(day, lambda: day.is_over)

    assert (await platform.messages("torget"))[-1].reply_to == 1


async def test_what_a_visitor_has_changed_does_not_stop_the_day(
    platform: WebPlatform, tmp_path: Path
):
    """The line that can't be written is left out."""
    day = player(
        platform, tmp_path / "day.json",
        scene("07:00", room="butikerna", write="Jag är inte med här"), scene("07:01", write="Hej"),
    )  # fmt: skip
    await until(day, lambda: day.is_over)

    assert await said(platform) == ["Hej"]


async def test_next_day_begins_after_the_stage(platform: WebPlatform, tmp_path: Path):
    """What was set up yesterday is not set up again."""
    day = player(
        platform, tmp_path / "day.json",
        scene("06:30", write="Kulisser", quick=True), scene("07:00", write="Scen"),
    )  # fmt: skip
    await until(day, lambda: day.is_over)
    before = day.clock.now()
    day.next_day()
    await until(day, lambda: day.is_over)

    assert await said(platform) == ["Kulisser", "Scen", "Scen"]
    assert day.clock.now() - before > timedelta(hours=12)


def test_speed_goes_round(tmp_path: Path):
    """Twice, four times, and back."""
    day = player(None, tmp_path / "day.json", scene("07:00"))  # type: ignore[arg-type]  # unused
    speeds = []
    for _ in range(3):
        day.faster()
        speeds.append(day.speed)

    assert speeds == [2, 4, 1]


@pytest.mark.parametrize("kept", [None, "", "{}", "[]", '{"position": "x", "offset_s": 1}'])
def test_unreadable_memory_begins_afresh(kept: str | None, tmp_path: Path):
    """A day that nobody remembers is a new one."""
    memory = tmp_path / "day.json"
    if kept is not None:
        memory.write_text(kept, encoding="utf-8")

    assert recall(memory) == (0, None)


def test_story_clock_is_never_put_back():
    """Time that has passed stays passed."""
    clock = StoryClock(timedelta())
    before = clock.now()
    clock.advance_to(before + timedelta(hours=1))
    clock.advance_to(before)

    assert clock.now() >= before + timedelta(hours=1)


def test_written_day_is_whole():
    """Each scene has somebody we know, in a room they are in, at no earlier time than the last."""
    story = read_story(ROOT / "config")
    people = {person.id: person for person in story.people}

    assert all(s.place == f"@{s.who}" or s.room in people[s.who].rooms for s in story.scenes)
    assert [s.at for s in story.scenes] == sorted(s.at for s in story.scenes)
    assert all(
        s.note.in_language("sv") != s.note.in_language("en") for s in story.scenes if s.note
    )


def test_missing_day_is_named(tmp_path: Path):
    """The operator is told which file."""
    with pytest.raises(ConfigError) as refused:
        read_story(tmp_path)

    assert "day.toml" in str(refused.value.where)
