"""The order in which effects are claimed, and what a crash leaves of it."""

from datetime import timedelta

import pytest

from bot.domain.effects import EffectState, OnDoubt, Urgency
from bot.domain.messages import Platform
from bot.errors import TemporaryFailure, UnknownOutcome
from tests.outbox.stage import Stage
from tests.town import FakeClock


def names(effects: object) -> list[str]:
    """What effects are about."""
    return [effect.copy.subject.id for effect in effects]  # type: ignore[attr-defined]


async def test_lane_is_first_in_first_out(stage: Stage) -> None:
    """What is written first in a room is read first, however calm it is."""
    await stage.spreads("green", "torget", urgency=Urgency.GREEN)
    await stage.spreads("yellow", "torget", urgency=Urgency.YELLOW)
    await stage.spreads("answer", "torget", urgency=Urgency.ANSWER)
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["green", "yellow", "answer"]


async def test_red_overtakes_in_its_lane(stage: Stage) -> None:
    """Fire waits for no small talk."""
    for number in range(3):
        await stage.spreads(f"talk {number}", "torget")
    await stage.spreads("red", "torget", urgency=Urgency.RED)
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["red", "talk 0", "talk 1", "talk 2"]


async def test_urgent_lanes_go_first(stage: Stage) -> None:
    """A lane is as urgent as the most urgent in it, and goes on with its oldest."""
    await stage.spreads("calm", "a", urgency=Urgency.GREEN)
    await stage.spreads("old", "b", urgency=Urgency.LATER)
    await stage.spreads("answer", "b", urgency=Urgency.ANSWER)
    await stage.spreads("talk", "c", urgency=Urgency.TALK)

    assert names(await stage.claims()) == ["old", "talk", "calm"]
    assert names(await stage.claims(limit=2)) == ["old", "talk"]


async def test_one_of_each_lane(stage: Stage) -> None:
    """Two of one room at once could arrive in any order."""
    for number in range(3):
        await stage.spreads(f"line {number}", "torget", "backen")

    claimed = await stage.claims()

    assert sorted(effect.lane for effect in claimed) == [
        "room:telegram:backen",
        "room:telegram:torget",
    ]
    assert names(await stage.claims(busy=["room:telegram:torget"])) == ["line 0"]
    assert await stage.claims(busy=[effect.lane for effect in claimed]) == []


async def test_full_lane_does_not_hide_the_others(stage: Stage) -> None:
    """A thousand waiting in one busy room are looked past."""
    for number in range(30):
        await stage.spreads(f"line {number}", "busy", urgency=Urgency.YELLOW)
    await stage.spreads("other", "calm", urgency=Urgency.GREEN)

    assert names(await stage.claims(limit=2)) == ["line 0", "other"]
    assert names(await stage.claims(limit=2, busy=["room:telegram:busy"])) == ["other"]


async def test_oldest_first_ignores_urgency(stage: Stage) -> None:
    """So that the patient are not forgotten."""
    await stage.spreads("calm", "a", urgency=Urgency.LATER)
    await stage.spreads("urgent", "b", urgency=Urgency.ANSWER)
    async with stage.database.read() as uow:
        claimed = await uow.outbox.claim(
            Platform.TELEGRAM, stage.clock.now(), limit=1, busy=(), oldest_first=True
        )

    assert names(claimed) == ["calm"]


async def test_refused_head_rests_its_lane_and_no_other(stage: Stage) -> None:
    """What comes after it in the room waits, so that the order is kept."""
    await stage.spreads("first", "torget")
    await stage.spreads("second", "torget")
    await stage.spreads("other", "backen")
    stage.bridge.fail_next = TemporaryFailure("flood", retry_after_s=30)
    await stage.outbox.drain()
    assert (stage.seen_in("torget"), stage.seen_in("backen")) == ([], ["other"])

    await stage.clock.sleep(30)
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["first", "second"]


async def test_red_does_not_rest_with_its_lane(stage: Stage) -> None:
    """It may try where the calm ones were refused."""
    await stage.spreads("first", "torget")
    stage.bridge.fail_next = TemporaryFailure("flood", retry_after_s=30)
    await stage.outbox.drain()
    await stage.spreads("red", "torget", urgency=Urgency.RED)
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["red"]


async def test_patient_change_does_not_rest_its_lane(stage: Stage) -> None:
    """Counts that settle for a moment hold nobody up."""
    await stage.spreads("card", "torget")
    await stage.outbox.drain()
    await stage.changes("card", "card, 1", after=timedelta(seconds=30))
    await stage.spreads("line", "torget")
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["card", "line"]


async def test_other_platform_s_effects_are_left_alone(stage: Stage) -> None:
    """Each outbox looks after its own."""
    await stage.spreads("a", "torget")
    async with stage.database.read() as uow:
        now = stage.clock.now()

        assert await uow.outbox.claim(Platform.MATRIX, now, limit=8, busy=()) == []
        assert await uow.outbox.next_due(Platform.MATRIX) is None


async def test_next_due_is_what_comes_not_what_has_come(stage: Stage, clock: FakeClock) -> None:
    """What is due and not claimed waits for its lane; looking at it in a loop helps nobody."""
    await stage.spreads("a", "torget")
    async with stage.database.read() as uow:
        assert await uow.outbox.next_due(Platform.TELEGRAM) is None
    stage.bridge.fail_next = TemporaryFailure("flood", retry_after_s=30)
    await stage.outbox.drain()
    await stage.spreads("b", "torget")
    async with stage.database.read() as uow:
        due = await uow.outbox.next_due(Platform.TELEGRAM)

        assert due == clock.now() + timedelta(seconds=30)


async def test_crash_before_the_send_loses_nothing(stage: Stage) -> None:
    """What was begun is begun again, in its place."""
    for number in range(3):
        await stage.spreads(f"line {number}", "torget")
    await stage.outbox._claim()
    await stage.crashes()
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["line 0", "line 1", "line 2"]


async def test_crash_after_the_send_doubles_nothing(stage: Stage) -> None:
    """The key finds the message that stands there."""
    await stage.spreads("a", "torget")
    (task,) = (await stage.outbox._claim()).jobs
    await stage.outbox._try(task)
    await stage.crashes()
    await stage.outbox.drain()

    assert len(stage.bridge.shown) == 1
    assert (await stage.copies("a"))[0].parts == (stage.bridge.shown[0].ref,)


async def test_change_during_a_send_that_crashed_keeps_its_place(stage: Stage) -> None:
    """The message comes where it belongs, in its newest version, and still only once."""
    await stage.spreads("first", "torget")
    await stage.outbox._claim()
    await stage.spreads("second", "torget")
    await stage.changes("first", "first, changed", urgency=Urgency.LATER)
    await stage.crashes()
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["first, changed", "second"]
    assert await stage.waiting() == 0


async def test_change_during_a_send_that_was_refused_keeps_its_place(stage: Stage) -> None:
    """The same when the platform refused it."""
    await stage.spreads("first", "torget")
    (task,) = (await stage.outbox._claim()).jobs
    stage.bridge.fail_next = TemporaryFailure("down")
    outcome = await stage.outbox._try(task)
    await stage.spreads("second", "torget")
    await stage.changes("first", "first, changed")
    await stage.outbox._settle([outcome])
    await stage.clock.sleep(60)
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["first, changed", "second"]


@pytest.mark.parametrize("urgency", [Urgency.LATER, Urgency.RED])
async def test_red_change_makes_the_refused_send_red(stage: Stage, urgency: Urgency) -> None:
    """A report that became red while its first showing was refused."""
    await stage.spreads("first", "torget", urgency=Urgency.YELLOW)
    (task,) = (await stage.outbox._claim()).jobs
    stage.bridge.fail_next = TemporaryFailure("down")
    outcome = await stage.outbox._try(task)
    await stage.changes("first", "first, changed", urgency=urgency)
    await stage.outbox._settle([outcome])
    await stage.clock.sleep(60)
    (again,) = await stage.claims()

    assert again.urgency is max(urgency, Urgency.YELLOW)


async def test_change_does_not_make_a_doubtful_send_repeat_freely(
    stage: Stage, clock: FakeClock
) -> None:
    """What to do in doubt is a matter of what is sent, not of what came after."""
    unsafe = Stage(stage.database, clock, repeats_safely=False)
    await unsafe.spreads("letter", "torget", on_doubt=OnDoubt.GIVE_UP)
    (task,) = (await unsafe.outbox._claim()).jobs
    unsafe.bridge.fail_after_next = UnknownOutcome("connection lost")
    outcome = await unsafe.outbox._try(task)
    await unsafe.changes("letter", "letter, corrected")
    await unsafe.outbox._settle([outcome])
    await clock.sleep(60)
    await unsafe.outbox.drain()

    assert unsafe.seen_in("torget") == ["letter"]
    assert await unsafe.dead() == 1


async def test_recovering_leaves_another_platform_s_work_alone(stage: Stage) -> None:
    """Its worker may be in the middle of it."""
    await stage.spreads("a", "torget")
    await stage.outbox._claim()
    async with stage.database.write() as uow:
        assert await uow.outbox.recover(Platform.MATRIX) == 0
    async with stage.database.read() as uow:
        rows = await uow.outbox._session.connection.exec_driver_sql("SELECT state FROM effects")
        assert rows.scalars().all() == [EffectState.STARTED.value]


async def test_crash_before_a_removal_removes(stage: Stage) -> None:
    """Nothing that was to go stays."""
    await stage.spreads("a", "torget")
    await stage.outbox.drain()
    await stage.withdraws("a")
    await stage.outbox._claim()
    await stage.crashes()
    await stage.outbox.drain()

    assert stage.seen_in("torget") == []


async def test_depth_counts_what_waits_and_since_when(stage: Stage, clock: FakeClock) -> None:
    """For metrics."""
    began = clock.now()
    await stage.spreads("a", "torget", "backen")
    await clock.sleep(30)
    await stage.spreads("b", "torget")
    async with stage.database.read() as uow:
        depth = await uow.outbox.depth(Platform.TELEGRAM)
        empty = await uow.outbox.depth(Platform.MATRIX)

    assert (depth.waiting, depth.given_up, depth.oldest) == (3, 0, began)
    assert (empty.waiting, empty.oldest) == (0, None)
