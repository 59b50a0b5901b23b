"""Changes and news for the many: noted in one row, brought page by page, missed by nobody."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.alerting import AlertSettings
from bot.domain.copies import Copy, PersonRef, Subject, SubjectKind
from bot.domain.digests import Digest, DigestId
from bot.domain.effects import Urgency
from bot.domain.people import PersonId
from bot.storage.database import Database
from tests.outbox.stage import Stage, subject
from tests.storage.conftest import database_in
from tests.storage.test_copies import person
from tests.storage.test_spreads import followers, goes_on, reached, tells, wants
from tests.town import FakeClock


@pytest.fixture
async def database(folder: Path, clock: FakeClock) -> AsyncIterator[Database]:
    """Databases in which two copies are looked at in a transaction."""
    found = database_in(folder, clock, alerts_at_once=2)
    await found.open()
    yield found
    await found.close()


async def reaches(stage: Stage, number: int, name: str = "a") -> list[PersonId]:
    """So many have got something in private."""
    people = [await person(stage.database, f"{name}{n}") for n in range(number)]
    stage.says[name] = name
    for who in people:
        await shows(stage, name, who)
    await stage.outbox.drain()
    await stage.clock.sleep(1)
    return people


async def shows(stage: Stage, name: str, who: PersonId) -> None:
    """Show something to somebody."""
    async with stage.database.write() as uow:
        await uow.copies.show_to(subject(name), PersonRef(who), urgency=Urgency.YELLOW)


async def tells_news(
    stage: Stage,
    news: str,
    *,
    on: str = "a",
    urgency: Urgency = Urgency.YELLOW,
    but: PersonId | None = None,
) -> int:
    """Tell all who got something."""
    stage.says[news] = news
    async with stage.database.write() as uow:
        return await uow.copies.follow_up(subject(news), subject(on), urgency=urgency, but=but)


async def goes_round(stage: Stage) -> int:
    """Look at all pages that are due; return how many they were."""
    pages = 0
    while await goes_on(stage.database):
        pages += 1
    return pages


async def shown_to(stage: Stage, who: PersonId) -> list[str]:
    """What somebody's chat shows, oldest first."""
    async with stage.database.read() as uow:
        names = sorted(stage.says)
        copies: list[Copy] = [c for n in names for c in await uow.copies.of(subject(n))]
    parts = {part for copy in copies if copy.person == who for part in copy.parts}
    return [shown.text for shown in stage.bridge.shown if shown.ref in parts]


async def test_few_are_looked_at_at_once(stage: Stage) -> None:
    """As many as a page holds are changed in the transaction of the change."""
    await reaches(stage, 2)
    await stage.changes("a", "b")
    await tells_news(stage, "news")

    assert await stage.waiting() == 4
    assert await goes_round(stage) == 0


async def test_change_of_many_is_one_row(stage: Stage) -> None:
    """However many have it, the transaction stays as short."""
    await reaches(stage, 5)
    await stage.changes("a", "b")

    assert await stage.waiting() == 0
    async with stage.database.read() as uow:
        assert await uow.copies.under_way() == 1
        assert (await uow.copies.next_page_due()) is not None


async def test_rooms_do_not_wait_for_a_round(stage: Stage) -> None:
    """One call there reaches hundreds."""
    await stage.spreads("a", "torget")
    await reaches(stage, 5)
    await stage.changes("a", "b")
    await tells_news(stage, "news")
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["b", "news"]


async def test_change_comes_to_everybody(stage: Stage) -> None:
    """Page by page, and then nothing is under way."""
    people = await reaches(stage, 5)
    await stage.changes("a", "b")

    assert await goes_round(stage) == 3
    await stage.outbox.drain()
    assert [await shown_to(stage, who) for who in people] == [["b"]] * 5
    async with stage.database.read() as uow:
        assert await uow.copies.under_way() == 0


async def test_ten_marks_are_one_round(stage: Stage) -> None:
    """They come together before it is time, and each is edited once."""
    await reaches(stage, 5)
    for number in range(10):
        await stage.changes("a", f"{number} har sett det", after=timedelta(seconds=3))
    assert await goes_round(stage) == 0
    await stage.clock.sleep(3)

    assert await goes_round(stage) == 3
    await stage.outbox.drain()
    assert {(s.text, s.edits) for s in stage.bridge.shown} == {("9 har sett det", 1)}


async def test_urgent_change_takes_the_patient_one_along(stage: Stage) -> None:
    """A round is as soon and as urgent as the soonest and most urgent that it stands for."""
    await reaches(stage, 5)
    await stage.changes("a", "b", urgency=Urgency.LATER, after=timedelta(minutes=1))
    await stage.changes("a", "c", urgency=Urgency.YELLOW)
    await stage.changes("a", "d", urgency=Urgency.LATER, after=timedelta(minutes=1))

    assert await goes_round(stage) == 3
    assert {effect.urgency for effect in await stage.claims()} == {Urgency.YELLOW}


async def test_change_meanwhile_is_another_round(stage: Stage) -> None:
    """Those on the first pages have the old words; the round goes to its end all the same."""
    people = await reaches(stage, 5)
    await stage.changes("a", "b")
    await goes_on(stage.database)
    await stage.outbox.drain()
    for text in ("c", "d"):
        await stage.changes("a", text)

    assert await goes_round(stage) == 2 + 3
    await stage.outbox.drain()
    assert [await shown_to(stage, who) for who in people] == [["d"]] * 5


async def test_round_ends_however_often_something_changes(stage: Stage) -> None:
    """Who comes last is not put off for ever."""
    people = await reaches(stage, 5)
    for number in range(6):
        await stage.changes("a", f"{number}")
        await goes_on(stage.database)
        await stage.outbox.drain()
    shown = [await shown_to(stage, who) for who in people]

    assert ["a"] not in shown


async def test_red_round_overtakes_and_stands_for_the_older(stage: Stage) -> None:
    """It comes to all of them, and so nobody is looked at once more."""
    people = await reaches(stage, 5)
    await stage.changes("a", "b", urgency=Urgency.LATER)
    await goes_on(stage.database)
    await stage.changes("a", "c", urgency=Urgency.RED)

    assert await goes_round(stage) == 3
    await stage.outbox.drain()
    assert [await shown_to(stage, who) for who in people] == [["c"]] * 5


async def test_red_goes_before_what_spreads(stage: Stage) -> None:
    """And what spreads goes before what can wait."""
    people = await followers(stage.database, 4)
    await reaches(stage, 5)
    await tells(stage.database, "new")
    await stage.changes("a", "b", urgency=Urgency.LATER)
    await goes_on(stage.database)
    assert await reached(stage.database, "new") == set(people)

    await tells(stage.database, "newer")
    await stage.changes("a", "c", urgency=Urgency.RED)
    for _ in range(3):
        await goes_on(stage.database)
    assert await reached(stage.database, "newer") == set(people[:2])


async def test_news_come_to_all_who_had_it_once(stage: Stage) -> None:
    """But to whoever made them; a page that is not committed comes again."""
    people = await reaches(stage, 6)
    await tells_news(stage, "news", but=people[2])
    await goes_on(stage.database)
    with pytest.raises(RuntimeError):
        await _dies_on_the_next_page(stage.database)
    await goes_round(stage)
    await stage.outbox.drain()

    told = {who: await shown_to(stage, who) for who in people}
    assert told.pop(people[2]) == ["a"]
    assert list(told.values()) == [["a", "news"]] * 5
    answered = {s.message.reply_to for s in stage.bridge.shown if s.text == "news"}
    assert answered == {s.ref for s in stage.bridge.shown if s.text == "a"} - {None} - {
        copy.parts[0] for copy in await stage.copies("a") if copy.person == people[2]
    }


async def test_news_on_what_is_linked_come_once(stage: Stage) -> None:
    """Who got a duplicate, too, is not told of the same again."""
    people = await reaches(stage, 5)
    stage.says["twin"] = "twin"
    for who in people:
        await shows(stage, "twin", who)
    await stage.outbox.drain()
    await stage.clock.sleep(1)
    for on in ("a", "twin"):
        await tells_news(stage, "news", on=on)
    await goes_round(stage)
    await stage.outbox.drain()

    assert [await shown_to(stage, who) for who in people] == [["a", "twin", "news"]] * 5


async def test_news_come_in_their_order(stage: Stage) -> None:
    """Of one subject the older round goes on first; else a chat would read them backwards."""
    people = await reaches(stage, 5)
    await tells_news(stage, "first", urgency=Urgency.GREEN)
    await goes_on(stage.database)
    await tells_news(stage, "second", urgency=Urgency.YELLOW)
    await goes_round(stage)
    await stage.outbox.drain()

    assert [await shown_to(stage, who) for who in people] == [["a", "first", "second"]] * 5


async def test_who_gets_it_afterwards_is_not_told_what_has_changed(stage: Stage) -> None:
    """Their card says it already, sent before their page or not."""
    await reaches(stage, 5)
    await tells_news(stage, "news")
    late = [await person(stage.database, f"late{n}") for n in range(3)]
    for who in late:
        await shows(stage, "a", who)
    await stage.outbox.drain()
    await goes_round(stage)
    await stage.outbox.drain()

    assert [await shown_to(stage, who) for who in late] == [["a"]] * 3


async def test_who_gets_it_with_the_news_is_not_told_what_has_changed(stage: Stage) -> None:
    """As when something becomes red: it is new to them as it is now."""
    await reaches(stage, 5)
    new = await person(stage.database, "new")
    stage.says["news"] = "news"
    async with stage.database.write() as uow:
        await uow.copies.show_to(subject("a"), PersonRef(new), urgency=Urgency.RED)
        await uow.copies.follow_up(subject("news"), subject("a"), urgency=Urgency.YELLOW)
    await stage.outbox.drain()
    await goes_round(stage)
    await stage.outbox.drain()

    assert await shown_to(stage, new) == ["a"]


async def test_withdrawing_ends_its_rounds(stage: Stage) -> None:
    """Nothing is shown of it any more, neither anew nor as news."""
    await reaches(stage, 5)
    await stage.changes("a", "b")
    await tells_news(stage, "news")
    await stage.withdraws("a")
    await stage.withdraws("news")

    assert await goes_round(stage) == 0


async def test_forgetting_ends_its_rounds(stage: Stage) -> None:
    """Not a row is kept."""
    await reaches(stage, 5)
    await stage.changes("a", "b")
    async with stage.database.write() as uow:
        await uow.copies.forget(subject("a"))

    assert await goes_round(stage) == 0


async def test_who_made_news_can_be_forgotten(stage: Stage) -> None:
    """A round does not remember them."""
    people = await reaches(stage, 5)
    await tells_news(stage, "news", but=people[0])
    async with stage.database.write() as uow:
        await uow.copies.forget_person(people[0])
        rows = await uow.people._session.connection.exec_driver_sql("SELECT but_id FROM rounds")

        assert [row.but_id for row in rows] == [None]


async def test_many_digests_change_page_by_page(stage: Stage) -> None:
    """What was told in one is told of again there, and its news answer it."""
    people = await in_digests(stage, 5)
    await stage.changes("a", "b")
    await tells_news(stage, "news")

    assert await stage.waiting() == 0
    assert await goes_round(stage) == 6
    stage.says |= {name: f"{name}, rättad" for name in stage.says if name.startswith("digest")}
    await stage.outbox.drain()
    assert {s.edits for s in stage.bridge.shown if s.text.startswith("digest")} == {1}
    assert [await shown_to(stage, who) for who in people] == [["news"]] * 5


async def test_what_is_over_spreads_no_further(stage: Stage) -> None:
    """Who has not heard of it never does, and it goes on where it was if it is opened again."""
    people = await followers(stage.database, 6)
    await tells(stage.database)
    async with stage.database.write() as uow:
        await uow.copies.stop_spreading(subject("a"))
    assert await goes_round(stage) == 0
    assert await reached(stage.database) == set(people[:2])

    async with stage.database.write() as uow:
        await uow.copies.spread_on(subject("a"))
    assert await goes_round(stage) == 3
    assert await reached(stage.database) == set(people)


async def in_digests(stage: Stage, number: int) -> list[PersonId]:
    """Something waited for so many, and a digest has told them of it."""
    people = await followers(stage.database, number)
    pause = AlertSettings(paused_until=stage.clock.now() + timedelta(days=1))
    for who in people:
        await wants(stage.database, who, pause)
    await tells(stage.database)
    await goes_round(stage)
    for who in people:
        await digests(stage, who)
    await stage.outbox.drain()
    await stage.clock.sleep(1)
    return people


async def digests(stage: Stage, who: PersonId) -> None:
    """Give somebody a digest of all that waits."""
    digest = Digest(
        id=DigestId(f"digest {who}"), person=who, is_silent=True, made_at=stage.clock.now()
    )
    stage.says[digest.id] = digest.id
    async with stage.database.write() as uow:
        await uow.held_alerts.tell({digest: await uow.held_alerts.of(who)})
        shown = Subject(SubjectKind.DIGEST, digest.id)
        await uow.copies.show_to(shown, PersonRef(who), urgency=Urgency.YELLOW)


async def _dies_on_the_next_page(database: Database) -> None:
    async with database.write() as uow:
        await uow.copies.go_on()
        raise RuntimeError
