"""When a homeserver counts as out of order, and when one may try again."""

from contextlib import suppress

import pytest

from bot.bridges.matrix.errors import Refusal
from bot.bridges.matrix.outage import FIRST_PAUSE, LONGEST_PAUSE, Outage
from bot.errors import PlatformAway
from tests.town import FakeClock

BAD_GATEWAY = Refusal(502, "")


async def test_homeserver_that_is_not_heard_is_tried_all_the_same() -> None:
    """However often listening fails meanwhile: sending may go on alone."""
    clock = FakeClock()
    outage = Outage(clock=clock)
    heard_at = clock.now()
    await clock.sleep(1)
    outage.note_unheard(BAD_GATEWAY)
    with pytest.raises(PlatformAway):
        outage.require_over(heard_at)
    await clock.sleep(1)
    outage.note_unheard(BAD_GATEWAY)
    await clock.sleep(1)

    outage.require_over(heard_at)


async def test_one_tries_for_all_and_less_and_less_often() -> None:
    """Ten minutes of it are a dozen tries, however much waits."""
    clock = FakeClock()
    outage, tries = Outage(clock=clock), 0
    outage.note(BAD_GATEWAY)
    for _ in range(600):
        await clock.sleep(1)
        with suppress(PlatformAway):
            outage.require_over(None)
            tries += 1
            with pytest.raises(PlatformAway):
                outage.require_over(None)
            outage.note(BAD_GATEWAY)

    assert 10 <= tries <= 15


async def test_what_gets_through_lets_all_others_follow() -> None:
    """Nobody waits for the homeserver to be heard, too; and the next outage begins anew."""
    clock = FakeClock()
    outage = Outage(clock=clock)
    for _ in range(5):
        outage.note(BAD_GATEWAY)
        await clock.sleep(LONGEST_PAUSE.total_seconds())
        outage.require_over(None)
    outage.over()
    outage.require_over(None)
    outage.note(BAD_GATEWAY)
    await clock.sleep(FIRST_PAUSE.total_seconds())

    outage.require_over(None)


def test_homeserver_that_refuses_what_is_asked_is_in_order() -> None:
    """It is the question that is wrong."""
    outage = Outage(clock=FakeClock())
    outage.note_unheard(Refusal(403, "M_FORBIDDEN"))

    outage.require_over(None)
