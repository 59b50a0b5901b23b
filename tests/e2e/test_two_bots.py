"""Two whole programs with accounts of their own in one room of a real homeserver."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.across import PATIENCE_S, make_program, write_groups
from tests.e2e.conftest import until
from tests.emulators.telegram import Emulator
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.person import Person as Telegrammer
from tests.long_forms import LONG
from tests.servers.matrix.people import Account, People
from tests.servers.matrix.person import Person
from tests.servers.matrix.sight import Seen

pytestmark = pytest.mark.slow


@dataclass(frozen=True, kw_only=True)
class End:
    """What one of the bots joins to the room: a chat on Telegram with somebody in it."""

    who: Telegrammer
    chat: Chat
    account: Account

    async def reads(self, text: str) -> Message:
        """Wait for some words of the bot's."""
        return await self.who.sees(self.chat, text, timeout_s=PATIENCE_S)

    def holding(self, text: str) -> list[str]:
        """All that stands in the chat with some words."""
        return [m.text for m in self.who.reads(self.chat) if text in m.text and not m.is_deleted]


@dataclass(frozen=True, kw_only=True)
class Shared:
    """Anna's room, in which both are."""

    anna: Person
    room: str
    bo: End
    eva: End

    async def sees(self, text: str, by: Account) -> Seen:
        """Wait until Anna sees some words that one of the bots has brought."""

        def is_it(seen: Seen) -> object:
            return seen.sender == by.id and text in seen.text

        return await self.anna.sees(self.room, is_it, within_s=PATIENCE_S)

    async def settles(self) -> None:
        """Let both carry a last line, after which nothing that went before is on its way."""
        for number in (1, 2):
            await self.anna.writes(self.room, f"slut {number}")
            for end in (self.bo, self.eva):
                await end.reads(f"slut {number}")

    async def holding(self, text: str) -> list[str]:
        """All that stands in the room with some words."""
        seen = await self.anna.reads(self.room)
        return [one.text for one in seen if text in one.text and not one.is_gone]


@pytest.fixture
async def shared(tmp_path: Path, people: People) -> AsyncIterator[Shared]:
    """Both programs, running."""
    async with Emulator() as emulator:
        anna = await people.arrives("Anna")
        accounts = [await people.account(name, is_limited=False) for name in ("ett", "två")]
        room = await anna.opens("Alby", invites=[one.id for one in accounts])
        ends, programs = [], []
        for name, account in zip(("Bo", "Eva"), accounts, strict=True):
            bot = emulator.town.bot(f"{name.lower()}_grannbro_bot")
            who = emulator.town.person(name)
            chat = emulator.town.supergroup(f"Hos {name}", who, bot)
            who.manages(chat).promotes(bot)
            folder = tmp_path / name
            folder.mkdir()
            program = make_program(folder, emulator, bot, people.synapse, account)
            write_groups(program.config, [(chat.id, room)])
            ends.append(End(who=who, chat=chat, account=account))
            programs.append(program)
            await program.start()
        bo, eva = ends
        found = Shared(anna=anna, room=room, bo=bo, eva=eva)
        for end in ends:
            await found.sees("Så här blir rummet klart", end.account)
        yield found
        for program in programs:
            await program.stop()


def once(text: str, *places: Sequence[str]) -> bool:
    """Whether some words stand once in each place."""
    return all([text in one for one in place].count(True) == 1 for place in places)


async def test_line_goes_through_both_and_comes_nowhere_twice(shared: Shared) -> None:
    """From either end and from the middle, under the name of whoever wrote it."""
    shared.bo.who.writes(shared.bo.chat, "från Bo")
    from_bo = await shared.eva.reads("från Bo")
    shared.eva.who.writes(shared.eva.chat, "från Eva")
    await shared.bo.reads("från Eva")
    await shared.anna.writes(shared.room, "från Anna")
    await shared.settles()

    for text in ("från Bo", "från Eva", "från Anna"):
        assert once(
            text, shared.bo.holding(text), shared.eva.holding(text), await shared.holding(text)
        )
    assert " (via Granne " in from_bo.text
    assert from_bo.text.count(": ") == 1


@LONG
async def test_change_and_removal_go_through_both(shared: Shared) -> None:
    """To the far end, and no further."""
    line = shared.bo.who.writes(shared.bo.chat, "mötet är kl 17")
    there = await shared.eva.reads("mötet är kl 17")
    shared.bo.who.edits(line, "mötet är kl 18")
    assert await shared.eva.reads("mötet är kl 18") is there
    inside = await shared.sees("mötet är kl 18", shared.bo.account)
    await shared.anna.manages(shared.room).empowers(shared.eva.account.id, 50)
    said = await shared.anna.writes(shared.room, "det här ångrar jag")
    for end in (shared.bo, shared.eva):
        await end.reads("det här ångrar jag")
    await shared.anna.redacts(shared.room, said)
    await until(lambda: not shared.bo.holding("ångrar") and not shared.eva.holding("ångrar"))
    await shared.settles()

    assert inside.is_edited
    assert once("kl 18", shared.eva.holding("kl 18"), await shared.holding("kl 18"))
    assert not shared.eva.holding("kl 17")


@LONG
async def test_answer_and_emoji_find_their_line_through_both(shared: Shared) -> None:
    """And an emoji that is counted by one bot is not counted anew by the other for ever."""
    line = shared.bo.who.writes(shared.bo.chat, "vem har nyckeln?")
    there = await shared.eva.reads("vem har nyckeln?")
    shared.eva.who.writes(shared.eva.chat, "det har jag", reply_to=there)
    answer = await shared.bo.reads("det har jag")
    said = await shared.anna.writes(shared.room, "fika på lördag")
    copies = [await end.reads("fika på lördag") for end in (shared.bo, shared.eva)]
    shared.bo.who.reacts(copies[0], "👍")
    shared.eva.who.reacts(copies[1], "👍")
    await shared.anna.sees(
        shared.room,
        lambda seen: seen.event_id == said and seen.reactions == {"👍": 2},
        within_s=PATIENCE_S,
    )
    shared.bo.who.reacts(copies[0])
    shared.eva.who.reacts(copies[1])
    await shared.anna.sees(
        shared.room,
        lambda seen: seen.event_id == said and not seen.reactions,
        within_s=PATIENCE_S,
    )
    await shared.settles()

    assert answer.reply_to is line
    assert once("det har jag", shared.bo.holding("det har jag"), await shared.holding("det har"))


async def test_storm_from_both_ends_ends(shared: Shared) -> None:
    """Many lines at once, each of which all others get."""
    texts = [f"{name} {number}." for number in range(6) for name in ("b", "e")]
    for text in texts:
        end = shared.bo if text.startswith("b") else shared.eva
        end.who.writes(end.chat, text)
    for text in texts:
        await (shared.eva if text.startswith("b") else shared.bo).reads(f": {text}")
    await shared.settles()

    for text in texts:
        assert once(
            text, shared.bo.holding(text), shared.eva.holding(text), await shared.holding(text)
        )
