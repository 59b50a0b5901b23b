"""Staying away from a homeserver that has had enough."""

import pytest

from bot.bridges.matrix.errors import Refusal
from bot.bridges.matrix.limits import Bucket, Limits
from bot.errors import PlatformAway
from tests.town import FakeClock

TOO_MUCH = Refusal(429, "M_LIMIT_EXCEEDED", retry_after_s=4.5)


async def _refused(limits: Limits, bucket: Bucket) -> None:
    with pytest.raises(Refusal):
        async with limits.asking(bucket):
            raise TOO_MUCH


async def test_pause_holds_for_its_own_kind_and_as_long_as_was_said() -> None:
    """Rooms that can't be made now keep no message from going."""
    clock = FakeClock()
    limits = Limits(clock=clock)
    await _refused(limits, Bucket.ROOMS)
    async with limits.asking(Bucket.MESSAGES):
        pass
    with pytest.raises(PlatformAway) as failure:
        async with limits.asking(Bucket.ROOMS):
            raise AssertionError
    await clock.sleep(5)
    async with limits.asking(Bucket.ROOMS):
        pass

    assert failure.value.retry_after_s == pytest.approx(4.5)


async def test_comforts_are_left_undone_for_a_while_after_a_refusal() -> None:
    """Emoji under a card cost as much as a red card."""
    clock = FakeClock()
    limits = Limits(clock=clock)
    before = limits.is_scarce(Bucket.MESSAGES)
    await _refused(limits, Bucket.MESSAGES)
    await clock.sleep(60)
    after = limits.is_scarce(Bucket.MESSAGES)
    await clock.sleep(3600)

    assert (before, after, limits.is_scarce(Bucket.MESSAGES)) == (False, True, False)
