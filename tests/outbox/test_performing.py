"""One effect, tried once: what reaches the platform, and how the attempt is judged."""

from datetime import timedelta

import pytest

from bot.domain.copies import CopyState
from bot.domain.effects import MAX_ATTEMPTS, OnDoubt, Urgency
from bot.domain.messages import MessageRef
from bot.errors import PermanentFailure, PlatformAway, TemporaryFailure, UnknownOutcome
from tests.outbox.stage import Stage, room, route, subject


async def test_copy_is_sent_and_remembered(stage: Stage) -> None:
    """Edits, answers and erasure find the message again."""
    await stage.spreads("a", "torget")
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["a"]
    (copy,) = await stage.copies("a")
    assert copy.parts == (stage.bridge.shown[0].ref,)


async def test_change_edits_the_message_that_stands_there(stage: Stage) -> None:
    """A living card is one message, whatever happens to it."""
    await stage.spreads("a", "torget", "backen")
    await stage.outbox.drain()
    await stage.changes("a", "a, ändrad")
    await stage.outbox.drain()

    assert stage.seen_in("torget") == stage.seen_in("backen") == ["a, ändrad"]
    assert [shown.edits for shown in stage.bridge.shown] == [1, 1]


async def test_change_that_nobody_would_see_is_not_sent(stage: Stage) -> None:
    """Platforms count every call; what looks the same is left alone."""
    await stage.spreads("a", "torget")
    await stage.outbox.drain()
    await stage.changes("a", "a")
    await stage.outbox.drain()

    assert stage.bridge.shown[0].edits == 0
    assert await stage.waiting() == 0


async def test_bridge_is_told_what_is_urgent(stage: Stage) -> None:
    """Only the bridge knows what the platform allows within the next minute."""
    for name, urgency in (("red", Urgency.RED), ("talk", Urgency.TALK)):
        await stage.spreads(name, name, urgency=urgency)
    await stage.outbox.drain()
    assert {shown.text: shown.message.urgent for shown in stage.bridge.shown} == {
        "red": True,
        "talk": False,
    }

    await stage.changes("talk", "red now", urgency=Urgency.RED)
    await stage.outbox.drain()
    assert all(shown.message.urgent for shown in stage.bridge.shown)


async def test_withdrawn_copy_is_removed(stage: Stage) -> None:
    """What was erased here is taken away there."""
    await stage.spreads("a", "torget")
    await stage.outbox.drain()
    await stage.withdraws("a")
    await stage.outbox.drain()

    assert stage.seen_in("torget") == []


async def test_stone_takes_the_place_of_what_may_not_be_removed(stage: Stage) -> None:
    """The platform keeps the message for ever; then it holds nobody's words."""
    await stage.spreads("a", "torget")
    await stage.outbox.drain()
    await stage.withdraws("a")
    stage.bridge.fail_next = PermanentFailure("message can't be deleted")
    await stage.outbox.drain()

    (stone,) = await stage.copies("a")
    assert stage.seen_in("torget") == ["[raderat]"]
    assert (stone.state, len(stone.parts)) == (CopyState.STONE, 1)
    assert await stage.waiting() == await stage.dead() == 0


async def test_stone_is_no_longer_removed_or_changed_and_forgotten_in_the_end(
    stage: Stage,
) -> None:
    """Nothing of it is anybody's any more."""
    await stage.spreads("a", "torget")
    await stage.outbox.drain()
    await stage.withdraws("a")
    stage.bridge.fail_next = PermanentFailure("message can't be deleted")
    await stage.outbox.drain()
    again = await stage.withdraws("a")
    await stage.changes("a", "annat")
    await stage.outbox.drain()
    shown = stage.seen_in("torget")
    async with stage.database.write() as uow:
        forgotten = await uow.copies.forget_removed(stage.clock.now() + timedelta(seconds=1))

    assert (again, shown, forgotten) == (0, ["[raderat]"], 1)


async def test_line_of_somebody_else_is_redacted(stage: Stage) -> None:
    """A command is taken out of a room."""
    line = MessageRef(room("torget"), "m7")
    async with stage.database.write() as uow:
        await uow.copies.redact(line)
    await stage.outbox.drain()

    assert stage.bridge.redacted == [line]


async def test_withdrawn_before_it_was_sent_is_never_seen(stage: Stage) -> None:
    """Undone at once means that nobody saw it."""
    await stage.spreads("a", "torget")
    await stage.withdraws("a")
    await stage.outbox.drain()

    assert stage.bridge.shown == []
    assert await stage.waiting() == 0


async def test_subject_that_is_gone_is_not_shown(stage: Stage) -> None:
    """A card that waited until its report was erased shows nothing."""
    await stage.spreads("a", "torget")
    del stage.says["a"]
    await stage.outbox.drain()

    assert stage.bridge.shown == []
    assert await stage.waiting() == 0


async def test_refused_for_now_is_sent_later(stage: Stage) -> None:
    """It comes after a pause that grows, and nothing is lost."""
    await stage.spreads("a", "torget")
    stage.bridge.fail_next = TemporaryFailure("down")
    await stage.outbox.drain()
    assert stage.seen_in("torget") == []

    await stage.clock.sleep(1)
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["a"]


async def test_platform_says_how_long_to_wait(stage: Stage) -> None:
    """Asking again before that makes it worse."""
    await stage.spreads("a", "torget")
    stage.bridge.fail_next = TemporaryFailure("flood", retry_after_s=30)
    await stage.outbox.drain()

    await stage.clock.sleep(29)
    assert await stage.outbox.drain() == 0
    await stage.clock.sleep(1)
    assert await stage.outbox.drain() == 1
    assert stage.seen_in("torget") == ["a"]


async def test_refused_for_ever_is_given_up(stage: Stage) -> None:
    """An operator sees it; the lane goes on."""
    await stage.spreads("a", "torget")
    await stage.spreads("b", "torget")
    stage.bridge.fail_next = PermanentFailure("no such room")
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["b"]
    assert await stage.dead() == 1


async def test_refused_too_often_is_given_up(stage: Stage) -> None:
    """After about three hours somebody has to look."""
    await stage.spreads("a", "torget")
    for _ in range(MAX_ATTEMPTS):
        assert await stage.dead() == 0
        stage.bridge.fail_next = TemporaryFailure("down")
        await stage.outbox.drain()
        await stage.clock.sleep(400)

    assert await stage.dead() == 1
    assert await stage.outbox.drain() == 0


@pytest.mark.parametrize(
    "failure",
    [PlatformAway("not reached"), PlatformAway("not yet", retry_after_s=300.0)],
    ids=["unreachable", "busy"],
)
async def test_order_holds_over_a_night_without_the_platform(
    stage: Stage, failure: PlatformAway
) -> None:
    """What nothing could have passed is no fault of the line that stood first."""
    for line in "abc":
        await stage.spreads(line, "torget")
    for _ in range(200):
        stage.bridge.fail_for[room("torget")] = failure
        await stage.outbox.drain()
        await stage.clock.sleep(300)
    assert (await stage.dead(), await stage.waiting()) == (0, 3)

    stage.bridge.fail_for.clear()
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["a", "b", "c"]


async def test_platform_that_is_back_is_spoken_to_within_half_a_minute(stage: Stage) -> None:
    """The pause does not grow with a long outage, and a short one is soon over."""
    await stage.spreads("a", "torget")
    pauses = []
    for _ in range(60):
        before = stage.clock.now()
        stage.bridge.fail_next = PlatformAway("not reached")
        while await stage.outbox.drain() == 0:
            await stage.clock.sleep(0.5)
        pauses.append((stage.clock.now() - before).total_seconds())

    assert pauses[1] <= 1.5
    assert max(pauses) <= 20.5


@pytest.mark.parametrize(
    ("heard_ago_s", "dead"), [(None, 0), (600, 0), (1, 1)], ids=["never", "long ago", "just now"]
)
async def test_silence_counts_only_while_the_platform_is_heard(
    safe: Stage, heard_ago_s: int | None, dead: int
) -> None:
    """A platform that answers others and this never is refusing this; one that is away is not."""
    await safe.spreads("a", "torget")
    for _ in range(MAX_ATTEMPTS):
        if heard_ago_s is not None:
            safe.bridge.last_round_trip = safe.clock.now() - timedelta(seconds=heard_ago_s)
        safe.bridge.fail_next = UnknownOutcome("the connection broke")
        await safe.outbox.drain()
        await safe.clock.sleep(400)

    assert await safe.dead() == dead


@pytest.mark.parametrize(
    ("on_doubt", "sends"),
    [(OnDoubt.REPEAT, 4), (OnDoubt.REPEAT_ONCE, 2), (OnDoubt.GIVE_UP, 1)],
)
async def test_unknown_outcome_is_repeated_as_its_kind_allows(
    unsafe: Stage, on_doubt: OnDoubt, sends: int
) -> None:
    """A report told twice does less harm than one not told; a newsletter does not."""
    await unsafe.spreads("a", "torget", on_doubt=on_doubt)
    for _ in range(4):
        unsafe.bridge.fail_after_next = UnknownOutcome("connection lost")
        await unsafe.outbox.drain()
        await unsafe.clock.sleep(60)

    assert len(unsafe.bridge.shown) == sends
    assert await unsafe.dead() == (0 if on_doubt is OnDoubt.REPEAT else 1)


async def test_unknown_outcome_is_repeated_freely_where_that_is_safe(safe: Stage) -> None:
    """The platform recognises the key."""
    await safe.spreads("a", "torget", on_doubt=OnDoubt.GIVE_UP)
    for _ in range(4):
        safe.bridge.fail_after_next = UnknownOutcome("connection lost")
        await safe.outbox.drain()
        await safe.clock.sleep(60)
    await safe.outbox.drain()

    assert safe.seen_in("torget") == ["a"]
    assert await safe.waiting() == 0


async def test_edit_in_doubt_is_simply_repeated(unsafe: Stage) -> None:
    """An edit twice is an edit."""
    await unsafe.spreads("a", "torget", on_doubt=OnDoubt.GIVE_UP)
    await unsafe.outbox.drain()
    await unsafe.changes("a", "b")
    for _ in range(3):
        unsafe.bridge.fail_after_next = UnknownOutcome("connection lost")
        await unsafe.outbox.drain()
        await unsafe.clock.sleep(60)
    await unsafe.outbox.drain()

    assert unsafe.seen_in("torget") == ["b"]
    assert await unsafe.waiting() == await unsafe.dead() == 0


async def test_red_that_may_come_twice_says_so(unsafe: Stage) -> None:
    """Nobody takes the second for another fire."""
    await unsafe.spreads("a", "torget", urgency=Urgency.RED)
    unsafe.bridge.fail_after_next = UnknownOutcome("connection lost")
    await unsafe.outbox.drain()
    await unsafe.clock.sleep(60)
    await unsafe.outbox.drain()

    first, second = unsafe.seen_in("torget")
    assert first == "a"
    assert second.startswith("a\n")
    assert "dubblett" in second


@pytest.mark.parametrize("urgency", [Urgency.YELLOW, Urgency.TALK])
async def test_only_red_is_marked(unsafe: Stage, urgency: Urgency) -> None:
    """For the rest a doubled line explains itself."""
    await unsafe.spreads("a", "torget", urgency=urgency)
    unsafe.bridge.fail_after_next = UnknownOutcome("connection lost")
    await unsafe.outbox.drain()
    await unsafe.clock.sleep(60)
    await unsafe.outbox.drain()

    assert unsafe.seen_in("torget") == ["a", "a"]


async def test_red_is_not_marked_where_it_cannot_come_twice(safe: Stage) -> None:
    """The key keeps it single."""
    await safe.spreads("a", "torget", urgency=Urgency.RED)
    safe.bridge.fail_after_next = UnknownOutcome("connection lost")
    await safe.outbox.drain()
    await safe.clock.sleep(60)
    await safe.outbox.drain()

    assert safe.seen_in("torget") == ["a"]


async def test_erased_while_its_send_was_in_doubt_is_removed(safe: Stage) -> None:
    """The message may stand there: the same key finds it, a stone shows that it is gone."""
    await safe.spreads("a", "torget")
    safe.bridge.fail_after_next = UnknownOutcome("connection lost")
    await safe.outbox.drain()
    assert safe.seen_in("torget") == ["a"]

    await safe.withdraws("a")
    await safe.clock.sleep(60)
    await safe.outbox.drain()

    assert safe.seen_in("torget") == []
    assert await safe.waiting() == 0


async def test_erased_while_its_send_had_not_arrived_leaves_nobody_s_words(safe: Stage) -> None:
    """If it never arrived, what stands there for a moment is a stone, and then nothing."""
    await safe.spreads("a", "torget")
    safe.bridge.fail_next = UnknownOutcome("connection lost")
    await safe.outbox.drain()
    await safe.withdraws("a")
    await safe.clock.sleep(60)
    await safe.outbox.drain()

    assert safe.seen_in("torget") == []
    assert [shown.text for shown in safe.bridge.shown] != ["a"]


async def test_repeat_of_a_send_in_doubt_shows_what_is_true_now(safe: Stage) -> None:
    """The first attempt stands there with old words: a fire that is out would go on burning."""
    await safe.spreads("a", "torget")
    safe.bridge.fail_after_next = UnknownOutcome("connection lost")
    await safe.outbox.drain()
    await safe.changes("a", "släckt")
    await safe.clock.sleep(60)
    await safe.outbox.drain()

    assert safe.seen_in("torget") == ["släckt"]


async def test_erased_after_a_doubtful_send_was_given_up_is_removed(safe: Stage) -> None:
    """The bot was put out of the room for a while; what it may have left there still goes."""
    await safe.spreads("a", "torget")
    safe.bridge.fail_after_next = UnknownOutcome("connection lost")
    await safe.outbox.drain()
    await safe.clock.sleep(60)
    safe.bridge.fail_next = PermanentFailure("not a member")
    await safe.outbox.drain()
    assert await safe.dead() == 1
    await safe.withdraws("a")
    await safe.outbox.drain()

    assert safe.seen_in("torget") == []
    assert await safe.dead() == await safe.waiting() == 0


async def test_erased_after_a_crash_in_the_middle_of_its_send_is_removed(safe: Stage) -> None:
    """The process died after the platform had it and before we knew."""
    await safe.spreads("a", "torget")
    (effect,) = await safe.claims()
    await safe.begins(effect)
    await safe.performer.perform(await safe.written(effect))
    await safe.withdraws("a")
    await safe.crashes()
    await safe.outbox.drain()

    assert safe.seen_in("torget") == []
    assert await safe.waiting() == 0


async def test_doubtful_send_of_something_gone_is_not_repeated(unsafe: Stage) -> None:
    """Where the first can't be found, a second would be one more to remove."""
    await unsafe.spreads("a", "torget")
    unsafe.bridge.fail_next = UnknownOutcome("connection lost")
    await unsafe.outbox.drain()
    await unsafe.withdraws("a")
    await unsafe.clock.sleep(60)
    await unsafe.outbox.drain()

    assert unsafe.bridge.shown == []
    assert await unsafe.waiting() == 0


async def test_doubtful_send_to_nobody_is_let_go(safe: Stage) -> None:
    """Whoever should read it is gone, and so is what it said."""
    await safe.spreads("a", "torget")
    await _turn_private_without_reader(safe, "a", doubts=1)
    del safe.says["a"]
    await safe.outbox.drain()

    assert safe.bridge.shown == []
    assert await safe.waiting() == 0


async def test_reader_who_is_gone_gets_nothing(stage: Stage) -> None:
    """It is given up, for it can never arrive."""
    await stage.spreads("a", "torget")
    await _turn_private_without_reader(stage, "a", doubts=0)
    await stage.outbox.drain()

    assert stage.bridge.shown == []
    assert await stage.dead() == 1


async def test_bug_in_one_effect_does_not_stop_the_others(stage: Stage) -> None:
    """A card that can't be written ends as a dead letter; the next room gets its own."""
    await stage.spreads("broken", "torget")
    await stage.spreads("whole", "backen")
    bug = RuntimeError("a bug")
    stage.bridge.fail_next = bug
    await stage.outbox.drain()

    assert len(stage.bridge.shown) == 1
    assert await stage.waiting() == 1
    await stage.clock.sleep(60)
    await stage.outbox.drain()
    assert stage.seen_in("torget") == ["broken"]
    assert stage.seen_in("backen") == ["whole"]


async def test_bug_in_a_send_is_not_repeated_for_ever(unsafe: Stage) -> None:
    """Nobody knows whether it was sent before it broke."""
    await unsafe.spreads("a", "torget")
    for _ in range(4):
        unsafe.bridge.fail_after_next = RuntimeError("a bug")
        await unsafe.outbox.drain()
        await unsafe.clock.sleep(60)

    assert unsafe.seen_in("torget") == ["a", "a"]
    assert await unsafe.dead() == 1


async def test_redaction_of_nothing_is_done(stage: Stage) -> None:
    """A row without a target has nothing left to do."""
    async with stage.database.write() as uow:
        await uow.copies.redact(MessageRef(room("torget"), "m7"))
        await uow.outbox._session.connection.exec_driver_sql(
            "UPDATE effects SET target_room = NULL"
        )
    await stage.outbox.drain()

    assert stage.bridge.redacted == []
    assert await stage.waiting() == 0


async def test_effect_about_no_copy_is_a_bug_that_blocks_nothing(stage: Stage) -> None:
    """A row that makes no sense is put aside like any other failure."""
    await stage.spreads("a", "torget")
    async with stage.database.write() as uow:
        await uow.outbox._session.connection.exec_driver_sql("DELETE FROM copies")
    await stage.spreads("b", "torget")
    for _ in range(MAX_ATTEMPTS + 1):
        await stage.outbox.drain()
        await stage.clock.sleep(400)

    assert stage.seen_in("torget") == ["b"]
    assert await stage.dead() == 1


async def test_answer_goes_to_the_line_it_answers(stage: Stage) -> None:
    """Only in the room where that line stands."""
    line = MessageRef(room("torget"), "m1")
    stage.says["a"] = "a"
    async with stage.database.write() as uow:
        await uow.copies.spread(
            subject("a"),
            [route("torget"), route("backen")],
            urgency=Urgency.TALK,
            on_doubt=OnDoubt.REPEAT_ONCE,
            answers=line,
        )
    await stage.outbox.drain()

    assert {shown.to: shown.message.reply_to for shown in stage.bridge.shown} == {
        room("torget"): line,
        room("backen"): None,
    }


async def test_pause_grows_but_not_for_ever(stage: Stage) -> None:
    """Five minutes at most, so that people are not kept waiting once it works again."""
    await stage.spreads("a", "torget")
    for _ in range(20):
        stage.bridge.fail_next = TemporaryFailure("down")
        await stage.outbox.drain()
        await stage.clock.sleep(timedelta(minutes=5).total_seconds())
    await stage.outbox.drain()

    assert stage.seen_in("torget") == ["a"]


async def _turn_private_without_reader(stage: Stage, name: str, *, doubts: int) -> None:
    """Make a copy one whose reader was forgotten."""
    async with stage.database.write() as uow:
        connection = uow.outbox._session.connection
        await connection.exec_driver_sql(
            "UPDATE copies SET room = NULL, identity = 'nobody' WHERE subject_id = ?", (name,)
        )
        await connection.exec_driver_sql("UPDATE effects SET doubts = ?", (doubts,))
