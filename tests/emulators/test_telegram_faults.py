"""What goes wrong on demand goes wrong exactly so."""

import aiohttp
import pytest

from tests.emulators.asking import Answered
from tests.emulators.telegram.faults import (
    repeat_update,
    send_malformed_update,
    send_unknown_update,
)


async def test_servers_error_strikes_as_often_as_it_should(ask, town, anna, group):
    """And nothing is done meanwhile."""
    town.faults.fail(times=2, code=502, methods=["sendMessage"])
    for _ in range(2):
        with pytest.raises(Answered, match="502 Bad Gateway"):
            await ask("sendMessage", chat_id=group.id, text="hej")
    await ask("getMe")
    await ask("sendMessage", chat_id=group.id, text="hej")

    assert len(anna.reads(group)) == 1


@pytest.mark.parametrize(("cut", "shown"), [("cut_before", 0), ("cut_after", 1)])
async def test_connection_breaks_before_or_after_the_effect(ask, town, anna, group, cut, shown):
    """The bot can't tell which."""
    getattr(town.faults, cut)(times=1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await ask("sendMessage", chat_id=group.id, text="hej")

    assert len(anna.reads(group)) == shown


async def test_fault_can_wait_for_a_later_call(ask, town, group):
    """So that a test can break the third message."""
    town.faults.fail(skip=2)
    await ask("sendMessage", chat_id=group.id, text="ett")
    await ask("sendMessage", chat_id=group.id, text="två")

    with pytest.raises(Answered, match="502"):
        await ask("sendMessage", chat_id=group.id, text="tre")


async def test_flood_can_be_told_whatever_was_sent(ask, town, anna, group):
    """For any method, with the seconds to wait."""
    town.faults.flood(7, methods=["editMessageText"])
    sent = await ask.record("sendMessage", chat_id=group.id, text="ett")
    edit = {"chat_id": group.id, "message_id": sent["message_id"], "text": "två"}
    with pytest.raises(Answered) as refusal:
        await ask("editMessageText", **edit)
    await ask("editMessageText", **edit)

    assert refusal.value.parameters == {"retry_after": 7}
    assert [m.text for m in anna.reads(group)] == ["två"]


async def test_answer_may_be_no_json(ask, town):
    """As it is when something in front of the service fails."""
    town.faults.fail(html=True, code=504)

    with pytest.raises(aiohttp.ContentTypeError):
        await ask("getMe")


async def test_updates_may_come_twice_or_make_no_sense(ask, anna, granne):
    """Under the same id, under a new one, or of a kind that nobody knows."""
    anna.writes(granne, "hej")
    repeat_update(granne)
    repeat_update(granne, with_new_id=True)
    send_unknown_update(granne)
    send_malformed_update(granne)
    ids = [update["update_id"] for update in await ask.updates()]

    assert ids[0] == ids[1]
    assert len(set(ids)) == 4


async def test_outage_refuses_connections_and_forgets_nothing(emulator, ask, anna, granne):
    """What was written meanwhile comes afterwards, at the same address."""
    await emulator.stop()
    anna.writes(granne, "under avbrottet")
    with pytest.raises(aiohttp.ClientConnectionError):
        await ask.texts()
    await emulator.start()

    assert await ask.texts() == ["under avbrottet"]


async def test_ids_may_start_again_anywhere(ask, anna, granne):
    """As after a quiet week."""
    anna.writes(granne, "ett")
    (first,) = await ask.updates()
    granne.queue.restart_ids(at=7)
    anna.writes(granne, "två")

    (second,) = await ask.updates(offset=first["update_id"] + 1)
    assert second["update_id"] == 7
    assert await ask.updates(offset=8) == []
