"""Groups with a room on each platform, and between them a bot that is killed and started again."""

import asyncio
import re
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Protocol

import aiohttp
import pytest

from tests.chaos.hurry import PACE, Hurry
from tests.chaos.ledger import PATIENCE_S, Ledger, ledger_of
from tests.chaos.mortal import Mortal
from tests.e2e.across import make_program, write_groups
from tests.emulators.telegram import Emulator, Town
from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.person import Person as Telegrammer
from tests.servers.matrix import contents
from tests.servers.matrix.people import People
from tests.servers.matrix.person import Person
from tests.servers.matrix.synapse import Synapse

NAME = re.compile(r"(?:rad|larm) \d+ [0-9a-f]{8}")
TRY_AGAIN_S = 0.2


def new_name(kind: str, number: int) -> str:
    """Return what one line is told apart by."""
    return f"{kind} {number} {secrets.token_hex(4)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A line or a card that the bot has brought.

    Attributes:
        said: Its words, and what they were before.
    """

    name: str
    message_id: str
    said: str


class Place(Protocol):
    """Somebody in a room.

    Attributes:
        written: The names of what they have written there and the service has taken.
    """

    @property
    def ref(self) -> str:
        """The room, as the bot's database names it."""

    @property
    def written(self) -> list[str]:
        """See above."""

    async def write(self, name: str) -> None:
        """Write a line, or a red report."""

    async def shown(self) -> Sequence[Shown]:
        """What the bot has brought, oldest first."""


@dataclass(frozen=True, kw_only=True)
class OnMatrix:
    """Anna in a room on Matrix."""

    anna: Person
    room: str
    bot_id: str
    written: list[str] = field(default_factory=list)

    @property
    def ref(self) -> str:
        """The room, as the bot's database names it."""
        return f"matrix:{self.room}"

    async def write(self, name: str) -> None:
        """Write as apps do: over an outage, under one transaction id until it is taken."""
        content, transaction = contents.text(_line(name, "!red")), secrets.token_hex(8)
        while True:
            try:
                await self.anna.sends(
                    self.room, "m.room.message", content, transaction=transaction
                )
            except (aiohttp.ClientError, OSError):
                await asyncio.sleep(TRY_AGAIN_S)
            else:
                self.written.append(name)
                return

    async def shown(self) -> Sequence[Shown]:
        """What the bot has brought, oldest first."""
        seen = await self.anna.reads(self.room)
        brought = [(one.event_id, one.text) for one in seen if one.sender == self.bot_id]
        return _named(brought)


@dataclass(frozen=True, kw_only=True)
class OnTelegram:
    """Bo in a group on Telegram."""

    bo: Telegrammer
    chat: Chat
    written: list[str] = field(default_factory=list)

    @property
    def ref(self) -> str:
        """The room, as the bot's database names it."""
        return f"telegram:{self.chat.id}"

    async def write(self, name: str) -> None:
        """Write; the emulated service takes everything."""
        self.bo.writes(self.chat, _line(name, "/red"))
        self.written.append(name)

    async def shown(self) -> Sequence[Shown]:
        """What the bot has brought, oldest first."""
        brought = [message for message in self.bo.reads(self.chat) if message.author.is_bot]
        return [
            Shown(
                name=shown.name,
                message_id=shown.message_id,
                said=str([*message.history, message.content]),
            )
            for message in brought
            for shown in _named([(str(message.message_id), message.text)])
        ]


@dataclass(kw_only=True)
class Quarter:
    """All rooms, those who write there, and the bot."""

    synapse: Synapse
    emulator: Emulator
    bot: Bot
    bot_id: str
    anna: Person
    bo: Telegrammer
    pairs: Sequence[tuple[OnMatrix, OnTelegram]]
    mortal: Mortal

    @property
    def places(self) -> Sequence[Place]:
        """All rooms."""
        return list(chain.from_iterable(self.pairs))

    @property
    def ways(self) -> Sequence[tuple[Place, Place]]:
        """From which room to which the bot carries."""
        return [way for pair in self.pairs for way in (pair, pair[::-1])]

    @property
    def ledger(self) -> Ledger:
        """What the bot has kept."""
        return ledger_of(self.mortal)

    async def begin(self) -> None:
        """Start the bot, and let both people say yes to it, so that nothing waits for that."""
        await self.mortal.starts()
        for here, _ in self.pairs:
            await self.anna.sees(here.room, "Så här blir rummet klart", within_s=PATIENCE_S)
        private = await self.anna.opens("", invites=[self.bot_id], is_direct=True)
        asked = await self.anna.sees(private, "Är det okej?", within_s=PATIENCE_S)
        await self.anna.reacts(private, asked.event_id, "1️⃣")
        await self.anna.sees(private, "Då är vi igång", within_s=PATIENCE_S)
        self.bo.starts(self.bot)
        question = await self.bo.sees(self.bot, "Är det okej?", timeout_s=PATIENCE_S)
        self.bo.presses(question, "Ja, det är okej")
        await self.bo.sees(self.bot, "Då är vi igång", timeout_s=PATIENCE_S)
        await self.rests()

    async def rests(self) -> None:
        """Wait until the bot has done all that it has heard of."""
        async with asyncio.timeout(PATIENCE_S):
            while self.ledger.work() + len(self.bot.queue.waiting):  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.1)

    async def carries(self, said: Place, read: Place) -> None:
        """Wait until what was said last in a room has come to the other."""
        async with asyncio.timeout(PATIENCE_S):
            last = said.written[-1]
            while last not in {one.name for one in await read.shown()}:  # noqa: ASYNC110
                await asyncio.sleep(0.2)


@asynccontextmanager
async def open_quarter(
    synapse: Synapse,
    folder: Path,
    patch: pytest.MonkeyPatch,
    *,
    groups: int,
    burst_after: int,
    pace: float = PACE,
) -> AsyncIterator[Quarter]:
    """Open everything; Telegram's limits hold, Matrix has none."""
    clock = Hurry(pace=pace)
    async with Emulator(Town(clock)) as emulator, People(synapse) as people:
        emulator.town.limits.is_on = True
        bot, bo = emulator.town.bot(), emulator.town.person("Bo")
        account = await people.account("granne", is_limited=False)
        anna = await people.arrives("Anna")
        pairs = [
            (
                OnMatrix(
                    anna=anna,
                    room=await anna.opens(f"Alby {number}", invites=[account.id]),
                    bot_id=account.id,
                ),
                OnTelegram(bo=bo, chat=_chat(emulator, bo, bot, number)),
            )
            for number in range(groups)
        ]
        program = make_program(folder, emulator, bot, synapse, account)
        program.variables["GRANNBRO_RELAY__BURST_AFTER_LINES"] = str(burst_after)
        for name, value in program.variables.items():
            patch.setenv(name, value)
        write_groups(program.config, [(there.chat.id, here.room) for here, there in pairs])
        mortal = Mortal(config=program.config, variables=program.variables, clock=clock)
        try:
            yield Quarter(
                synapse=synapse,
                emulator=emulator,
                bot=bot,
                bot_id=account.id,
                anna=anna,
                bo=bo,
                pairs=pairs,
                mortal=mortal,
            )
        finally:
            await mortal.dies()


def _chat(emulator: Emulator, bo: Telegrammer, bot: Bot, number: int) -> Chat:
    chat = emulator.town.supergroup(f"Alby torg {number}", bo, bot)
    bo.manages(chat).promotes(bot)
    return chat


def _line(name: str, red: str) -> str:
    return f"{red} {name}" if name.startswith("larm") else name


def _named(brought: Sequence[tuple[str, str]]) -> list[Shown]:
    found = ((NAME.search(text), message_id, text) for message_id, text in brought)
    return [
        Shown(name=match[0], message_id=message_id, said=text)
        for match, message_id, text in found
        if match
    ]
