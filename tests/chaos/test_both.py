"""Rooms on both platforms under kill -9, and a homeserver that goes away in the middle."""

import asyncio
import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import pytest

from tests.chaos.ledger import replay_dead_letters
from tests.chaos.quarter import Place, Quarter, Shown, new_name, open_quarter
from tests.servers.matrix.synapse import Synapse

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("CHAOS_KILLS", "6"))
"""How often; `make chaos` asks for 200."""
LINES = int(os.environ.get("CHAOS_LINES", "90"))
"""So many are written, in all rooms together; `make chaos` asks for 2,000."""
OUTAGE_S = float(os.environ.get("CHAOS_OUTAGE_S", "3"))
"""`make chaos` asks for a minute."""
GROUPS = 3
SOONEST_S, LATEST_S = 0.02, 1.6
IN_ITS_BEGINNING = 6
"""Every so many-th kill does not wait until the bot is up."""
PACES_S = (0.02, 0.3, 3.0)
"""A spell of talk is a flood, a conversation, or a quiet evening."""
SPELL = 8
RED_EVERY = 8


@pytest.fixture
async def quarter(
    synapse: Synapse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Quarter]:
    """Three groups. Each line is looked for, so none may stand among others in one message."""
    async with open_quarter(
        synapse, tmp_path, monkeypatch, groups=GROUPS, burst_after=500
    ) as opened:
        yield opened


async def test_nothing_is_lost_between_platforms_whatever_is_killed(
    quarter: Quarter, record_property: Callable[[str, object], None]
) -> None:
    """Once on Matrix; on Telegram twice only what was in doubt, and red says so."""
    await quarter.begin()
    quarter.ledger.note_doubts()
    async with asyncio.TaskGroup() as tasks:
        for number, place in enumerate(quarter.places):
            tasks.create_task(_talk(place, random.Random(number)))
        tasks.create_task(_go_away(quarter))
        tasks.create_task(_kill_again_and_again(quarter))
    await _last_words(quarter)
    await quarter.rests()
    doubted = await _missing(quarter)
    unexplained = await _unexplained(quarter)
    await replay_dead_letters(quarter.mortal)
    await quarter.rests()

    record_property("kills", quarter.mortal.kills)
    record_property("lines", _written(quarter))
    record_property("given up", len(doubted))
    assert quarter.mortal.ended == []
    assert quarter.mortal.kills >= KILLS
    assert unexplained == set()
    assert await _missing(quarter) == set()
    for said, read in quarter.ways:
        shown = [one.name for one in await read.shown() if one.name not in doubted]
        assert list(dict.fromkeys(_talk_of(shown, said))) == _talk_of(said.written, said, doubted)
    for on_matrix, on_telegram in quarter.pairs:
        assert _twice(await on_matrix.shown()) == []
        doubts = quarter.ledger.sends_in_doubt(on_telegram.ref)
        cards = await on_telegram.shown()
        record_property("in doubt", sum(doubts.values()))
        record_property("twice on Telegram", len(_twice(cards)))
        assert _without_a_doubt(cards, doubts) == []
        assert _unmarked(cards) == []


async def _talk(place: Place, chance: random.Random) -> None:
    """Write at a pace that changes; every few lines one is a red report."""
    pace_s = PACES_S[0]
    for number in range(LINES // (2 * GROUPS)):
        if number % SPELL == 0:
            pace_s = chance.choice(PACES_S)
        kind = "larm" if chance.randrange(RED_EVERY) == 0 else "rad"
        await place.write(new_name(kind, number))
        await asyncio.sleep(chance.expovariate(1 / pace_s))


async def _go_away(quarter: Quarter) -> None:
    """Let the homeserver be gone for a while when half has been said."""
    while _written(quarter) < LINES / 2:  # noqa: ASYNC110 - nobody tells
        await asyncio.sleep(0.05)
    async with quarter.synapse.down():
        await asyncio.sleep(OUTAGE_S)


async def _kill_again_and_again(quarter: Quarter) -> None:
    """Kill the bot at work, and now and then while it still begins."""
    chance = random.Random(7)
    while quarter.mortal.kills < KILLS:
        if chance.randrange(IN_ITS_BEGINNING):
            await quarter.mortal.comes_up()
        await asyncio.sleep(chance.uniform(SOONEST_S, LATEST_S))
        await quarter.mortal.dies()
        await quarter.mortal.starts()


def _written(quarter: Quarter) -> int:
    return sum(len(place.written) for place in quarter.places)


async def _last_words(quarter: Quarter) -> None:
    """Let one more line be said in each room, and wait for it: before it comes all else."""
    for said, _ in quarter.ways:
        await said.write(new_name("rad", LINES))
    for said, read in quarter.ways:
        await quarter.carries(said, read)


async def _missing(quarter: Quarter) -> set[str]:
    """What somebody has written and nobody in the other room can read."""
    missing: set[str] = set()
    for said, read in quarter.ways:
        missing |= await _missing_in(read, said=said)
    return missing


async def _unexplained(quarter: Quarter) -> set[str]:
    """What is missing though no send was in doubt; on Matrix none ever is for long."""
    unexplained: set[str] = set()
    for on_matrix, on_telegram in quarter.pairs:
        unexplained |= await _missing_in(on_matrix, said=on_telegram)
        missing = await _missing_in(on_telegram, said=on_matrix)
        if len(missing) > quarter.ledger.given_up_in_doubt(on_telegram.ref):
            unexplained |= missing
    return unexplained


async def _missing_in(read: Place, *, said: Place) -> set[str]:
    return set(said.written) - {shown.name for shown in await read.shown()}


def _talk_of(
    names: Sequence[str], said: Place, but: set[str] | frozenset[str] = frozenset()
) -> list[str]:
    """The lines of a room: red reports overtake, in both rooms."""
    lines = set(said.written) - but
    return [name for name in names if name in lines and name.startswith("rad")]


def _twice(shown: Sequence[Shown]) -> list[str]:
    return [name for name, times in Counter(one.name for one in shown).items() if times > 1]


def _without_a_doubt(shown: Sequence[Shown], doubts: Counter[str]) -> list[str]:
    """What stands in a room more often than its send was in doubt, and once for no reason."""
    messages: dict[str, list[str]] = {}
    for one in shown:
        messages.setdefault(one.name, []).append(one.message_id)
    return [
        name
        for name, ids in messages.items()
        if len(ids) - 1 > max(doubts[message_id] for message_id in ids)
    ]


def _unmarked(shown: Sequence[Shown]) -> list[str]:
    """The red cards that came again and did not say that they may have."""
    found, seen = [], set()
    for one in shown:
        if one.name in seen and one.name.startswith("larm") and "dubblett" not in one.said:
            found.append(one.name)
        seen.add(one.name)
    return found
