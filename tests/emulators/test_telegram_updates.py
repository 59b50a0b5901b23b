"""Getting updates by asking, as the Bot API describes it."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emulators.asking import Answered
from tests.emulators.telegram.clock import ManualClock
from tests.emulators.telegram.updates import UpdateQueue


async def test_updates_come_again_until_they_are_confirmed(ask, anna, granne):
    """The next offset confirms; nothing else does."""
    anna.writes(granne, "ett")
    anna.writes(granne, "två")
    first, second = await ask.updates()

    assert second["update_id"] == first["update_id"] + 1
    assert await ask.texts() == ["ett", "två"]
    assert await ask.texts(offset=second["update_id"]) == ["två"]
    assert await ask.texts() == ["två"]
    assert await ask.texts(offset=second["update_id"] + 1) == []


async def test_negative_offset_forgets_all_but_the_last(ask, anna, granne):
    """It counts from the end of the queue."""
    for word in ("ett", "två", "tre"):
        anna.writes(granne, word)

    assert await ask.texts(offset=-2) == ["två", "tre"]
    assert await ask.texts() == ["två", "tre"]


async def test_limit_takes_the_oldest(ask, anna, granne):
    """Between one and a hundred."""
    anna.writes(granne, "ett")
    anna.writes(granne, "två")

    assert await ask.texts(limit=1) == ["ett"]
    with pytest.raises(Answered, match="limit"):
        await ask.updates(limit=101)


async def test_updates_are_kept_for_a_day(ask, anna, granne, clock):
    """A bot that is away longer loses them."""
    anna.writes(granne, "gammalt")
    clock.advance(24 * 3600 + 1)
    anna.writes(granne, "nytt")

    assert await ask.texts() == ["nytt"]


async def test_long_poll_ends_with_the_first_news(ask, anna, granne):
    """Nobody waits for the end of the timeout."""
    async with asyncio.TaskGroup() as tasks:
        polling = tasks.create_task(ask.texts(timeout=50))
        await granne.queue.changed(5)
        anna.writes(granne, "hej")

    assert polling.result() == ["hej"]


async def test_newer_poll_ends_the_older_one(ask, anna, granne):
    """Two programs with one token see it at once."""
    async with asyncio.TaskGroup() as tasks:
        older = tasks.create_task(_refused(ask.updates(timeout=50)))
        await granne.queue.changed(5)
        newer = tasks.create_task(ask.texts(timeout=50))
        said = await older
        anna.writes(granne, "hej")

    assert said == (
        "409 Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    assert newer.result() == ["hej"]


async def test_some_kinds_come_only_when_they_are_named(ask, anna, bo, granne, group):
    """Reactions and other people's memberships; and what was named is remembered."""
    anna.manages(group).promotes(granne)
    said = bo.writes(group, "hej")
    bo.reacts(said, "👍")
    usual = [kind for update in await ask.updates() for kind in update if kind != "update_id"]

    last = (await ask.updates(allowed_updates=["message_reaction", "chat_member"]))[-1]
    await ask.updates(offset=int(str(last["update_id"])) + 1)
    bo.reacts(said)
    bo.leaves(group)
    bo.writes(granne, "hej")
    named = [kind for update in await ask.updates() for kind in update if kind != "update_id"]

    assert usual == ["my_chat_member", "message"]
    assert named == ["message_reaction", "chat_member"]


async def test_asking_for_nothing_special_means_the_usual_kinds(ask, anna, granne):
    """An empty list resets; null changes nothing."""
    await ask.updates(allowed_updates=["poll"])
    await ask.updates(allowed_updates=None)
    anna.writes(granne, "ohört")
    await ask.updates(allowed_updates=[])
    anna.writes(granne, "hört")

    assert await ask.texts() == ["hört"]


async def test_polling_is_refused_while_a_webhook_is_set(ask):
    """Both at once would lose updates."""
    await ask("setWebhook", url="http://127.0.0.1:1/hook")

    with pytest.raises(Answered, match="409 Conflict: can't use getUpdates method while webhook"):
        await ask.updates()
    await ask("deleteWebhook")
    assert await ask.updates() == []


@given(st.lists(st.one_of(st.just("news"), st.integers(-3, 12), st.just("restart")), max_size=30))
def test_nothing_unconfirmed_is_ever_lost(steps):
    """Whatever a bot asks for, it gets a tail of what came, in order and once each."""
    queue = UpdateQueue(ManualClock(), next_id=0)
    put: list[int] = []
    for step in steps:
        if step == "news":
            put.append(queue.next_id)
            queue.put("message", {})
        elif step == "restart":
            queue.restart_ids(at=queue.next_id + 10**7)
        else:
            queue.confirm(step)
            put = put[step:] if step < 0 else [n for n in put if n >= step or step - n > 10**5]

        assert [w.update_id for w in queue.waiting] == put


async def _refused(call):
    with pytest.raises(Answered) as refusal:
        await call
    return str(refusal.value)
