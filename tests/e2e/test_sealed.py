"""`grannbro run` between an encrypted Matrix room and Telegram, with an app of another make."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.across import make_program, write_groups
from tests.e2e.conftest import Program
from tests.emulators.telegram import Emulator
from tests.emulators.telegram import media as files
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.person import Person as Telegrammer
from tests.pictures import jpeg
from tests.servers.matrix.contents import File
from tests.servers.matrix.encrypting import EncryptingPerson
from tests.servers.matrix.people import Account, People
from tests.servers.matrix.sight import Seen

pytestmark = pytest.mark.slow
PATIENCE_S = 25.0
QUESTION = "Det här rummet är krypterat"


@dataclass
class Sealed:
    """One group: an encrypted room on Matrix, which Cilla administers, and one of Bo's."""

    people: People
    account: Account
    cilla: EncryptingPerson
    room: str
    bo: Telegrammer
    chat: Chat
    program: Program

    async def sees(self, text: str) -> Seen:
        """Wait until Cilla reads a message of the bot's with some words, sealed."""
        seen = await self.cilla.sees(
            self.room,
            lambda one: one.sender == self.account.id and text in one.text,
            within_s=PATIENCE_S,
        )
        assert (await self.cilla.seal(self.room, seen.event_id)).is_encrypted
        return seen

    async def reads(self, text: str) -> Message:
        """Wait until Bo reads some words."""
        return await self.bo.sees(self.chat, text, timeout_s=PATIENCE_S)

    async def agrees(self) -> None:
        """Let Cilla say something, and then yes to its being carried."""
        await self.cilla.writes(self.room, "är någon här?")
        asked = await self.sees(QUESTION)
        await self.cilla.reacts(self.room, asked.event_id, "1️⃣")
        await self.sees("Det som skrivs här läses från och med nu också")

    def heard_on_telegram(self) -> str:
        """All that the bot has said in Bo's chat."""
        return "\n".join(m.text for m in self.bo.reads(self.chat) if m.author.is_bot)


@pytest.fixture
async def sealed(tmp_path: Path, people: People) -> AsyncIterator[Sealed]:
    """A running program."""
    async with Emulator() as emulator:
        bot, bo = emulator.town.bot(), emulator.town.person("Bo")
        chat = emulator.town.supergroup("Alby torg", bo, bot)
        bo.manages(chat).promotes(bot)
        account = await people.account("granne", is_limited=False)
        cilla = await people.arrives_encrypting("Cilla")
        room = await cilla.opens("Alby backe", invites=[account.id], is_encrypted=True)
        program = make_program(tmp_path, emulator, bot, people.synapse, account)
        write_groups(program.config, [(chat.id, room)])
        await program.start()
        found = Sealed(people, account, cilla, room, bo, chat, program)
        await found.sees("Så här blir rummet klart")
        yield found
        await program.stop()


async def test_no_word_leaves_before_who_administers_the_room_agrees(sealed: Sealed) -> None:
    """What comes from elsewhere is sealed; the question stands in the room; `!unlink` ends it."""
    sealed.bo.writes(sealed.chat, "hej från torget")
    await sealed.sees("hej från torget")
    await sealed.cilla.writes(sealed.room, "en hemlighet")
    asked = await sealed.sees(QUESTION)
    david = await sealed.people.arrives_encrypting("David")
    await sealed.cilla.manages(sealed.room).invites(david.id)
    await david.is_invited(sealed.cilla.id)
    await david.joins(sealed.room)
    await david.reacts(sealed.room, asked.event_id, "1️⃣")
    refused = await david.is_invited(sealed.account.id)
    await david.joins(refused)
    await sealed.cilla.writes(sealed.room, "!röd en hemlighet till")
    await sealed.cilla.reacts(sealed.room, asked.event_id, "1️⃣")
    await sealed.sees("Det som skrivs här läses från och med nu också")
    await sealed.cilla.writes(sealed.room, "nu får ni höra")
    await sealed.reads("nu får ni höra")
    await sealed.cilla.writes(sealed.room, "!unlink")
    private = await sealed.cilla.is_invited(sealed.account.id)
    await sealed.cilla.joins(private)
    await sealed.cilla.sees(private, "stannar här", within_s=PATIENCE_S)
    await sealed.cilla.writes(sealed.room, "hemligt igen")
    await sealed.sees(QUESTION)

    assert "hemlig" not in sealed.heard_on_telegram()


async def test_all_is_carried_sealed_over_a_kill(sealed: Sealed) -> None:
    """Words, edits, replies, removals and files, either way; the keys outlive the program."""
    await sealed.agrees()
    said = await sealed.cilla.writes(sealed.room, "mötet är kl 17")
    there = await sealed.reads("mötet är kl 17")
    sealed.bo.writes(sealed.chat, "jag kommer", reply_to=there)
    answer = await sealed.sees("jag kommer")
    await sealed.cilla.edits(sealed.room, said, "mötet är kl 18")
    await sealed.reads("mötet är kl 18")
    picture = File(kind="m.image", data=jpeg(), name="a.jpg", mime="image/jpeg", caption="bron")
    await sealed.cilla.sends_file(sealed.room, picture)
    shown = await sealed.reads("bron")

    await sealed.program.kill()
    await sealed.cilla.writes(sealed.room, "medan du sov")
    await sealed.cilla.starts_anew(sealed.room)
    await sealed.cilla.writes(sealed.room, "med ny nyckel", reply_to=answer.event_id)
    sealed.bo.sends(sealed.chat, files.photo(jpeg()), caption="solen")
    sealed.bo.writes(sealed.chat, "från torget")
    await sealed.program.start()
    await sealed.reads("medan du sov")
    replied = await sealed.reads("med ny nyckel")
    sun = await sealed.sees("solen")
    await sealed.sees("från torget")
    await sealed.cilla.redacts(sealed.room, said)
    await sealed.bo.town.until(lambda: there.is_deleted, timeout_s=PATIENCE_S)

    assert answer.reply_to == said
    assert shown.kind() == "photo"
    assert replied.reply_to is not None
    assert replied.reply_to.text == "jag kommer"
    assert (await sealed.cilla.downloads(sun)).startswith(b"\xff\xd8")
    assert "kan visa" not in sealed.heard_on_telegram()


async def test_what_can_t_be_opened_is_told_once_and_who_compares_keys_answered(
    sealed: Sealed,
) -> None:
    """One gentle line in the room, whatever comes after it; and in private how to be sure."""
    await sealed.agrees()
    for number in range(2):
        content: dict[str, object] = {
            "algorithm": "m.megolm.v1.aes-sha2",
            "ciphertext": "AwgAEnAC",
            "session_id": f"nobodys-{number}",
        }
        path = ("rooms", sealed.room, "send", "m.room.encrypted", f"t{number}")
        await sealed.cilla.ask("PUT", *path, json=content)
    await sealed.cilla.writes(sealed.room, "efter det slutna")
    await sealed.reads("efter det slutna")
    await sealed.sees("Jag kan inte läsa ett meddelande här")
    await sealed.cilla.asks_to_verify(sealed.account.id, sealed.room)
    private = await sealed.cilla.is_invited(sealed.account.id)
    await sealed.cilla.joins(private)
    await sealed.cilla.sees(private, "jämföra emojier", within_s=PATIENCE_S)
    # A private chat is no room to be set up, also if it is told of before the list of them is.
    texts = [seen.text for seen in await sealed.cilla.reads(private)]
    assert not any("Så här blir rummet klart" in text for text in texts)
    told = [s for s in await sealed.cilla.reads(sealed.room) if "Jag kan inte läsa" in s.text]

    assert len(told) == 1
    assert sealed.heard_on_telegram().count("kan visa") == 2


async def test_private_chat_is_sealed_from_the_first_word_to_the_last(sealed: Sealed) -> None:
    """Consent, a red report that reaches the group, what is held about them, and the end of it."""
    dora = await sealed.people.arrives_encrypting("Dora")
    private = await dora.opens(invites=[sealed.account.id], is_direct=True, is_encrypted=True)

    async def sees(text: str) -> Seen:
        seen = await dora.sees(private, text, within_s=PATIENCE_S)
        assert (await dora.seal(private, seen.event_id)).is_encrypted
        return seen

    await dora.reacts(private, (await sees("Är det okej?")).event_id, "1️⃣")
    await sees("Då är vi igång")
    await dora.writes(private, "!bevaka albyberget")
    await sees("Albyberget")
    await dora.writes(private, "!röd rök ur ett fönster")
    await sealed.reads("rök ur ett fönster")
    await sealed.sees("rök ur ett fönster")
    await dora.writes(private, "!integritet")
    await sees("Det här har jag om dig")
    await dora.writes(private, "!glöm")
    sure = await sees("raderar allt om dig")
    await dora.reacts(private, sure.event_id, "1️⃣")
    await sees("Klart. Raderat: 1 rapport")
    await sealed.bo.town.until(
        lambda: "rök ur" not in sealed.heard_on_telegram(), timeout_s=PATIENCE_S
    )
