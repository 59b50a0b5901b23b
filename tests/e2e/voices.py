"""Organisations and neighbours on two networks, with a mail server between them."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path

from tests.bridges.mail.server import Desk, mail_server
from tests.e2e.across import make_program, write_groups
from tests.e2e.conftest import Program, until
from tests.e2e.voice import OnMatrix, OnTelegram, Read, Voice
from tests.emulators.telegram import Emulator
from tests.emulators.telegram.bots import Bot
from tests.servers.matrix.people import Account, People

POLICE = "Polisen ✔ verifierad polis"
COUNCIL = "Botkyrka kommun ✔ verifierad kommun"
ORGANISATIONS = """\
[[organisation]]
slug = "polisen"
name = "Polisen"
role = "police"
mail_domains = ["polisen.se"]
desk_rooms = ["matrix:{police_desk}"]
people = ["matrix:{pia}"]
phone = "114 14"

[[organisation]]
slug = "botkyrka-kommun"
name = "Botkyrka kommun"
role = "municipality"
areas = ["botkyrka"]
mail_domains = ["botkyrka.se"]
desk_rooms = ["telegram:{council_desk}"]
people = ["telegram:{kim}"]
phone = "08-530 610 00"
"""


@dataclass(kw_only=True)
class Voices:
    """One group with a room on each network, and an organisation with its desk on each.

    Attributes:
        anna: A neighbour on Matrix.
        pia: Of the police, on Matrix; she has never shown a mailbox.
        klara: On Matrix; works for the municipality and is not verified yet.
        bo: A neighbour on Telegram.
        kim: Of the municipality, on Telegram; the same as Pia.
        paul: On Telegram; a police officer who is not verified yet.
        town: The group's room on Telegram.
        yard: The group's room on Matrix.
        police_desk: On Matrix, encrypted.
        council_desk: On Telegram.
        proved: The addresses that their owners have shown to be theirs, as they were asked to.
    """

    people: People
    account: Account
    emulator: Emulator
    bot: Bot
    program: Program
    post: Desk
    anna: OnMatrix
    pia: OnMatrix
    klara: OnMatrix
    bo: OnTelegram
    kim: OnTelegram
    paul: OnTelegram
    town: str
    yard: str
    police_desk: str
    council_desk: str
    proved: set[str] = field(default_factory=set)

    @property
    def everybody(self) -> Sequence[Voice]:
        """All six."""
        return (self.anna, self.pia, self.klara, self.bo, self.kim, self.paul)

    @property
    def readers(self) -> Sequence[tuple[Voice, str]]:
        """A neighbour on each network, with the group's room there."""
        return ((self.anna, self.yard), (self.bo, self.town))

    async def all_read(self) -> Sequence[Read]:
        """All that the bot has said to anybody."""
        desks = ((self.pia, self.police_desk), (self.kim, self.council_desk))
        private = ((one, None) for one in self.everybody)
        places = (*self.readers, *desks, *private)
        return [read for who, room in places for read in await who.reads(room)]

    def stranger(self, name: str) -> OnTelegram:
        """Somebody new on Telegram."""
        return OnTelegram(person=self.emulator.town.person(name), bot=self.bot)

    def edits_of(self, read: Read, reader: OnTelegram) -> Sequence[float]:
        """When a message in somebody's private chat on Telegram was edited, in seconds."""
        calls = [call for call in self.bot.log if call["method"] == "editMessageText"]
        about = (str(reader.person.user.id), read.id)
        return [
            float(str(call["at_s"]))
            for call in calls
            if (str(call["chat_id"]), str(call["message_id"])) == about
        ]

    async def code_to(self, address: str, *, number: int = 1) -> str:
        """Wait for so many mails to an address; return the digits in the last."""
        await until(lambda: len(self._mails_to(address)) >= number)
        found = re.search(r"\b\d{3} \d{3}\b", self._mails_to(address)[number - 1])
        assert found is not None
        return found[0]

    async def shows_who_it_is(self, who: Voice, address: str) -> None:
        """Let somebody answer with the address that is asked for, and then with the code."""
        await who.hears("Skriv din mejladress")
        await who.says(address)
        await who.hears("En kod är på väg")
        await who.says(await self.code_to(address))
        self.proved.add(address)

    async def goes_on(self, who: Voice, address: str) -> None:
        """Let somebody show who they are if they have not yet, and go on with what they did."""
        if address not in self.proved:
            await self.shows_who_it_is(who, address)
            await who.presses("Fortsätt", on=await who.hears("nu vet jag att det är du"))

    def _mails_to(self, address: str) -> Sequence[str]:
        mails = [message_from_bytes(mail, policy=policy.default) for mail in self.post.mails]
        return [str(m.get_content()) for m in mails if address in str(m["To"])]


@asynccontextmanager
async def open_voices(people: People, folder: Path) -> AsyncIterator[Voices]:
    """Start the program, and let all who are there agree to be known."""
    post = Desk()
    async with Emulator() as emulator, mail_server(post) as port:
        emulator.town.limits.is_on = True
        found = await _gather(people, emulator, folder, post)
        found.program.variables["GRANNBRO_MAIL__SMTP_URL"] = f"smtp://127.0.0.1:{port}"
        found.program.variables["GRANNBRO_MAIL__FROM"] = "grannbro@example.org"
        _write(found)
        await found.program.start()
        try:
            await asyncio.gather(*(agrees(one) for one in found.everybody))
            yield found
        finally:
            await found.program.stop()


async def agrees(who: Voice) -> None:
    """Let somebody begin a private chat, and say yes to what is needed."""
    await who.begins()
    asked = await who.hears("Är det okej?")
    await who.presses("Ja, det är okej", on=asked)
    await who.hears("Då är vi igång")


async def _gather(people: People, emulator: Emulator, folder: Path, post: Desk) -> Voices:
    town, bot = emulator.town, emulator.town.bot()
    account = await people.account("granne", is_limited=False)
    bo, kim, paul = town.person("Bo"), town.person("Kim"), town.person("Paul")
    square = town.supergroup("Alby torg", bo, paul, kim, bot)
    counter = town.supergroup("Kommunens disk", kim, bot)
    bo.manages(square).promotes(bot)
    kim.manages(counter).promotes(bot)
    anna, pia, klara = [await people.arrives_encrypting(n) for n in ("Anna", "Pia", "Klara")]
    yard = await anna.opens("Alby backe", invites=[account.id, pia.id, klara.id])
    desk = await pia.opens("Polisens disk", invites=[account.id], is_encrypted=True)
    for one in (pia, klara):
        await one.joins(yard)
    return Voices(
        people=people,
        account=account,
        emulator=emulator,
        bot=bot,
        program=make_program(folder, emulator, bot, people.synapse, account),
        post=post,
        anna=OnMatrix(person=anna, bot=account.id),
        pia=OnMatrix(person=pia, bot=account.id),
        klara=OnMatrix(person=klara, bot=account.id),
        bo=OnTelegram(person=bo, bot=bot),
        kim=OnTelegram(person=kim, bot=bot),
        paul=OnTelegram(person=paul, bot=bot),
        town=str(square.id),
        yard=yard,
        police_desk=desk,
        council_desk=str(counter.id),
    )


def _write(voices: Voices) -> None:
    write_groups(voices.program.config, [(voices.town, voices.yard)])
    organisations = ORGANISATIONS.format(
        police_desk=voices.police_desk,
        council_desk=voices.council_desk,
        pia=voices.pia.person.id,
        kim=voices.kim.person.user.id,
    )
    (voices.program.config / "organisations.toml").write_text(organisations, encoding="utf-8")
