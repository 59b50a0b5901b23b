"""`grannbro run` against a real homeserver and an emulated Telegram, as people use both."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.domain.effects import AWAY_PAUSE
from tests.e2e.conftest import Program, free_port, until, write_config
from tests.emulators.telegram import Emulator
from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.person import Person as Telegrammer
from tests.long_forms import LONG
from tests.servers.matrix.people import Account, People
from tests.servers.matrix.person import PATIENCE_S, Person
from tests.servers.matrix.sight import Seen

pytestmark = pytest.mark.slow
AFTER_AN_OUTAGE_S = 3 * AWAY_PAUSE.total_seconds()
GROUP = """\
[[group]]
slug = "alby"
name = "Alby grannar"
area = "albyberget"
purpose = "Vi håller ögonen öppna"
controller = "Alby grannförening"
rooms = ["telegram:{telegram}", "matrix:{matrix}"]
"""


@dataclass
class Both:
    """One group with a room on each platform; Anna on Matrix, Bo on Telegram."""

    people: People
    account: Account
    anna: Person
    room: str
    bo: Telegrammer
    chat: Chat
    telegram: Bot
    program: Program

    async def agrees(self) -> str:
        """Let Anna begin a private chat and say yes; return its room."""
        private = await self.anna.opens("", invites=[self.account.id], is_direct=True)
        asked = await self.anna.sees(private, "Är det okej?")
        await self.anna.reacts(private, asked.event_id, "1️⃣")
        await self.anna.sees(private, "Då är vi igång")
        return private

    async def says(self, what: str, *, within_s: float = PATIENCE_S) -> Seen:
        """Wait until the bot's own words in the Matrix room hold some."""
        return await self.anna.sees(
            self.room,
            lambda seen: seen.sender == self.account.id and what in seen.text,
            within_s=within_s,
        )


@pytest.fixture
async def both(tmp_path: Path, people: People) -> AsyncIterator[Both]:
    """Everything but the start of the program."""
    async with Emulator() as emulator:
        bot, bo = emulator.town.bot(), emulator.town.person("Bo")
        chat = emulator.town.supergroup("Alby torg", bo, bot)
        bo.manages(chat).promotes(bot)
        account = await people.account("granne", is_limited=False)
        anna = await people.arrives("Anna")
        room = await anna.opens("Alby backe", invites=[account.id])
        config = write_config(tmp_path, chat.id, chat.id)
        groups = GROUP.format(telegram=chat.id, matrix=room)
        (config / "groups.toml").write_text(groups, encoding="utf-8")
        program = Program(
            config=config,
            variables={
                "GRANNBRO_TELEGRAM__TOKEN": bot.token,
                "GRANNBRO_TELEGRAM__API_BASE": emulator.url,
                "GRANNBRO_MATRIX__HOMESERVER": people.synapse.url,
                "GRANNBRO_MATRIX__USER_ID": account.id,
                "GRANNBRO_MATRIX__PASSWORD": account.password,
                "GRANNBRO_DATA_DIR": str(tmp_path / "var"),
                "GRANNBRO_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/var/grannbro.db",
                "GRANNBRO_WEB__PORT": str(free_port()),
            },
        )
        yield Both(people, account, anna, room, bo, chat, bot, program)
        await program.stop()


async def test_line_of_one_platform_is_read_on_the_other(both: Both) -> None:
    """With its looks, changed and taken away with the original."""
    await both.program.start()
    await both.says("Så här blir rummet klart")
    said = await both.anna.writes(both.room, "Hej på er!", html="<b>Hej</b> på er!")
    there = await both.bo.sees(both.chat, "Hej på er!")
    await both.anna.edits(both.room, said, "God dag!")
    await both.bo.sees(both.chat, "God dag!")
    both.bo.writes(both.chat, "Hej själv!")
    answered = await both.says("Hej själv!")
    await both.anna.redacts(both.room, said)
    await until(lambda: "God dag!" not in "".join(m.text for m in both.bo.reads(both.chat)))

    assert "Granne" in there.text
    assert answered.kind == "m.text"
    assert answered.content["m.mentions"] == {}


async def test_red_report_goes_out_and_lives_on(both: Both) -> None:
    """The main job: a line, its card on both platforms, a reaction, and the card says so."""
    await both.program.start()
    await both.agrees()
    await both.anna.writes(both.room, "!röd rök ur ett fönster")
    card = await both.bo.sees(both.chat, "rök ur ett fönster")
    here = await both.says("rök ur ett fönster")
    cilla = await both.people.arrives("Cilla")
    await both.anna.manages(both.room).invites(cilla.id)
    await cilla.joins(both.room)
    await cilla.reacts(both.room, here.event_id, "➕")

    await both.bo.sees(both.chat, "1 ser det också")
    changed = await both.says("1 ser det också")
    assert "Ring 112" in card.text
    assert changed.event_id == here.event_id
    assert changed.is_edited
    assert here.kind == "m.text"


@LONG
async def test_nothing_is_lost_or_doubled_over_a_kill(both: Both) -> None:
    """What was said while nobody listened is carried once, in its order, by the same device."""
    await both.program.start()
    await both.says("Så här blir rummet klart")
    await both.program.kill()
    for number in range(70):
        await both.anna.writes(both.room, f"rad {number}.")
    both.bo.writes(both.chat, "från andra sidan")
    await both.program.start()
    await both.says("från andra sidan")
    await until(lambda: len(_lines(both)) >= 17)
    await both.program.kill()
    await both.program.start()
    await both.anna.writes(both.room, "slut")

    assert _lines(both) == [f"rad {number}." for number in range(len(_lines(both)))]
    assert len(await both.anna.waits(both.room, lambda seen: seen[-1].text == "slut")) == 73


def _lines(both: Both) -> list[str]:
    texts = [message.text for message in both.bo.reads(both.chat)]
    return [text.rpartition(": ")[2] for text in texts if "rad " in text]


async def test_outage_of_the_homeserver_is_told_and_made_up_for(both: Both) -> None:
    """The other platform goes on; what waits goes out, and what was said is heard."""
    await both.program.start()
    await both.says("Så här blir rummet klart")
    async with both.people.synapse.down():
        await both.program.says("matrix.unreachable")
        both.bo.writes(both.chat, "är Matrix nere?")
    await both.program.says("matrix.reachable_again")
    await both.says("är Matrix nere?", within_s=AFTER_AN_OUTAGE_S)
    await both.anna.writes(both.room, "nu är vi här")

    await both.bo.sees(both.chat, "nu är vi här", timeout_s=20)


async def test_wrong_token_is_told_once_with_what_to_do(both: Both) -> None:
    """And all else goes on."""
    del both.program.variables["GRANNBRO_MATRIX__PASSWORD"]
    both.program.variables["GRANNBRO_MATRIX__ACCESS_TOKEN"] = "syt_wrong"
    await both.program.start()
    line = await both.program.says("matrix.token_refused")
    both.bo.starts(both.telegram)
    await both.bo.sees(both.telegram, "Är det okej?")

    assert "GRANNBRO_MATRIX__ACCESS_TOKEN" in line
    assert "syt_wrong" not in line


async def test_private_chat_of_todays_apps_is_sealed(both: Both) -> None:
    """They encrypt whatever is direct, and nobody should have to know."""
    await both.program.start()
    cilla = await both.people.arrives_encrypting("Cilla")
    private = await cilla.opens(invites=[both.account.id], is_direct=True, is_encrypted=True)
    asked = await cilla.sees(private, "Är det okej?", within_s=20)
    await cilla.reacts(private, asked.event_id, "1️⃣")
    await cilla.sees(private, "Då är vi igång", within_s=20)
    await cilla.writes(private, "!integritet")
    told = await cilla.sees(private, "Det här har jag om dig", within_s=20)

    assert (await cilla.seal(private, told.event_id)).is_encrypted


@LONG
async def test_lines_arrive_once_however_often_the_program_is_killed(both: Both) -> None:
    """Whatever it was doing: the homeserver knows each message by its own number."""
    await both.program.start()
    await both.says("Så här blir rummet klart")
    written = [f"rad {number}." for number in range(12)]
    for number, line in enumerate(written):
        both.bo.writes(both.chat, line)
        if number % 3 == 2:
            await both.says(written[number - 1])
            await both.program.kill()
            await both.program.start()
    await both.says(written[-1])

    seen = [one.text.rpartition(": ")[2] for one in await both.anna.reads(both.room)]
    assert [text for text in seen if text.startswith("rad ")] == written


async def test_group_goes_on_in_the_new_room(both: Both) -> None:
    """Once the bot is let in there; nobody has to tell it anything else."""
    await both.program.start()
    await both.says("Så här blir rummet klart")
    new = await both.anna.manages(both.room).upgrades("12")
    await both.anna.manages(new).invites(both.account.id)
    await both.program.says("room.moved")
    both.bo.writes(both.chat, "hittar du hit?")
    await both.anna.sees(new, "hittar du hit?")
    await both.anna.writes(new, "ja, här är jag")

    await both.bo.sees(both.chat, "ja, här är jag")
