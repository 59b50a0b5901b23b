"""That the account vouches for the bot's device, for as long as that takes."""

from pathlib import Path

import pytest
import structlog

from tests.bridges.matrix.key_world import KeyServer, sealing_bot
from tests.town import FakeClock


@pytest.mark.parametrize(
    "end", ["keys/query", "keys/upload", "device_signing/upload", "signatures/upload"]
)
async def test_device_is_signed_once_a_passing_trouble_is_over(end: str, tmp_path: Path) -> None:
    """It would stay unsigned until a restart, and some apps would share no keys with it."""
    server, clock = KeyServer(troubles=[(end, 502), (end, 502)]), FakeClock()
    async with sealing_bot(server, tmp_path, clock) as bot:
        with structlog.testing.capture_logs() as lines:
            await bot.begin()
            first = bot.vouching.is_undone
            await bot.vouching.try_again()
            second = bot.vouching.is_undone
            await bot.vouching.try_again()

    assert (first, second, bot.vouching.is_undone) == (True, True, False)
    assert [line["event"] for line in lines] == [
        "matrix.device_not_signed",
        "matrix.device_signed",
    ]


async def test_what_the_operator_has_to_mend_is_not_tried_again(tmp_path: Path) -> None:
    """The log says what to do."""
    server = KeyServer(troubles=[("device_signing/upload", 401)])
    async with sealing_bot(server, tmp_path, FakeClock()) as bot:
        await bot.begin()

        assert not bot.vouching.is_undone
