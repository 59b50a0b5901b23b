"""What was said on Matrix while the bot was down: all of it comes, in order, and floods nobody."""

import asyncio
import os
import re
import time
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import pytest

from tests.chaos.ledger import PATIENCE_S
from tests.chaos.quarter import NAME, OnMatrix, OnTelegram, Quarter, new_name, open_quarter
from tests.emulators.telegram.messages import Message
from tests.long_forms import LONG
from tests.servers.matrix.synapse import Synapse

LINES = int(os.environ.get("CHAOS_BACKLOG", "240"))
"""So many are said meanwhile, in all rooms together; `make chaos` asks for 10,000."""
pytestmark = [pytest.mark.slow, LONG]

SPEAKERS = 4
REDS = 2
"""In each room."""
MAYBE_TWICE = "(Kan vara en dubblett."
BURST_AFTER = 5
LINES_A_MESSAGE = 2
"""A reader of the other room sees so many times fewer messages at least."""
ALL = "Visa alla"
_HOW_MANY = re.compile(r"(\d+) meddelanden")


@pytest.fixture(params=[1, 3], ids=["one room", "several rooms"])
async def quarter(
    request: pytest.FixtureRequest,
    synapse: Synapse,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Quarter]:
    """Groups in which a few lines may wait one by one.

    Time is as it is: how many gather follows from how fast the bot reads beside what it may send.
    """
    async with open_quarter(
        synapse,
        tmp_path,
        monkeypatch,
        groups=int(request.param),
        burst_after=BURST_AFTER,
        pace=1.0,
    ) as opened:
        yield opened


async def test_backlog_comes_in_order_and_gathers(
    quarter: Quarter, record_property: Callable[[str, object], None]
) -> None:
    """Further back than one answer reaches; red reports stand by themselves."""
    await quarter.begin()
    await quarter.mortal.dies()
    began_s = time.monotonic()
    await _fill(quarter)
    record_property("seconds to say it", round(time.monotonic() - began_s))
    began_s = time.monotonic()
    await quarter.mortal.starts()
    async with asyncio.timeout(PATIENCE_S * 3):
        for here, there in quarter.pairs:
            await _comes(here, there)
        await quarter.rests()
    record_property("seconds to catch up", round(time.monotonic() - began_s))

    assert quarter.mortal.ended == []
    for here, there in quarter.pairs:
        messages = _carried(there)
        record_property("messages for them", len(messages))
        said = await _said(here)
        assert await _read(messages, quarter) == [n for n in said if n.startswith("rad")]
        assert len(messages) < len(said) / LINES_A_MESSAGE
        assert sorted(_cards(messages)) == sorted(n for n in said if n.startswith("larm"))
    assert sum(quarter.emulator.town.limits.refused.values()) == 0


async def _fill(quarter: Quarter) -> None:
    """Let people talk in all rooms at once."""
    each = LINES // (len(quarter.pairs) * SPEAKERS)
    async with asyncio.TaskGroup() as tasks:
        for here, _ in quarter.pairs:
            for speaker in range(SPEAKERS):
                tasks.create_task(_speak(here, each, reds=REDS if speaker == 0 else 0))


async def _speak(here: OnMatrix, number: int, *, reds: int) -> None:
    alarms = {number * red // reds for red in range(reds)}
    for line in range(number):
        await here.write(new_name("larm" if line in alarms else "rad", line))


async def _comes(here: OnMatrix, there: OnTelegram) -> None:
    """Wait until the last line that was said has come, or stands among others."""
    last = (await _said(here))[-1]
    while not any(last in message.text for message in _carried(there)):  # noqa: ASYNC110
        await asyncio.sleep(0.2)


async def _said(here: OnMatrix) -> Sequence[str]:
    """What people have written, in the order in which the homeserver has it."""
    seen = await here.anna.reads(here.room)
    texts = [one.text for one in seen if one.sender == here.anna.id]
    return [match[0] for text in texts if (match := NAME.search(text))]


def _carried(there: OnTelegram) -> list[Message]:
    return [message for message in there.bo.reads(there.chat) if message.author.is_bot]


async def _read(messages: Sequence[Message], quarter: Quarter) -> list[str]:
    """Read it all as Bo does: what has gathered he lets himself be shown in private."""
    names: list[str] = []
    for message in messages:
        if ALL in message.buttons:
            names += await _show_all(message, quarter)
        else:
            names += [name for name in NAME.findall(message.text) if name.startswith("rad")]
    return names


async def _show_all(burst: Message, quarter: Quarter) -> list[str]:
    head = _HOW_MANY.search(burst.text)
    assert head is not None
    before = len(_in_private(quarter))
    quarter.bo.presses(burst, ALL)
    await quarter.emulator.town.until(
        lambda: len(_in_private(quarter)) >= before + int(head[1]), timeout_s=PATIENCE_S
    )
    return _in_private(quarter)[before:]


def _in_private(quarter: Quarter) -> list[str]:
    shown = [message.text for message in quarter.bo.reads(quarter.bot) if message.author.is_bot]
    return [name for text in shown for name in NAME.findall(text)]


def _cards(messages: Sequence[Message]) -> list[str]:
    """Name the red ones; one whose sending was in doubt may stand twice, if it says so."""
    plain = [name for m in messages if MAYBE_TWICE not in m.text for name in _reds(m)]
    perhaps = [name for m in messages if MAYBE_TWICE in m.text for name in _reds(m)]
    return [*plain, *(name for name in perhaps if name not in plain)]


def _reds(message: Message) -> list[str]:
    return [name for name in NAME.findall(message.text) if name.startswith("larm")]
