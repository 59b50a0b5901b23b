"""Updates on their way in: kept once, in order, sealed, and forgotten in time."""

from datetime import timedelta

from bot.domain.consent import Purpose
from bot.domain.incoming import RawUpdate
from bot.domain.messages import MessageRef, Platform, RoomRef
from bot.domain.people import PersonId
from bot.domain.retention import Lifetimes
from bot.ports.held_updates import Waiting
from bot.ports.inbox import InboxEntry
from bot.storage.database import Database
from bot.storage.inbox_statements import HEADS
from tests.town import FakeClock

ANNA = PersonId("anna")
LINE = MessageRef(RoomRef(Platform.TELEGRAM, "-1"), "m1")
DAYS = ["transit:2026-11-20", "transit:2026-11-21", "person:anna"]


def waits(clock: FakeClock, purpose: Purpose = Purpose.REPORTS) -> Waiting:
    """Anna is asked for a consent; her line waits a day for it."""
    until = clock.now() + timedelta(days=1)
    return Waiting(person=ANNA, purpose=purpose, about=LINE, until=until)


def update(number: int, *, lane: str = "telegram:1", platform: Platform = Platform.TELEGRAM):
    """An update of a lane."""
    return RawUpdate(
        platform=platform, update_id=f"u{number}", lane=lane, payload=f"words {number}".encode()
    )


async def put(database: Database, *updates: RawUpdate) -> list[bool]:
    """Take updates into safe keeping."""
    async with database.write() as uow:
        return [await uow.inbox.put(raw, database._clock.now()) for raw in updates]


async def waiting(database: Database, *, busy: tuple[str, ...] = ()) -> list[InboxEntry]:
    """What may be handled now."""
    async with database.read() as uow:
        return list(await uow.inbox.waiting(database._clock.now(), limit=10, busy=busy))


async def test_update_is_kept_as_it_came(database: Database) -> None:
    """Byte by byte."""
    await put(database, update(1))
    (entry,) = await waiting(database)

    assert entry.update.payload == b"words 1"
    assert (entry.update.platform, entry.update.update_id) == (Platform.TELEGRAM, "u1")
    assert entry.attempts == 0


async def test_seen_update_is_not_taken_again(database: Database, clock: FakeClock) -> None:
    """Not while it waits and not after it was handled; another platform's is another."""
    assert await put(database, update(1)) == [True]
    assert await put(database, update(1)) == [False]
    (entry,) = await waiting(database)
    async with database.write() as uow:
        await uow.inbox.done(entry)

    assert await put(database, update(1), update(1, platform=Platform.MATRIX)) == [False, True]
    assert len(await waiting(database)) == 1
    await clock.sleep(timedelta(hours=49).total_seconds())
    async with database.write() as uow:
        assert await uow.inbox.forget_old(Lifetimes(), clock.now()) == 1
    assert await put(database, update(1)) == [True]


async def test_lane_is_handled_in_order(database: Database) -> None:
    """Only its head may be handled; the heads of several come oldest first."""
    await put(database, update(1), update(2), update(3, lane="telegram:2"))
    first, other = await waiting(database)

    assert (first.update.update_id, other.update.update_id) == ("u1", "u3")
    assert [e.update.update_id for e in await waiting(database, busy=(first.update.lane,))] == [
        "u3"
    ]


async def test_long_lane_is_not_walked_for_its_head(database: Database) -> None:
    """After an outage thousands may wait in one; each claim would look at them all."""
    query = HEADS.params(busy=["telegram:1"], now=None, limit=4)
    async with database._engine.connect() as connection:
        written = query.compile(connection.engine, compile_kwargs={"render_postcompile": True})
        unknown = str(written).count("?") * (None,)
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {written}", unknown)

    steps = [str(step[-1]) for step in plan]
    assert not any("ix_inbox_state_id" in step or "SCAN inbox" in step for step in steps)
    assert sum("ix_inbox_state_lane_id" in step for step in steps) == 3


async def test_lane_tells_nothing_of_the_account(database: Database) -> None:
    """A private chat is called after its owner on some platforms."""
    await put(database, update(1, lane="telegram:480912345678"))
    (entry,) = await waiting(database)

    assert entry.update.lane.startswith("telegram:")
    assert "4809" not in entry.update.lane


async def test_refused_head_rests_its_lane_until_its_time(
    database: Database, clock: FakeClock
) -> None:
    """The order is kept; the attempts are counted."""
    await put(database, update(1), update(2))
    (entry,) = await waiting(database)
    async with database.write() as uow:
        await uow.inbox.postpone(entry, clock.now() + timedelta(seconds=30))
    assert await waiting(database) == []
    async with database.read() as uow:
        assert await uow.inbox.next_due() == clock.now() + timedelta(seconds=30)
    await clock.sleep(30)

    (entry,) = await waiting(database)
    assert (entry.update.update_id, entry.attempts) == ("u1", 1)
    async with database.read() as uow:
        assert await uow.inbox.next_due() is None


async def test_buried_update_lets_its_lane_go_on(database: Database) -> None:
    """One that can't be handled stops nobody."""
    await put(database, update(1), update(2))
    (entry,) = await waiting(database)
    async with database.write() as uow:
        await uow.inbox.bury(entry, "RuntimeError")

    assert [e.update.update_id for e in await waiting(database)] == ["u2"]


async def test_held_update_comes_back_with_its_words(database: Database, clock: FakeClock) -> None:
    """Somebody was asked first, and said yes."""
    await put(database, update(1), update(2))
    (entry,) = await waiting(database)
    async with database.write() as uow:
        await uow.held_updates.hold(entry, waits(clock))
    assert [e.update.update_id for e in await waiting(database)] == ["u2"]
    async with database.write() as uow:
        assert await uow.held_updates.release(PersonId("bo"), Purpose.REPORTS) == 0
        assert await uow.held_updates.release(ANNA, Purpose.REPORTS) == 1

    (entry,) = await waiting(database)
    assert entry.update.payload == b"words 1"


async def test_held_update_of_somebody_who_said_no_is_forgotten(
    database: Database, clock: FakeClock
) -> None:
    """Also of somebody who never answered."""
    await put(database, update(1), update(2, lane="telegram:2"))
    one, two = await waiting(database)
    async with database.write() as uow:
        for entry in (one, two):
            await uow.held_updates.hold(entry, waits(clock))
        assert await uow.held_updates.drop(ANNA, Purpose.REPORTS) == 2
        assert await uow.held_updates.release(ANNA, Purpose.REPORTS) == 0
    assert await waiting(database) == []

    await put(database, update(3))
    (entry,) = await waiting(database)
    async with database.write() as uow:
        await uow.held_updates.hold(entry, waits(clock))
    await clock.sleep(timedelta(days=1, seconds=1).total_seconds())
    async with database.write() as uow:
        await uow.inbox.forget_old(Lifetimes(), clock.now())
        assert await uow.held_updates.release(ANNA, Purpose.REPORTS) == 0


async def test_each_consent_lets_go_of_what_waits_for_it(
    database: Database, clock: FakeClock
) -> None:
    """A yes or a no to one purpose says nothing of another."""
    await put(database, update(1), update(2, lane="telegram:2"))
    report, place = await waiting(database)
    async with database.write() as uow:
        await uow.held_updates.hold(report, waits(clock))
        await uow.held_updates.hold(place, waits(clock, Purpose.PLACE))
        assert await uow.held_updates.drop(ANNA, Purpose.PLACE) == 1
        assert await uow.held_updates.release(ANNA, Purpose.PLACE) == 0
        assert await uow.held_updates.release(ANNA, Purpose.REPORTS) == 1

    assert [e.update.update_id for e in await waiting(database)] == ["u1"]


async def test_held_update_past_its_time_is_not_released(
    database: Database, clock: FakeClock
) -> None:
    """Whether it was swept away already or not."""
    await put(database, update(1))
    (entry,) = await waiting(database)
    async with database.write() as uow:
        await uow.held_updates.hold(entry, waits(clock))
    await clock.sleep(timedelta(days=1).total_seconds())
    async with database.write() as uow:
        assert await uow.held_updates.release(ANNA, Purpose.REPORTS) == 0


async def test_dead_letter_goes_with_its_sender_or_in_its_time(
    database: Database, clock: FakeClock
) -> None:
    """Known or not, it is not kept for ever, nor is its key."""
    await put(database, update(1), update(2, lane="telegram:2"))
    known, unknown = await waiting(database)
    async with database.write() as uow:
        for entry in (known, unknown):
            await uow.inbox.bury(entry, "RuntimeError")
        await uow.inbox.attribute(known, ANNA)
        assert [entry.update.payload for entry in await uow.inbox.of_person(ANNA)] == [b"words 1"]
        assert await uow.inbox.erase(ANNA) == 1
    await clock.sleep(timedelta(days=29).total_seconds())
    async with database.write() as uow:
        await uow.inbox.forget_old(Lifetimes(), clock.now())
        assert len(await uow.inbox.keys_in_use(DAYS)) == 1
    await clock.sleep(timedelta(days=2).total_seconds())
    async with database.write() as uow:
        assert await uow.inbox.forget_old(Lifetimes(), clock.now()) == 1
        assert await uow.inbox.keys_in_use(DAYS) == frozenset()


async def test_words_are_kept_no_longer_than_needed(database: Database) -> None:
    """A handled update leaves only the mark that it was seen."""
    await put(database, update(1))
    (entry,) = await waiting(database)
    async with database.read() as uow:
        assert await uow.inbox.keys_in_use(DAYS) == {"transit:2026-11-21"}
    async with database.write() as uow:
        await uow.inbox.done(entry)
        assert await uow.inbox.keys_in_use(DAYS) == frozenset()
        assert await uow.inbox.depth() == 0


async def test_update_whose_key_is_gone_is_empty(database: Database, clock: FakeClock) -> None:
    """It reads as nothing, and becomes a dead letter further on."""
    await put(database, update(1))
    await database.vault.destroy(*await database.vault.owners("transit:"))
    (entry,) = await waiting(database)

    assert entry.update.payload == b""
