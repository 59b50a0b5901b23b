"""Copies: who gets what, nobody twice, and what becomes of it later."""

from datetime import timedelta

import pytest

from bot.domain.areas import AreaId
from bot.domain.copies import CopyState, PersonRef
from bot.domain.effects import OnDoubt, Urgency
from bot.domain.groups import Reach
from bot.domain.messages import MessageRef, Platform, RoomRef, UserRef
from bot.domain.people import PersonId
from bot.domain.reports import Priority
from bot.domain.routing import Spread
from bot.domain.subscriptions import Subscription, WholeArea
from bot.errors import PermanentFailure, TemporaryFailure
from bot.storage.database import Database
from tests.outbox.stage import NOW, Stage, room, route, subject
from tests.town import FakeClock

TG, MX = Platform.TELEGRAM, Platform.MATRIX
CHAIN = (AreaId("albyberget"), AreaId("botkyrka"), AreaId("stockholm"))


async def person(database: Database, name: str, *, platform: Platform = TG) -> PersonId:
    """Somebody whose private chat is known."""
    user = UserRef(platform, name)
    async with database.write() as uow:
        found = await uow.people.by_user(user, database._clock.now())
        await uow.people.remember_private_room(user, RoomRef(platform, f"dm-{name}"))
    return found.id


async def follows(
    database: Database, who: PersonId, area: str, at_least: Priority = Priority.GREEN
) -> None:
    """Let somebody follow a place."""
    async with database.write() as uow:
        await uow.subscriptions.put(
            Subscription(person=who, followed=WholeArea(AreaId(area)), at_least=at_least),
            database._clock.now(),
        )


async def tell_followers(
    database: Database,
    name: str,
    *,
    priority: Priority = Priority.RED,
    but: PersonId | None = None,
) -> int:
    """Show a subject to all who follow Albyberget."""
    async with database.write() as uow:
        return await uow.copies.spread_to_followers(
            subject(name),
            Spread(chain=CHAIN, priority=priority, reach=Reach.AREA, author=but),
            urgency=Urgency.RED,
        )


async def readers(database: Database, name: str) -> list[PersonId | None]:
    """Who has a private copy of a subject."""
    async with database.read() as uow:
        return [copy.person for copy in await uow.copies.of(subject(name))]


async def test_rooms_get_a_subject_once(stage: Stage) -> None:
    """However often it is spread."""
    assert await stage.spreads("a", "torget", "backen") == 2
    assert await stage.spreads("a", "torget", "backen", "desk") == 1
    await stage.outbox.drain()
    assert await stage.spreads("a", "torget") == 0
    await stage.outbox.drain()

    assert sorted(str(shown.to) for shown in stage.bridge.shown) == [
        "telegram:backen",
        "telegram:desk",
        "telegram:torget",
    ]


async def test_spreading_to_nobody_is_nothing(stage: Stage) -> None:
    """A group without other rooms."""
    assert await stage.spreads("a") == 0
    assert await stage.waiting() == 0


async def test_follower_of_several_areas_gets_one_copy(database: Database) -> None:
    """The street, the municipality and the county are followed; it comes once."""
    anna = await person(database, "1")
    for area in CHAIN:
        await follows(database, anna, area)

    assert await tell_followers(database, "a") == 1
    assert await tell_followers(database, "a") == 0
    assert await readers(database, "a") == [anna]


async def test_follower_with_two_accounts_gets_one_copy(database: Database) -> None:
    """A person is reached where it rings first, not everywhere."""
    anna = await person(database, "1")
    await person(database, "@anna:hem.se", platform=MX)
    async with database.write() as uow:
        await uow.people._session.connection.exec_driver_sql(
            "UPDATE identities SET person_id = ?", (anna,)
        )
    await follows(database, anna, "botkyrka")

    assert await tell_followers(database, "a") == 1


@pytest.mark.parametrize(
    ("at_least", "priority", "hears"),
    [
        (Priority.GREEN, Priority.GREEN, True),
        (Priority.YELLOW, Priority.GREEN, False),
        (Priority.YELLOW, Priority.YELLOW, True),
        (Priority.RED, Priority.YELLOW, False),
        (Priority.RED, Priority.RED, True),
    ],
)
async def test_follower_hears_from_the_priority_they_chose(
    database: Database, at_least: Priority, priority: Priority, *, hears: bool
) -> None:
    """What nobody asked for does not come."""
    anna = await person(database, "1")
    await follows(database, anna, "albyberget", at_least)

    assert await tell_followers(database, "a", priority=priority) == int(hears)


async def test_author_and_those_elsewhere_get_none(database: Database) -> None:
    """Nobody gets their own report, and nobody one from another place."""
    anna, bo = await person(database, "1"), await person(database, "2")
    await follows(database, anna, "albyberget")
    await follows(database, bo, "gamla-stan")

    assert await tell_followers(database, "a", but=anna) == 0


async def test_later_follower_gets_it_when_it_is_spread_again(database: Database) -> None:
    """A report that became red reaches those who follow red only; the others not again."""
    anna, bo = await person(database, "1"), await person(database, "2")
    await follows(database, anna, "albyberget")
    await tell_followers(database, "a", priority=Priority.YELLOW)
    await follows(database, bo, "albyberget", Priority.RED)

    assert await tell_followers(database, "a", priority=Priority.RED) == 1
    assert set(await readers(database, "a")) == {anna, bo}


async def test_tokens_cannot_be_guessed_from_each_other(database: Database) -> None:
    """What a button carries opens one copy alone."""
    for number in range(20):
        await follows(database, await person(database, str(number)), "albyberget")
    await tell_followers(database, "a")
    async with database.read() as uow:
        copies = await uow.copies.of(subject("a"))

        tokens = {copy.token for copy in copies}
        assert len(tokens) == 20
        assert all(len(token) >= 16 for token in tokens)
        assert await uow.copies.by_token(copies[3].token) == copies[3]
        assert await uow.copies.by_token("guess") is None


async def test_changes_that_come_together_are_one_edit(stage: Stage) -> None:
    """Forty who press within a moment cost one call."""
    await stage.spreads("a", "torget")
    await stage.outbox.drain()
    for number in range(40):
        await stage.changes("a", f"{number} har sett det", after=timedelta(seconds=3))
    assert await stage.waiting() == 1
    assert await stage.outbox.drain() == 0
    await stage.clock.sleep(3)
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["39 har sett det"]
    assert stage.bridge.shown[0].edits == 1


async def test_urgent_change_takes_the_patient_one_along(stage: Stage) -> None:
    """What waits becomes as soon and as urgent as the soonest and most urgent of them."""
    await stage.spreads("a", "torget")
    await stage.outbox.drain()
    await stage.changes("a", "b", urgency=Urgency.LATER, after=timedelta(minutes=1))
    await stage.changes("a", "c", urgency=Urgency.RED)
    await stage.changes("a", "d", urgency=Urgency.LATER, after=timedelta(minutes=1))
    (effect,) = await stage.claims()

    assert effect.urgency is Urgency.RED
    assert await stage.waiting() == 1


async def test_change_before_the_first_showing_is_part_of_it(stage: Stage) -> None:
    """Nobody sees an old version first."""
    await stage.spreads("a", "torget")
    await stage.changes("a", "a, rättad")
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["a, rättad"]
    assert stage.bridge.shown[0].edits == 0


async def test_change_while_it_is_being_sent_is_shown_after(stage: Stage) -> None:
    """The platform has the old words already; another round brings the new ones."""
    await stage.spreads("a", "torget")
    (task,) = (await stage.outbox._claim()).jobs
    outcome = await stage.outbox._try(task)
    await stage.changes("a", "b")
    await stage.outbox._settle([outcome])
    assert stage.seen_in("torget") == ["a"]
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["b"]


async def test_change_while_an_edit_is_under_way_is_shown_after(stage: Stage) -> None:
    """The same for an edit."""
    await stage.spreads("a", "torget")
    await stage.outbox.drain()
    await stage.changes("a", "b")
    (task,) = (await stage.outbox._claim()).jobs
    outcome = await stage.outbox._try(task)
    await stage.changes("a", "c")
    await stage.outbox._settle([outcome])
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["c"]
    assert await stage.waiting() == 0


async def test_withdrawing_counts_and_removes_every_copy(stage: Stage) -> None:
    """Also those that never arrived; a second time there is nothing left to remove."""
    await stage.spreads("a", "torget", "backen")
    stage.bridge.fail_next = PermanentFailure("no such room")
    await stage.outbox.drain()

    assert await stage.withdraws("a") == 2
    await stage.outbox.drain()
    assert [copy.state for copy in await stage.copies("a")] == [CopyState.REMOVED] * 2
    assert await stage.withdraws("a") == 0


async def test_withdrawn_while_it_is_being_sent_is_removed_after(stage: Stage) -> None:
    """The send can't be called back; what it placed is taken away."""
    await stage.spreads("a", "torget")
    (task,) = (await stage.outbox._claim()).jobs
    outcome = await stage.outbox._try(task)
    await stage.withdraws("a")
    await stage.outbox._settle([outcome])
    await stage.outbox.drain()

    assert stage.seen_in("torget") == []


async def test_withdrawn_while_it_was_refused_is_not_sent(stage: Stage) -> None:
    """The second attempt finds nothing to show."""
    await stage.spreads("a", "torget")
    (task,) = (await stage.outbox._claim()).jobs
    stage.bridge.fail_next = TemporaryFailure("down")
    outcome = await stage.outbox._try(task)
    await stage.withdraws("a")
    await stage.outbox._settle([outcome])
    await stage.clock.sleep(60)
    await stage.outbox.drain()

    assert stage.bridge.shown == []
    assert await stage.waiting() == 0


async def test_news_answers_the_copy_of_each_reader(stage: Stage, database: Database) -> None:
    """Whoever was alerted learns that it is over, below what alerted them."""
    anna = await person(database, "1")
    await follows(database, anna, "albyberget")
    stage.says |= {"report": "brand", "news": "släckt"}
    await stage.spreads("report", "torget", "backen")
    await tell_followers(database, "report")
    await stage.outbox.drain()
    async with database.write() as uow:
        told = await uow.copies.follow_up(
            subject("news"), subject("report"), urgency=Urgency.YELLOW
        )
    await stage.outbox.drain()

    assert told == 3
    first, news = stage.bridge.shown[:3], stage.bridge.shown[3:]
    assert {shown.message.reply_to for shown in news} == {shown.ref for shown in first}


async def test_news_spares_the_one_who_made_them(stage: Stage, database: Database) -> None:
    """Whoever resolved it knows; who never got it is not bothered."""
    anna, bo = await person(database, "1"), await person(database, "2")
    await follows(database, anna, "albyberget")
    await follows(database, bo, "albyberget")
    await tell_followers(database, "report")
    stage.says |= {"report": "brand", "news": "släckt"}
    stage.bridge.fail_next = PermanentFailure("blocked the bot")
    await stage.outbox.drain()
    (got_it,) = [shown.to for shown in stage.bridge.shown]
    reader = anna if got_it == UserRef(TG, "1") else bo

    async with database.write() as uow:
        assert (
            await uow.copies.follow_up(
                subject("news"), subject("report"), urgency=Urgency.YELLOW, but=reader
            )
            == 0
        )


async def test_answer_to_a_copy_that_is_gone_stands_alone(
    stage: Stage, database: Database
) -> None:
    """A platform refuses answers to what is not there."""
    stage.says |= {"report": "brand", "news": "släckt"}
    await stage.spreads("report", "torget")
    await stage.outbox.drain()
    async with database.write() as uow:
        await uow.copies.follow_up(subject("news"), subject("report"), urgency=Urgency.TALK)
        await uow.copies.forget(subject("report"))
    await stage.outbox.drain()

    assert [shown.message.reply_to for shown in stage.bridge.shown] == [None, None]


async def test_copy_is_found_by_its_message(stage: Stage, database: Database) -> None:
    """A reply or a reaction leads to what the message shows."""
    await stage.spreads("a", "torget")
    await stage.outbox.drain()
    async with database.read() as uow:
        found = await uow.copies.by_message(stage.bridge.shown[0].ref)
        elsewhere = MessageRef(room("backen"), stage.bridge.shown[0].ref.message_id)

        assert found is not None
        assert found.subject == subject("a")
        assert await uow.copies.by_message(elsewhere) is None


async def test_first_message_in_private_tells_where_that_is(
    stage: Stage, database: Database
) -> None:
    """Somebody who never wrote to the bot can still get edits of what it wrote to them."""
    async with database.write() as uow:
        pia = (await uow.people.by_user(UserRef(TG, "pia"), stage.clock.now())).id
        stage.says["a"] = "a"
        await uow.copies.place(
            subject("a"), PersonRef(pia), urgency=Urgency.ANSWER, answers=None, after=NOW
        )
    await stage.outbox.drain()
    await stage.changes("a", "b")
    await stage.outbox.drain()

    (shown,) = stage.bridge.shown
    assert (shown.text, shown.edits) == ("b", 1)
    (copy,) = await stage.copies("a")
    assert copy.parts == (shown.ref,)


async def test_private_chat_is_where_somebody_was_written_to_last(
    stage: Stage, database: Database
) -> None:
    """Else the next news of a message would be looked for, or told, where others read by now."""
    user = UserRef(TG, "pia")
    stage.says["a"] = "a"
    async with database.write() as uow:
        pia = (await uow.people.by_user(user, stage.clock.now())).id
        await uow.people.remember_private_room(user, RoomRef(TG, "shared"))
        await uow.copies.place(
            subject("a"), PersonRef(pia), urgency=Urgency.ANSWER, answers=None, after=NOW
        )
    await stage.outbox.drain()

    (shown,) = stage.bridge.shown
    (copy,) = await stage.copies("a")
    assert copy.parts == (shown.ref,)


async def test_person_who_is_gone_is_not_written_to(stage: Stage, database: Database) -> None:
    """There is no place to put it."""
    async with database.write() as uow:
        await uow.copies.place(
            subject("a"),
            PersonRef(PersonId("nobody")),
            urgency=Urgency.ANSWER,
            answers=None,
            after=NOW,
        )

    assert await stage.waiting() == 0


async def test_answer_in_a_room_waits_for_its_time(stage: Stage, database: Database) -> None:
    """Said after a while, as an answer to a line."""
    stage.says["a"] = "a"
    line = MessageRef(room("torget"), "m3")
    async with database.write() as uow:
        await uow.copies.place(
            subject("a"),
            room("torget"),
            urgency=Urgency.ANSWER,
            answers=line,
            after=timedelta(minutes=1),
        )
    assert await stage.outbox.drain() == 0
    await stage.clock.sleep(60)
    await stage.outbox.drain()

    assert stage.bridge.shown[0].message.reply_to == line


async def test_forgetting_leaves_the_messages_where_they_stand(
    stage: Stage, database: Database
) -> None:
    """Nothing is sent any more, and nothing is known of it."""
    await stage.spreads("a", "torget")
    await stage.outbox.drain()
    await stage.changes("a", "b")
    async with database.write() as uow:
        await uow.copies.forget(subject("a"))
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["a"]
    assert await stage.copies("a") == []
    assert await stage.waiting() == 0
    async with database.read() as uow:
        assert await uow.copies.by_message(stage.bridge.shown[0].ref) is None


async def test_forgetting_a_person_forgets_their_copies_alone(
    stage: Stage, database: Database
) -> None:
    """The others keep theirs."""
    anna, bo = await person(database, "1"), await person(database, "2")
    for who in (anna, bo):
        await follows(database, who, "albyberget")
    await tell_followers(database, "a")
    async with database.write() as uow:
        assert await uow.copies.reached(subject("a"), anna)
        assert await uow.copies.forget_person(anna) == 1
        assert not await uow.copies.reached(subject("a"), anna)

    assert await readers(database, "a") == [bo]
    assert await stage.waiting() == 1


async def test_ended_copies_are_forgotten_once_nothing_waits_for_them(
    stage: Stage, database: Database
) -> None:
    """Those that stand somewhere are kept, for they may have to be removed one day."""
    await stage.spreads("shown", "torget")
    await stage.spreads("removed", "torget")
    await stage.outbox.drain()
    await stage.withdraws("removed")
    await stage.outbox.drain()
    await stage.spreads("failed", "torget")
    stage.bridge.fail_next = PermanentFailure("no such room")
    await stage.outbox.drain()
    await stage.clock.sleep(60)

    async with database.write() as uow:
        assert await uow.copies.forget_removed(stage.clock.now()) == 1
    assert len(await stage.copies("shown")) == 1
    assert len(await stage.copies("failed")) == 1


async def test_message_in_several_parts_is_removed_whole(
    stage: Stage, database: Database, clock: FakeClock
) -> None:
    """A platform may have cut it in two."""
    await stage.spreads("a", "torget")
    (task,) = (await stage.outbox._claim()).jobs
    parts = (MessageRef(room("torget"), "p1"), MessageRef(room("torget"), "p2"))
    outcome = await stage.outbox._try(task)
    object.__setattr__(outcome, "parts", parts)
    await stage.outbox._settle([outcome])
    async with database.read() as uow:
        for part in parts:
            found = await uow.copies.by_message(part)
            assert found is not None
            assert found.parts == parts
    await stage.withdraws("a")
    await stage.outbox.drain()

    assert stage.bridge.redacted == list(parts)


async def test_answer_is_given_only_in_the_room_of_the_line(stage: Stage) -> None:
    """Elsewhere there is nothing to answer to."""
    line = MessageRef(room("torget"), "m1")
    async with stage.database.write() as uow:
        await uow.copies.spread(
            subject("a"),
            [route("torget"), route("backen")],
            urgency=Urgency.TALK,
            on_doubt=OnDoubt.REPEAT_ONCE,
            answers=line,
        )
    copies = await stage.copies("a")

    assert {copy.to: copy.answers for copy in copies} == {
        room("torget"): line,
        room("backen"): None,
    }
