"""When a homeserver counts as out of order, and when one may try again."""

import pytest

from bot.bridges.matrix.errors import Refusal
from bot.bridges.matrix.outage import TRIED_EVERY, Outage
from bot.errors import PlatformAway
from tests.town import FakeClock

BAD_GATEWAY = Refusal(502, "")


async def test_homeserver_that_is_not_heard_is_tried_all_the_same() -> None:
    """From time to time, however often listening fails meanwhile: sending may go on alone."""
    clock = FakeClock()
    outage = Outage(clock=clock)
    heard_at = clock.now()
    for _ in range(int(TRIED_EVERY.total_seconds()) // 10):
        await clock.sleep(10)
        outage.note_unheard(BAD_GATEWAY)
    with pytest.raises(PlatformAway):
        outage.require_over(heard_at)
    await clock.sleep(10)
    outage.note_unheard(BAD_GATEWAY)

    outage.require_over(heard_at)


def test_homeserver_that_refuses_what_is_asked_is_in_order() -> None:
    """It is the question that is wrong."""
    outage = Outage(clock=FakeClock())
    outage.note_unheard(Refusal(403, "M_FORBIDDEN"))

    outage.require_over(None)
