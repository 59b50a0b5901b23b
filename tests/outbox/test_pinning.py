"""Copies that hang at the top of their rooms."""

from bot.domain.copies import Pin
from bot.domain.effects import Urgency, Verb
from bot.errors import PermanentFailure, UnknownOutcome
from tests.outbox.stage import Stage


async def test_copy_is_hung_up_after_it_was_sent(stage: Stage) -> None:
    """What is not there can't hang; the two are effects of their own."""
    await _spreads_hung(stage)
    (first,) = await stage.claims()
    await stage.outbox.drain()

    assert first.verb is Verb.SHOW
    assert stage.bridge.pinned == [stage.bridge.shown[0].ref]
    assert await stage.waiting() == 0


async def test_red_copy_is_not_overtaken_by_its_own_pin(stage: Stage) -> None:
    """The send was refused for now: it comes first all the same."""
    stage.bridge.fail_next = UnknownOutcome("connection lost")
    await _spreads_hung(stage)
    await stage.outbox.drain()
    assert stage.bridge.pins == []
    await stage.clock.sleep(60)
    await stage.outbox.drain()

    assert stage.bridge.pinned == [stage.bridge.shown[-1].ref]


async def test_room_of_no_group_has_nothing_at_its_top(stage: Stage) -> None:
    """A desk, or a room that has left."""
    stage.hung.add("a")
    await stage.spreads("a", "desk", urgency=Urgency.RED)
    await stage.outbox.drain()

    assert stage.bridge.pins == []


async def test_crash_after_a_pin_repeats_it_and_a_later_one_does_not(stage: Stage) -> None:
    """Nothing of a pin is noted before; once it is noted it stands."""
    await _spreads_hung(stage)
    await stage.outbox._settle([await _tries_next(stage)])
    await _tries_next(stage)
    await stage.crashes()
    await stage.outbox.drain()
    assert stage.bridge.pins == ["pin", "pin"]
    await stage.crashes()
    await stage.changes("a", "a, ändrad")
    await stage.outbox.drain()

    assert stage.bridge.pins == ["pin", "pin"]
    assert len(stage.bridge.pinned) == 1


async def test_what_is_removed_is_taken_down_first(stage: Stage) -> None:
    """Where the platform lets nothing be removed a stone takes the place, but not at the top."""
    await _spreads_hung(stage)
    await stage.outbox.drain()
    await stage.withdraws("a")
    await stage.outbox.drain()

    assert stage.bridge.pins == ["pin", "unpin"]
    assert [copy.pin for copy in await stage.copies("a")] == [Pin.LOOSE]


async def test_copy_is_removed_though_it_may_not_be_taken_down(stage: Stage) -> None:
    """Somebody has asked for its removal; the pin is a comfort."""
    await _spreads_hung(stage)
    await stage.outbox.drain()
    stage.bridge.fail_pins = PermanentFailure("not enough rights")
    await stage.withdraws("a")
    await stage.outbox.drain()

    assert stage.seen_in("torget") == []
    assert await stage.dead() == 0


async def test_doubtful_pin_is_taken_down_if_the_copy_wants_none_by_then(stage: Stage) -> None:
    """Noted is that it hangs nowhere, but the platform may have hung it up."""
    await _is_hung_in_doubt(stage)
    stage.hung.clear()
    await stage.changes("a", "a, över")
    await stage.clock.sleep(60)
    await stage.outbox.drain()

    assert stage.bridge.pins == ["pin", "unpin"]
    assert stage.bridge.pinned == []


async def test_pin_of_a_killed_process_is_taken_down_if_the_copy_wants_none(stage: Stage) -> None:
    """That it began is noted before: afterwards nobody else could know."""
    await _spreads_hung(stage)
    await stage.outbox._settle([await _tries_next(stage)])
    await _tries_next(stage)
    stage.hung.clear()
    await stage.changes("a", "a, över")
    await stage.crashes()
    await stage.outbox.drain()

    assert stage.bridge.pins == ["pin", "unpin"]
    assert stage.bridge.pinned == []


async def test_doubtful_pin_does_not_leave_a_stone_at_the_top(stage: Stage) -> None:
    """What is erased before the pin is tried again is taken down before it is removed."""
    await _is_hung_in_doubt(stage)
    await stage.withdraws("a")
    await stage.clock.sleep(60)
    await stage.outbox.drain()

    assert stage.bridge.pins == ["pin", "unpin"]
    assert stage.seen_in("torget") == []


async def _is_hung_in_doubt(stage: Stage) -> None:
    """The card is sent and hung up, and the platform's answer to the latter is lost."""
    await _spreads_hung(stage)
    await stage.outbox._settle([await _tries_next(stage)])
    stage.bridge.fail_after_next = UnknownOutcome("connection lost")
    await stage.outbox._settle([await _tries_next(stage)])


async def _spreads_hung(stage: Stage) -> None:
    stage.hung.add("a")
    await stage.gathers("torget")
    await stage.spreads("a", "torget", urgency=Urgency.RED)


async def _tries_next(stage: Stage):
    (task,) = (await stage.outbox._claim()).jobs
    return await stage.outbox._try(task)
