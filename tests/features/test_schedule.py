"""What happens by itself: piece by piece, soon after every start, whatever one piece does."""

import asyncio
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from structlog.testing import capture_logs

from bot.domain.messages import MediaKind
from bot.domain.people import PersonId
from bot.domain.retention import Lifetimes
from bot.errors import StorageUnavailable
from bot.ports.holdings import Chore, Holding, Pace, Upkeep, Work
from bot.schedule import strays
from bot.schedule.ticks import Ticks
from bot.schedule.timer import Timer
from bot.storage.vault import Owner, person_key
from tests.pictures import jpeg
from tests.town import ANNA, BO, SHOPS, Town


async def _fails(_upkeep: Upkeep) -> Sequence[str]:
    raise ValueError("HEMLIG")


async def _fills_the_disk(_piece: str, _upkeep: Upkeep) -> int:
    raise StorageUnavailable("disk full")


async def _does_nothing(_piece: str, _upkeep: Upkeep) -> int:
    return 0


BROKEN = Holding(
    name="broken",
    chores=(Chore(name="broken", pace=Pace.SELDOM, find=_fails, do=_does_nothing),),
)
FULL = Holding(name="full", chores=(Chore(name="full", pace=Pace.SELDOM, do=_fills_the_disk),))


def ticks(town: Town, *holdings: Holding, keys: object = None) -> Ticks:
    """The town's ticks with other holdings."""
    parts = town.app.parts
    return Ticks(
        store=parts.database,
        clock=parts.clock,
        media=parts.media,
        keys=keys or parts.database,  # type: ignore[arg-type]  # one that is told what to answer
        areas=parts.installation.areas,
        lifetimes=Lifetimes(),
        zone=parts.installation.options.zone,
        holdings=holdings,
    )


async def test_one_bad_report_keeps_no_other_from_its_end(town):
    """Each has a transaction of its own; the bad one is named, without a word of it."""
    await town.writes(ANNA, SHOPS, "/gul HEMLIG glas")
    bad = town.report_id(SHOPS)
    await town.writes(ANNA, SHOPS, "/gul mer glas")
    town.changes_rows(f"UPDATE reports SET kind = 'HEMLIG' WHERE id = '{bad}'")
    with capture_logs() as logs:
        await town.passes(hours=25)

    assert "Avslutad av sig själv" in town.card(SHOPS).text
    (failed,) = [line for line in logs if line["event"] == "schedule.failed"]
    assert (failed["what"], failed["key"]) == ("expire_reports", bad)
    assert "HEMLIG" not in str({k: v for k, v in failed.items() if k != "bug"})


async def test_one_bad_report_keeps_no_other_from_being_erased(town):
    """When its lifetime is over, or when no yes came."""
    before = town.footprint()["reports"]
    fia = town.newcomer("Fia")
    for line in ("/rod rök", "/rod mer rök"):
        await town.writes(fia, SHOPS, line)
    bad = town.report_id(SHOPS)
    town.changes_rows(f"UPDATE reports SET kind = '?' WHERE id = '{bad}'")
    await town.passes(hours=24)

    assert town.footprint()["reports"] == before + 1


async def test_search_that_fails_stops_no_other_chore(town):
    """Retention goes on although nobody can say what has expired."""
    await town.writes(ANNA, SHOPS, "/gul glas")
    broken = ticks(town, BROKEN, *town.app.holdings)
    town.clock.at = town.clock.at.replace(year=2027)
    await broken.round(Pace.SELDOM)

    assert town.footprint()["reports"] == 0


async def test_full_disk_ends_the_round(town):
    """The next one does the rest."""
    full = ticks(town, FULL)

    with pytest.raises(StorageUnavailable):
        await full.round(Pace.SELDOM)


async def test_key_that_a_kill_has_left_is_destroyed(town):
    """The rows were gone, the key was not: an old backup could still be opened."""
    left = person_key("killed-meanwhile")
    vault = town.app.parts.database.vault
    await vault.seal(left, "hemligt", field="x")
    await vault.seal(Owner("web:killed"), "hemligt", field="x")
    async with town.app.parts.database.write() as uow:
        anna = await uow.people.by_user(ANNA, town.clock.now())
    await town.passes(hours=1)

    assert left not in await vault.owners("person:")
    assert person_key(anna.id) in await vault.owners("person:")
    assert await vault.owners("web:") == []


async def test_key_goes_with_the_last_row_of_a_person(town):
    """Ten minutes after `/forget`, not at the next sweep."""
    await town.writes(ANNA, SHOPS, "/gul glas")
    vault = town.app.parts.database.vault
    before = await vault.owners("person:")
    await town.taps_after(ANNA, "/glom", "Ja, radera allt")
    town.clock.at = town.clock.at.replace(minute=11)
    await town.app.ticks.round(Pace.SOON)

    assert len(await vault.owners("person:")) == len(before) - 1


async def test_key_survives_what_is_undone(town):
    """A transaction that fails has erased nothing; what it had sealed must still open."""
    database = town.app.parts.database
    async with database.write() as uow:
        anna = await uow.people.by_user(ANNA, town.clock.now())
    with pytest.raises(RuntimeError):
        await _erases_and_fails(anna.id, town)
    async with database.read() as uow:
        assert await uow.people.accounts(anna.id) == [ANNA]


@pytest.mark.parametrize("at_once", [1, 1000])
async def test_file_that_nothing_holds_is_destroyed_after_an_hour(town, monkeypatch, at_once):
    """A crash came between the file and its report, or somebody attached it and never sent."""
    monkeypatch.setattr(strays, "FILES_AT_ONCE", at_once)
    await town.writes(BO, SHOPS, "/gul stöld", photos=(jpeg(),))
    others = {path.name for path in town.kept_files()}
    await town.writes(ANNA, SHOPS, "/gul glas", photos=(jpeg(),))
    held = {path.name for path in town.kept_files()} | others
    assert len(held) == 2
    stray = await town.app.parts.media.keep(jpeg(), kind=MediaKind.PHOTO, name="x.jpg")
    late = await town.app.parts.media.keep(jpeg(), kind=MediaKind.PHOTO, name="y.jpg")
    unfinished = town.folder / "media" / "cu" / "cut0ff.part"
    unfinished.parent.mkdir(exist_ok=True)
    unfinished.write_bytes(b"half a file")
    for path in town.kept_files():
        age_s = 600 if path.name == late.id else 4000
        at = town.clock.now().timestamp() - age_s
        os.utime(path, (at, at))
    await town.app.ticks.round(Pace.SELDOM)

    assert {path.name for path in town.kept_files()} == {*held, late.id}
    assert await town.app.parts.media.read(stray.id) is None
    assert len(town.cards(SHOPS)[-1].message.media) == 1


async def test_nothing_is_remembered_of_a_file_that_is_gone(town):
    """A draft's picture was discarded with the draft; a posted one goes with its report."""
    await town.writes(ANNA, None, "/rapport")
    await town.taps(ANNA, "Gul")
    await town.taps(ANNA, "Brand")
    await town.writes(ANNA, None, "fittja")
    await town.writes(ANNA, None, "glas", photos=(jpeg(),))
    assert town.count_rows("files") == 1
    await town.taps(ANNA, "Skicka")
    assert (town.count_rows("files"), len(town.kept_files())) == (1, 1)
    await town.taps_after(ANNA, "/glom", "Ja, radera allt")
    await town.app.ticks.round(Pace.SELDOM)

    assert (town.count_rows("files"), town.kept_files()) == (0, [])


async def test_everything_is_looked_after_soon_after_a_start(town):
    """However often the process is started, retention comes first."""
    rounds: list[Pace] = []

    counted = asyncio.Event()

    class Counted:
        async def round(self, pace: Pace) -> int:
            rounds.append(pace)
            counted.set()
            return 1

    await _runs_until(Timer(Counted()), counted, lambda: set(rounds) == set(Pace))  # type: ignore[arg-type]


@pytest.mark.parametrize("error", [StorageUnavailable("disk full"), ValueError("HEMLIG")])
async def test_round_that_fails_is_told_by_type_alone(town, error):
    """The timer goes on; what the error quotes stays out of the log's own words."""
    failed = asyncio.Event()

    class Failing:
        async def round(self, pace: Pace) -> int:
            failed.set()
            raise error

    with capture_logs() as logs:
        await _runs_until(Timer(Failing()), failed, lambda: len(logs) > 1)  # type: ignore[arg-type]

    assert {line["event"] for line in logs} <= {"schedule.failed", "schedule.postponed"}
    assert all("HEMLIG" not in str(line.get("reason")) for line in logs)


async def test_round_under_way_ends_with_the_timer_and_is_no_error(caplog):
    """Whoever stops the bot waits for nothing, and reads nothing of it in the log."""
    begun, ended = asyncio.Event(), []

    class Endless:
        rounds = 0

        async def round(self, pace: Pace) -> int:
            self.rounds += 1
            if self.rounds > len(Pace):
                begun.set()
                try:
                    await asyncio.Event().wait()
                finally:
                    ended.append(pace)
            return 0

    timer = Timer(Endless(), every_s=dict.fromkeys(Pace, 0.01))  # type: ignore[arg-type]
    await _runs_until(timer, begun, lambda: True)

    assert ended
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def test_log_that_could_not_be_emptied_is_emptied_later(town):
    """A reader was in the way; the next round tries again, not only the next hour's."""
    answers = [False, False, True]

    @dataclass
    class Busy:
        tried: int = 0

        async def destroy_unused(self, now: object) -> int:
            return 0

        async def overwrite_erased(self) -> bool:
            self.tried += 1
            return answers[self.tried - 1]

    busy = Busy()
    tried = ticks(town, keys=busy)
    for _ in range(5):
        await tried.round(Pace.SOON)

    assert busy.tried == 3


async def _erases_and_fails(person: PersonId, town: Town) -> None:
    async with town.app.parts.database.write() as uow:
        await uow.people.erase(person, town.clock.now())
        await uow.people.erase_reachability(person)
        raise RuntimeError


async def _runs_until(timer: Timer, event: asyncio.Event, is_done: Callable[[], bool]) -> None:
    running = asyncio.create_task(timer.run())
    await event.wait()
    while not is_done():  # noqa: ASYNC110 - what is waited for has no event
        await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_what_is_only_looked_at_keeps_nobody_from_writing(town):
    """What a chore reads first takes no place among those who write."""
    told: list[str] = []

    async def looks(piece: str, _upkeep: Upkeep) -> Work:
        async with town.app.parts.database.write() as uow:
            await uow.audit.note("meanwhile", piece, by=None, now=town.clock.now())

        async def work(upkeep: Upkeep) -> int:
            told.append(piece)
            await upkeep.uow.audit.note("after", piece, by=None, now=upkeep.now)
            return 1

        return work

    async def finds(_upkeep: Upkeep) -> Sequence[str]:
        return ("a", "b")

    chore = Chore(name="wide", pace=Pace.SOON, find=finds, do=_does_nothing, look=looks)
    done = await ticks(town, Holding(name="wide", chores=(chore,))).round(Pace.SOON)

    assert done >= 2
    assert told == ["a", "b"]
