"""How far ahead is claimed."""

import pytest

from bot.outbox.reach import AHEAD_S, AT_MOST, Reach


@pytest.mark.parametrize(
    ("typical_s", "ahead"),
    [(0.0, AT_MOST), (AHEAD_S / 4, 32), (AHEAD_S, 8), (10 * AHEAD_S, 1), (60.0, 1)],
)
def test_slow_platform_is_served_one_by_one(typical_s: float, ahead: int) -> None:
    """What is claimed can't be overtaken: a red card waits no longer than the hands are busy."""
    assert Reach(8, typical_s=typical_s).ahead == ahead
