"""How long an event waits for what opens it; there are no keys at all here."""

from types import SimpleNamespace
from typing import cast

import pytest

from bot.bridges.matrix.api import Api, Object
from bot.bridges.matrix.opening import KEY_COMES_WITHIN_S, Opening
from bot.bridges.matrix.unread import Unread
from bot.errors import NotYetReadable
from tests.bridges.matrix.events import ROOM, event
from tests.town import FakeClock


def _opening(clock: FakeClock) -> Opening:
    keys = SimpleNamespace(inbound_group_store=SimpleNamespace(_entries={}))
    api = cast("Api", SimpleNamespace(client=SimpleNamespace(olm=keys)))
    return Opening(api=api, clock=clock, unread=Unread(clock=clock))


def _sealed(number: int) -> Object:
    return event("m.room.encrypted", {"session_id": f"s{number}"}, event_id=f"${number}")


async def test_lines_behind_each_other_wait_at_the_same_time() -> None:
    """Ten that nothing opens must not hold a red one behind them ten times as long."""
    clock = FakeClock()
    opening = _opening(clock)
    for number in range(10):
        opening.expect(ROOM, _sealed(number))
    with pytest.raises(NotYetReadable):
        opening.open(ROOM, _sealed(0))
    await clock.sleep(KEY_COMES_WITHIN_S)

    assert [opening.open(ROOM, _sealed(number)) for number in range(10)] == [None] * 10


async def test_lines_from_before_the_start_wait_from_then_on_together() -> None:
    """Their keys may be among the first that the homeserver hands out."""
    clock = FakeClock()
    opening = _opening(clock)
    with pytest.raises(NotYetReadable):
        opening.open(ROOM, _sealed(0))
    await clock.sleep(KEY_COMES_WITHIN_S)

    assert [opening.open(ROOM, _sealed(number)) for number in range(10)] == [None] * 10
