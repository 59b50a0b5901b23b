"""Two rooms on Telegram under kill -9, outages, lost answers and floods."""

import asyncio
import random
import re
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.chaos.hurry import Hurry
from tests.chaos.killing import KILLS
from tests.chaos.ledger import PATIENCE_S, Ledger, ledger_of, replay_dead_letters
from tests.chaos.mortal import Mortal
from tests.e2e.conftest import write_config
from tests.emulators.telegram import Emulator, Town
from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.person import Person

pytestmark = pytest.mark.slow

SOONEST_S, LATEST_S = 0.2, 2.4
_NAME = re.compile(r"(?:rad|larm) \d+ [0-9a-f]{8}")


@dataclass(kw_only=True)
class Alby:
    """Two rooms of one group, those who write in them, and what they have written.

    Attributes:
        written: The names of lines and reports by the room they were written in.
    """

    emulator: Emulator
    bot: Bot
    here: Chat
    there: Chat
    anna: Person
    bo: Person
    mortal: Mortal
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    written: dict[int, list[str]] = field(default_factory=dict)

    @property
    def rooms(self) -> Sequence[tuple[Person, Chat, Chat]]:
        """Who writes, where, and where it shall be read."""
        return (self.anna, self.here, self.there), (self.bo, self.there, self.here)

    async def agree(self) -> None:
        """Let both say yes, so that nothing waits for it."""
        for person in (self.anna, self.bo):
            person.starts(self.bot)
            asked = await person.sees(self.bot, "Är det okej?", timeout_s=PATIENCE_S)
            person.presses(asked, "Ja, det är okej")
            await person.sees(self.bot, "Då är vi igång", timeout_s=PATIENCE_S)

    async def talk(self) -> None:
        """Write lines and red reports at random times until cancelled."""
        number = 0
        while True:
            number += 1
            person, room, _ = self.chance.choice(self.rooms)
            kind = "larm" if self.chance.random() < 0.15 else "rad"
            name = f"{kind} {number} {secrets.token_hex(4)}"
            person.writes(room, f"/rod {name}" if kind == "larm" else name)
            self.written.setdefault(room.id, []).append(name)
            await asyncio.sleep(self.chance.uniform(0.02, 0.5))

    async def trouble(self) -> None:
        """Let things go wrong at random times until cancelled."""
        faults = self.emulator.town.faults
        while True:
            await asyncio.sleep(self.chance.uniform(0.1, 1.5))
            match self.chance.randrange(6):
                case 0:
                    await self._outage()
                case 1:
                    faults.fail(times=2, code=self.chance.choice((500, 502, 503)))
                case 2:
                    faults.fail(html=True)
                case 3:
                    faults.flood(3)
                case 4:
                    faults.cut_before()
                case _:
                    faults.cut_after(methods=["sendMessage"])

    async def _outage(self) -> None:
        await self.emulator.stop()
        await asyncio.sleep(self.chance.uniform(0.05, 0.6))
        await self.emulator.start()

    async def kill_again_and_again(self) -> None:
        """Kill the bot at random moments, and let an error hide a message between them."""
        while self.mortal.kills < KILLS:
            code = self.chance.choice((500, 502, 503))
            self.emulator.town.faults.fail(code=code, methods=["sendMessage"], is_done=True)
            await asyncio.sleep(self.chance.uniform(SOONEST_S, LATEST_S))
            await self.mortal.dies()
            await self.mortal.starts()

    def work(self) -> int:
        """Count what the bot has still to do."""
        return self.ledger.work() + len(self.bot.queue.waiting)

    @property
    def ledger(self) -> Ledger:
        """What the bot has kept."""
        return ledger_of(self.mortal)

    def found(self, person: Person, room: Chat) -> list[tuple[str, Message]]:
        """What the bot has shown in a room, by name, oldest first."""
        shown = [message for message in person.reads(room) if message.author.is_bot]
        named = ((_NAME.search(message.text), message) for message in shown)
        return [(match[0], message) for match, message in named if match]


@pytest.fixture
async def alby(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Alby]:
    """Both rooms, with the bot administering them, and Telegram's limits."""
    clock = Hurry()
    async with Emulator(Town(clock)) as emulator:
        town = emulator.town
        town.limits.is_on = True
        bot, anna, bo = town.bot(), town.person("Anna"), town.person("Bo")
        here = town.supergroup("Alby torg", anna, bot)
        there = town.supergroup("Alby backe", bo, bot)
        anna.manages(here).promotes(bot)
        bo.manages(there).promotes(bot)
        variables = {
            "GRANNBRO_TELEGRAM__TOKEN": bot.token,
            "GRANNBRO_TELEGRAM__API_BASE": emulator.url,
            "GRANNBRO_DATA_DIR": str(tmp_path / "var"),
            # Each line is looked for, so none may stand among others in one message.
            "GRANNBRO_RELAY__BURST_AFTER_LINES": "500",
            "GRANNBRO_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/var/grannbro.db",
        }
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        config = write_config(tmp_path, here.id, there.id)
        mortal = Mortal(config=config, variables=variables, clock=clock)
        yield Alby(
            emulator=emulator, bot=bot, here=here, there=there, anna=anna, bo=bo, mortal=mortal
        )
        await mortal.dies()


async def test_nothing_is_lost_and_order_is_kept_whatever_is_killed(alby: Alby) -> None:
    """What Telegram has taken arrives; twice only what was in doubt, and red says so."""
    await alby.mortal.starts()
    await alby.agree()
    alby.ledger.note_doubts()
    async with asyncio.TaskGroup() as tasks:
        beside = [tasks.create_task(alby.talk()), tasks.create_task(alby.trouble())]
        await alby.kill_again_and_again()
        for task in beside:
            task.cancel()
    if alby.bot.queue.is_closed:
        await alby.emulator.start()
    alby.emulator.town.faults.clear()
    await _until(lambda: alby.work() == 0)
    doubted = _missing(alby)
    await replay_dead_letters(alby.mortal)
    await _until(lambda: alby.work() == 0)

    assert alby.mortal.ended == []
    assert alby.mortal.kills >= KILLS
    assert _missing(alby) == set()
    for person, room, other in alby.rooms:
        reader = alby.bo if person is alby.anna else alby.anna
        found = alby.found(reader, other)
        lines = [name for name, _ in found if name.startswith("rad") and name not in doubted]
        wanted = [n for n in alby.written[room.id] if n.startswith("rad") and n not in doubted]
        assert list(dict.fromkeys(lines)) == wanted
    assert alby.ledger.has_doubts, "there was nothing to look at"
    assert _doubles_without_a_doubt(alby) == []
    assert _unmarked_red_doubles(alby) == []


def _missing(alby: Alby) -> set[str]:
    """What somebody has written and nobody in the other room can read."""
    missing: set[str] = set()
    for person, room, other in alby.rooms:
        reader = alby.bo if person is alby.anna else alby.anna
        missing |= set(alby.written[room.id]) - {name for name, _ in alby.found(reader, other)}
    return missing


def _doubles_without_a_doubt(alby: Alby) -> list[str]:
    """What stands in a room more often than its send was in doubt, and once for no reason."""
    unexplained = []
    for person, room in ((alby.anna, alby.here), (alby.bo, alby.there)):
        doubts = alby.ledger.sends_in_doubt(f"telegram:{room.id}")
        shown: dict[str, list[str]] = {}
        for name, message in alby.found(person, room):
            shown.setdefault(name, []).append(str(message.message_id))
        for name, numbers in shown.items():
            if len(numbers) - 1 > max(doubts[number] for number in numbers):
                unexplained.append(name)
    return unexplained


def _unmarked_red_doubles(alby: Alby) -> list[str]:
    """The red cards that came again and did not say that they may have."""
    unmarked = []
    for room in (alby.found(alby.anna, alby.here), alby.found(alby.bo, alby.there)):
        seen = set()
        for name, message in room:
            if name in seen and "dubblett" not in str([*message.history, message.content]):
                unmarked.append(name)
            if name.startswith("larm"):
                seen.add(name)
    return unmarked


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not holds():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.1)
