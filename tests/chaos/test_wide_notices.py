"""A notice to many groups and people under the platforms' limits, with a crash in the middle."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.bridges.memory import Shown
from bot.errors import PermanentFailure, Why
from tests.crowd import Crowd, LimitedBridge, crowd_in, wants_a_digest
from tests.long_forms import LONG
from tests.town import MX, POLICE, TG

WATER = "Vattnet stängs av kl 13"
GROUPS = 50
BLOCKED, IN_THE_EVENING = (1, 7, 13), tuple(range(20, 40))


async def sends(crowd: Crowd) -> None:
    """Let the police press Send under a preview that has counted all; nothing is out yet."""
    await crowd.town.agrees(POLICE)
    await crowd.town.passes(seconds=2)
    await crowd.town.writes(POLICE, None, f"/notice albyberget: {WATER}")
    await crowd.town.passes(seconds=2)
    assert f"Det går till {len(crowd.rooms)} rum" in crowd.town.last(POLICE)
    assert f"till {len(crowd.people)} som bevakar" in crowd.town.last(POLICE).replace("\xa0", "")
    with crowd.town.platforms_down():
        await crowd.town.taps(POLICE, "Skicka")


def between_changes(crowd: Crowd, shown: Shown) -> list[timedelta]:
    """How long it was between the changes of a message."""
    bridge = crowd.town.matrix
    assert isinstance(bridge, LimitedBridge)
    at = bridge.edited[shown.ref]
    return [later - earlier for earlier, later in pairwise(at)]


@pytest.mark.parametrize(
    "people", [300, pytest.param(20_000, marks=[pytest.mark.slow, LONG])], ids=str
)
async def test_wide_notice_reaches_everybody_once(folder: Path, people: int) -> None:
    """Counted to the unit all the way; neither a limit nor a crash loses or doubles anything."""
    crowd, groups = await crowd_in(folder, groups=GROUPS, people=people)
    town, banned = crowd.town, crowd.rooms[3]
    await wants_a_digest(crowd, IN_THE_EVENING)
    for number in BLOCKED:
        user = crowd.people[number]
        refusal = PermanentFailure("blocked", why=Why.BLOCKED)
        town.bridge(user.platform).fail_for[user] = refusal
    town.bridge(banned.platform).fail_for[banned] = PermanentFailure("you are banned here")
    await sends(crowd)
    counted: list[int] = []

    async def ticked() -> None:
        """Compare what the author is told with what stands on the platforms."""
        held = crowd.holding(WATER)
        told = await crowd.progress()
        if counted and told["people"] == counted[-1]:
            return  # the last change is late: this one waits for the next round
        assert told["rooms"] == sum(room in held for room in crowd.rooms)
        assert told["people"] == sum(user in held for user in crowd.people)
        assert (told["all_rooms"], told["all_people"]) == (GROUPS, people)
        counted.append(int(str(told["people"])))

    await crowd.delivers(batches=2, ticked=ticked)
    await crowd.dies(folder, groups)
    await crowd.delivers(ticked=ticked)

    held = crowd.holding(WATER)
    spared = {crowd.people[number] for number in (*BLOCKED, *IN_THE_EVENING)}
    assert set(held) == {*crowd.people, *crowd.rooms} - spared - {banned}
    assert Counter(held.values()) == {1: people + GROUPS - len(spared) - 1}
    assert counted == sorted(counted)
    assert counted[-1] == people - len(spared)
    progress = next(s for s in town.told(POLICE) if s.text.startswith("N-1 är ute"))
    assert progress.text.replace("\xa0", "") == (
        f"N-1 är ute: {GROUPS - 1} av {GROUPS} rum, "
        f"{people - len(spared)} av {people} personer.\n"
        f"{len(IN_THE_EVENING)} får det senare: tyst tid, paus eller sammanfattning.\n"
        f"{len(BLOCKED)} nåddes inte: de har stängt av boten, lämnat eller slutat bevaka.\n"
        "1 rum nåddes inte:\n"
        "• Grupp 3 (Matrix): you are banned here"
    )
    await _recall_reaches_every_copy(crowd, set(held))
    # The first change is the crash's: what had perhaps been sent is brought up to date.
    between = between_changes(crowd, progress)[1:]
    assert len(between) >= 2
    assert min(between) >= timedelta(seconds=3)
    _limits_were_kept(crowd)
    await town.app.close()


async def _recall_reaches_every_copy(crowd: Crowd, got_it: set[object]) -> None:
    with crowd.town.platforms_down():
        await crowd.town.writes(POLICE, None, "/recall N-1")
    await crowd.delivers()
    await crowd.town.passes(hours=12)
    await crowd.delivers()

    assert crowd.holding(WATER) == {}
    recalled = crowd.holding("Återkallat")
    assert set(recalled) == got_it
    assert set(recalled.values()) == {1}
    assert crowd.holding("N-1") == recalled
    assert "N-1 är återkallat" in "\n".join(crowd.town.texts(POLICE))


def _limits_were_kept(crowd: Crowd) -> None:
    for bridge, a_second in ((crowd.town.telegram, 30), (crowd.town.matrix, 50)):
        assert isinstance(bridge, LimitedBridge)
        assert bridge.platform in {TG, MX}
        assert bridge.most_in(timedelta(seconds=1), lambda _room: True) <= a_second
        for room in crowd.rooms:
            assert bridge.most_in(timedelta(minutes=1), room.__eq__) <= 20
