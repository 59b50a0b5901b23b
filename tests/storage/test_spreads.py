"""Alerts to many: planned in one transaction, made page by page, to those who want them then."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.alerting import AlertSettings
from bot.domain.areas import AreaId
from bot.domain.copies import Subject
from bot.domain.effects import Urgency, urgency_of
from bot.domain.groups import Reach
from bot.domain.kinds import Kind
from bot.domain.people import PersonId
from bot.domain.reports import Priority
from bot.domain.routing import Spread
from bot.domain.subscriptions import Subscription, WholeArea
from bot.storage.database import Database
from tests.outbox.stage import subject
from tests.storage.conftest import database_in
from tests.storage.test_copies import follows, person
from tests.town import FakeClock

ALBY, BOTKYRKA = AreaId("albyberget"), AreaId("botkyrka")
RED, YELLOW = Priority.RED, Priority.YELLOW


@pytest.fixture
async def paged(folder: Path, clock: FakeClock) -> AsyncIterator[Database]:
    """Databases in which two people are looked at in a transaction."""
    found = database_in(folder, clock, alerts_at_once=2)
    await found.open()
    yield found
    await found.close()


async def followers(database: Database, number: int) -> list[PersonId]:
    """So many follow Albyberget; in the order in which they are looked at."""
    found = [await person(database, f"f{n}") for n in range(number)]
    for who in found:
        await follows(database, who, ALBY)
    return sorted(found)


async def tells(
    database: Database,
    name: str = "a",
    *,
    priority: Priority = YELLOW,
    author: PersonId | None = None,
    kind: Kind | None = None,
) -> int:
    """Plan something in Albyberget; return how many of the first hear of it."""
    spread = Spread(
        chain=(ALBY, BOTKYRKA), priority=priority, reach=Reach.AREA, author=author, kind=kind
    )
    async with database.write() as uow:
        return await uow.copies.spread_to_followers(
            subject(name), spread, urgency=urgency_of(priority)
        )


async def goes_on(database: Database) -> bool:
    """Look at the next page."""
    async with database.write() as uow:
        return await uow.copies.go_on()


async def goes_to_the_end(database: Database) -> int:
    """Look at all that are left; return how many pages they were."""
    pages = 0
    while await goes_on(database):
        pages += 1
    return pages


async def reached(database: Database, name: str = "a") -> set[PersonId]:
    """Who has a card."""
    async with database.read() as uow:
        return {copy.person for copy in await uow.copies.of(subject(name)) if copy.person}


async def held(database: Database, who: PersonId) -> list[str]:
    """What waits for somebody."""
    async with database.read() as uow:
        return [alert.subject.id for alert in await uow.held_alerts.of(who)]


async def wants(database: Database, who: PersonId, settings: AlertSettings) -> None:
    """Let somebody choose how to be alerted."""
    async with database.write() as uow:
        await uow.alert_settings.put(who, settings, None)


async def leaves(database: Database, who: PersonId) -> None:
    """Let somebody follow Albyberget no more."""
    async with database.write() as uow:
        await uow.subscriptions.remove(who, WholeArea(ALBY))


def a_day_off(database: Database) -> AlertSettings:
    """Nothing until tomorrow."""
    return AlertSettings(paused_until=database._clock.now() + timedelta(days=1))


async def test_plan_takes_the_first_page_alone(paged: Database) -> None:
    """However many it concerns, the transaction stays as short."""
    people = await followers(paged, 5)

    assert await tells(paged) == 2
    assert await reached(paged) == set(people[:2])


async def test_pages_reach_everybody_once(paged: Database) -> None:
    """And then nothing is under way any more."""
    people = await followers(paged, 5)
    await tells(paged)

    assert await goes_to_the_end(paged) == 2
    assert await reached(paged) == set(people)
    async with paged.read() as uow:
        assert await uow.copies.under_way() == 0
        assert len(await uow.copies.of(subject("a"))) == 5


async def test_each_copy_has_one_effect(paged: Database) -> None:
    """Made with it, in the same transaction."""
    await followers(paged, 5)
    await tells(paged)
    await goes_to_the_end(paged)

    rows = await _rows(paged, "SELECT copy_id, urgency FROM effects")
    assert len(rows) == len({copy for copy, _ in rows}) == 5
    assert {urgency for _, urgency in rows} == {Urgency.YELLOW - 1}


async def test_the_most_urgent_goes_on_first(paged: Database) -> None:
    """Whatever was planned before it."""
    await followers(paged, 4)
    await tells(paged, "green", priority=Priority.GREEN)
    await tells(paged, "red", priority=RED)
    await goes_on(paged)

    assert len(await reached(paged, "red")) == 4
    assert len(await reached(paged, "green")) == 2


async def test_page_that_was_not_committed_comes_again(paged: Database) -> None:
    """How far it has come is stored with the copies, or neither is."""
    people = await followers(paged, 5)
    await tells(paged)
    with pytest.raises(RuntimeError):
        await _dies_on_the_next_page(paged)
    await goes_to_the_end(paged)

    assert await reached(paged) == set(people)


async def test_author_hears_nothing_on_any_page(paged: Database) -> None:
    """Nobody gets their own."""
    people = await followers(paged, 5)
    await tells(paged, author=people[3])
    await goes_to_the_end(paged)

    assert await reached(paged) == {*people} - {people[3]}


async def test_who_leaves_meanwhile_gets_nothing(paged: Database) -> None:
    """Neither as a card nor later."""
    people = await followers(paged, 4)
    await tells(paged)
    await leaves(paged, people[3])
    await goes_to_the_end(paged)

    assert await reached(paged) == set(people[:3])
    assert await held(paged, people[3]) == []


async def test_who_pauses_meanwhile_hears_later(paged: Database) -> None:
    """What somebody wants is asked when it is their turn."""
    people = await followers(paged, 4)
    await tells(paged, priority=RED)
    await wants(paged, people[3], a_day_off(paged))
    await goes_to_the_end(paged)

    assert await reached(paged) == set(people[:3])
    assert await held(paged, people[3]) == ["a"]


async def test_who_came_after_it_is_not_alerted(paged: Database) -> None:
    """Nothing that is older than what somebody follows, whatever page they would be on."""
    people = await followers(paged, 4)
    await tells(paged)
    paged._clock.at += timedelta(seconds=1)  # type: ignore[attr-defined]
    late = await person(paged, "late")
    await follows(paged, late, ALBY)
    await goes_to_the_end(paged)

    assert await reached(paged) == set(people)


async def test_change_of_what_is_followed_passes_nobody_over(paged: Database) -> None:
    """The order is that of people; where a subscription lies does not matter."""
    people = await followers(paged, 5)
    await tells(paged)
    async with paged.write() as uow:
        now = paged._clock.now()
        whole = Subscription(person=people[4], followed=WholeArea(ALBY), at_least=YELLOW)
        await uow.subscriptions.put(whole, now)
        around = Subscription(person=people[3], followed=WholeArea(BOTKYRKA))
        await uow.subscriptions.put(around, now)
        await uow.subscriptions.remove(people[3], WholeArea(ALBY))
    await goes_to_the_end(paged)

    assert await reached(paged) == set(people)


async def test_person_who_follows_it_several_times_is_on_one_page(paged: Database) -> None:
    """Pages count people, not subscriptions."""
    people = await followers(paged, 4)
    for who in people:
        await follows(paged, who, BOTKYRKA)

    assert await tells(paged) == 2
    assert await goes_to_the_end(paged) == 2
    assert await reached(paged) == set(people)


async def test_what_rises_meanwhile_begins_again(paged: Database) -> None:
    """And reaches those whom it did not concern before, on earlier pages too."""
    people = await followers(paged, 4)
    for who in people:
        await follows(paged, who, ALBY, at_least=RED)
    await follows(paged, people[2], ALBY)
    await follows(paged, people[3], ALBY)
    await tells(paged)
    await tells(paged, priority=RED)
    await goes_to_the_end(paged)

    assert await reached(paged) == set(people)
    assert len(await _rows(paged, "SELECT 1 FROM effects")) == 4


async def test_what_is_withdrawn_goes_no_further(paged: Database) -> None:
    """Who was not looked at yet never hears of it."""
    people = await followers(paged, 5)
    await tells(paged)
    async with paged.write() as uow:
        await uow.copies.withdraw(subject("a"))

    assert await goes_to_the_end(paged) == 0
    assert await reached(paged) == set(people[:2])


async def test_forgotten_subject_goes_no_further(paged: Database) -> None:
    """Nothing of it is kept."""
    await followers(paged, 5)
    await tells(paged)
    async with paged.write() as uow:
        await uow.copies.forget(subject("a"))

    assert await goes_to_the_end(paged) == 0
    assert await _rows(paged, "SELECT 1 FROM spreads") == []


async def test_where_it_is_can_be_read_by_nobody(paged: Database) -> None:
    """Places are sealed with the author's key; without it nobody else is alerted."""
    people = await followers(paged, 5)
    await tells(paged, author=people[0])
    content = await _rows(paged, "SELECT content FROM spreads")
    await paged.vault.destroy(f"person:{people[0]}")  # type: ignore[arg-type]

    assert b"albyberget" not in content[0][0]  # type: ignore[operator]
    assert await goes_to_the_end(paged) == 1
    assert await reached(paged) == set(people[1:3])


async def test_duplicate_is_no_news_to_who_knows_its_root(paged: Database) -> None:
    """On no page: neither a card nor something that waits."""
    people = await followers(paged, 5)
    await wants(paged, people[4], a_day_off(paged))
    for name in ("root", "twin"):
        await tells(paged, name)
    await counts_as(paged, "twin", "root")
    await goes_to_the_end(paged)

    assert await reached(paged, "root") == set(people[:4])
    assert await reached(paged, "twin") == set()
    assert await held(paged, people[4]) == ["root"]


async def test_card_that_may_have_left_stays(paged: Database) -> None:
    """What is begun is not taken back: it may be there, and is told of what becomes of it."""
    people = await followers(paged, 2)
    await tells(paged, "root")
    await tells(paged, "twin")
    await _change(
        paged, "UPDATE effects SET attempts = 1 WHERE id = (SELECT max(id) FROM effects)"
    )
    await counts_as(paged, "twin", "root")

    assert len(await reached(paged, "twin")) == 1
    assert await reached(paged, "root") == set(people)


async def test_who_knows_of_neither_waits_for_the_root(paged: Database) -> None:
    """The ledger counts the root, and its author knows of it anyway."""
    people = await followers(paged, 3)
    for who in people:
        await wants(paged, who, a_day_off(paged))
        await leaves(paged, who)
        await follows(paged, who, BOTKYRKA)
    elsewhere = Spread(chain=(AreaId("fittja"),), priority=RED, reach=Reach.AREA, author=people[0])
    async with paged.write() as uow:
        await uow.copies.spread_to_followers(subject("root"), elsewhere, urgency=Urgency.RED)
    await tells(paged, "twin")
    await counts_as(paged, "twin", "root")
    await goes_to_the_end(paged)

    assert [await held(paged, who) for who in people] == [[], ["root"], ["root"]]


async def test_what_stands_alone_again_is_news_again(paged: Database) -> None:
    """To those to whom it was none."""
    people = await followers(paged, 5)
    for name in ("root", "twin"):
        await tells(paged, name)
    await counts_as(paged, "twin", "root")
    await goes_to_the_end(paged)
    async with paged.write() as uow:
        await uow.copies.count_apart(subject("twin"))
    await goes_to_the_end(paged)

    assert await reached(paged, "root") == await reached(paged, "twin") == set(people)


async def test_held_alert_goes_with_what_brought_it(paged: Database) -> None:
    """And stays if something else of theirs brings it."""
    one, other = await followers(paged, 2)
    await follows(paged, other, BOTKYRKA)
    for who in (one, other):
        await wants(paged, who, a_day_off(paged))
        await follows(paged, who, "fittja")
    await tells(paged)
    for who in (one, other):
        await leaves(paged, who)

    assert await held(paged, one) == []
    assert await held(paged, other) == ["a"]


@pytest.mark.parametrize(
    "smaller",
    [
        {"at_least": RED},
        {"kinds": frozenset({Kind.THEFT})},
    ],
    ids=["a higher least priority", "fewer kinds"],
)
async def test_smaller_subscription_lets_go_of_what_it_leaves_out(
    paged: Database, smaller: dict[str, object]
) -> None:
    """As if it had been so when it came."""
    (who,) = await followers(paged, 1)
    await wants(paged, who, a_day_off(paged))
    await tells(paged, kind=Kind.GRAFFITI)
    async with paged.write() as uow:
        wanted = Subscription(person=who, followed=WholeArea(ALBY), **smaller)  # type: ignore[arg-type]
        await uow.subscriptions.put(wanted, paged._clock.now())

    assert await held(paged, who) == []


async def test_card_that_has_not_left_goes_with_what_brought_it(paged: Database) -> None:
    """A lane may be long; whoever has left is not written to from it."""
    one, other = await followers(paged, 2)
    await tells(paged)
    await leaves(paged, one)

    assert await reached(paged) == {other}
    assert len(await _rows(paged, "SELECT 1 FROM effects")) == 1


async def test_pause_holds_back_the_card_that_has_not_left(paged: Database) -> None:
    """Nothing comes until it is over, not even what was in the lane."""
    one, other = await followers(paged, 2)
    await tells(paged, priority=RED)
    await wants(paged, one, a_day_off(paged))

    assert await reached(paged) == {other}
    assert await held(paged, one) == ["a"]


async def test_what_was_told_in_a_digest_stays(paged: Database) -> None:
    """It is no alert any more; what becomes of it is still told there."""
    (who,) = await followers(paged, 1)
    await wants(paged, who, a_day_off(paged))
    await tells(paged)
    await _change(paged, "UPDATE held_alerts SET digest_id = 'd'")
    await leaves(paged, who)

    assert len(await _rows(paged, "SELECT 1 FROM held_alerts")) == 1


async def counts_as(database: Database, twin: str, root: str) -> None:
    """Let one be the same as the other."""
    duplicate: Subject = subject(twin)
    async with database.write() as uow:
        await uow.copies.count_as(duplicate, subject(root), [])


async def _dies_on_the_next_page(database: Database) -> None:
    async with database.write() as uow:
        await uow.copies.go_on()
        raise RuntimeError


async def _rows(database: Database, query: str) -> list[tuple[object, ...]]:
    async with database.read() as uow:
        connection = uow.copies._session.connection
        return [tuple(row) for row in await connection.exec_driver_sql(query)]


async def _change(database: Database, statement: str) -> None:
    async with database.write() as uow:
        await uow.copies._session.connection.exec_driver_sql(statement)
