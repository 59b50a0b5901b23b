"""What an operator reads when something is wrong with the homeserver or the account."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.chaos.hurry import PACE, Hurry
from tests.e2e.across import make_program, write_groups
from tests.e2e.conftest import Program
from tests.e2e.hurried import BEGAN_AT, beginning
from tests.emulators.telegram import Emulator, Town
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.person import Person as Telegrammer
from tests.long_forms import LONG
from tests.servers.matrix.front import Front
from tests.servers.matrix.people import Account, People
from tests.servers.matrix.person import Person

pytestmark = pytest.mark.slow
SOME_ROUNDS_S = 3.0
"""Half a minute in time that runs fast: enough for a line that would come with each try."""
TEN_MINUTES_S = 600 / PACE
MOST_REQUESTS = 60
"""In ten minutes of a homeserver that is out of order."""


@dataclass
class Alby:
    """A group with a room on each platform, and a proxy before the homeserver."""

    people: People
    front: Front
    account: Account
    anna: Person
    room: str
    bo: Telegrammer
    chat: Chat
    program: Program

    async def relays(self, text: str) -> None:
        """See that what is written in one room is read in the other."""
        self.bo.writes(self.chat, f"{text} till er")
        await self.sees(f"{text} till er")
        await self.anna.writes(self.room, f"{text} till oss")
        await self.bo.sees(self.chat, f"{text} till oss", timeout_s=60)

    async def sees(self, text: str) -> None:
        """Wait until Anna reads some words."""
        await self.anna.sees(self.room, lambda seen: text in seen.text, within_s=60)

    def troubles(self) -> Sequence[str]:
        """What stands in the log that somebody should look at."""
        return [line for line in self.program.said if "[error" in line or "[warning" in line]


@pytest.fixture
async def alby(tmp_path: Path, people: People) -> AsyncIterator[Alby]:
    """Everything but the start of the program, whose time runs fast."""
    clock = Hurry()
    async with Emulator(Town(clock)) as emulator, Front(people.synapse.url) as front:
        bot, bo = emulator.town.bot(), emulator.town.person("Bo")
        bot.queue.pace = PACE
        chat = emulator.town.supergroup("Alby torg", bo, bot)
        bo.manages(chat).promotes(bot)
        account = await people.account("granne", is_limited=False)
        anna = await people.arrives("Anna")
        room = await anna.opens("Alby backe", invites=[account.id])
        program = make_program(tmp_path, emulator, bot, people.synapse, account)
        program.module = "tests.e2e.hurried"
        program.variables |= {
            BEGAN_AT: beginning(clock),
            "GRANNBRO_MATRIX__HOMESERVER": front.url,
            "GRANNBRO_OWNERS": f'["telegram:{bo.user.id}", "matrix:{anna.id}"]',
        }
        write_groups(program.config, [(chat.id, room)])
        yield Alby(people, front, account, anna, room, bo, chat, program)
        await program.stop()


@LONG
async def test_ten_minutes_out_of_order_are_one_line_and_few_requests(alby: Alby) -> None:
    """What waits goes out once it is over, and what was said meanwhile is heard."""
    await alby.program.start()
    await alby.sees("Så här blir rummet klart")
    await alby.relays("före")
    before = len(alby.troubles())
    alby.front.breaks(502)
    line = await alby.program.says("matrix.out_of_order")
    for number in range(3):
        alby.bo.writes(alby.chat, f"rad {number} medan det var sönder")
    await alby.anna.writes(alby.room, "hör ni mig?")
    await asyncio.sleep(TEN_MINUTES_S)
    asked, told = len(alby.front.asked), alby.troubles()[before:]
    alby.front.mends()
    await alby.program.says("matrix.reachable_again")
    await alby.bo.sees(alby.chat, "hör ni mig?", timeout_s=60)
    await alby.sees("rad 2 medan det var sönder")

    assert asked <= MOST_REQUESTS, alby.front.asked
    assert told == [line]


async def test_wrong_homeserver_is_told_once_and_mended_without_a_restart(alby: Alby) -> None:
    """Something answers there, and it is no homeserver."""
    alby.front.breaks(404)
    await alby.program.start()
    line = await alby.program.says("matrix.no_homeserver")
    await asyncio.sleep(SOME_ROUNDS_S)
    told = alby.troubles()
    alby.front.mends()
    await alby.program.says("matrix.reachable_again")
    await alby.sees("Så här blir rummet klart")
    await alby.relays("efter")

    assert told == [line]
    assert "GRANNBRO_MATRIX__HOMESERVER" in line


async def test_wrong_password_is_told_once_and_mended_without_a_restart(alby: Alby) -> None:
    """Somebody has changed it, and puts it right."""
    alby.program.variables["GRANNBRO_MATRIX__PASSWORD"] = "ett-nytt-losenord"
    await alby.program.start()
    line = await alby.program.says("matrix.password_refused")
    await asyncio.sleep(SOME_ROUNDS_S)
    told = alby.troubles()
    await alby.people.gives_password(alby.account, "ett-nytt-losenord")
    await alby.program.says("matrix.reachable_again")
    await alby.sees("Så här blir rummet klart")
    await alby.relays("efter")

    assert told == [line]
    assert "ett-nytt" not in line


async def test_revoked_token_is_told_once_and_renewed_by_the_password(alby: Alby) -> None:
    """Somebody has signed the bot out everywhere."""
    await alby.program.start()
    await alby.sees("Så här blir rummet klart")
    await alby.relays("före")
    before = len(alby.troubles())
    await alby.people.signs_out_everywhere(alby.account)
    line = await alby.program.says("matrix.token_refused")
    await alby.program.says("matrix.reachable_again")
    await alby.relays("efter")

    assert alby.troubles()[before:] == [line]


async def test_banned_bot_is_told_once_and_speaks_when_let_in_again(alby: Alby) -> None:
    """Nothing is tried in vain meanwhile."""
    await alby.program.start()
    await alby.sees("Så här blir rummet klart")
    await alby.relays("före")
    before = len(alby.troubles())
    await alby.anna.manages(alby.room).bans(alby.account.id)
    line = await alby.program.says("room.foothold")
    alby.bo.writes(alby.chat, "medan den var borta")
    await asyncio.sleep(SOME_ROUNDS_S)
    told = alby.troubles()[before:]
    await alby.anna.manages(alby.room).unbans(alby.account.id)
    await alby.anna.manages(alby.room).invites(alby.account.id)
    await alby.program.says("foothold=member")
    await alby.relays("efter")

    assert told == [line]
