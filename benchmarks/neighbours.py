"""Groups with a room on each platform, and the bot between them as a process."""

import asyncio
import contextlib
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from tests.e2e.across import make_program, write_groups
from tests.e2e.conftest import Program
from tests.emulators.asking import Asker
from tests.emulators.telegram import Emulator
from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.person import Person as Telegrammer
from tests.emulators.telegram.wire import as_object
from tests.servers.matrix.asking import Json, as_objects
from tests.servers.matrix.asking import as_object as as_json
from tests.servers.matrix.fixtures import homeserver_folder
from tests.servers.matrix.people import Account, People
from tests.servers.matrix.person import Person
from tests.servers.matrix.synapse import Synapse

PATIENCE_S = 120.0
_LATEST = '{"room":{"timeline":{"limit":100},"state":{"types":[]}}}'


@dataclass(kw_only=True)
class Watch:
    """When each line was written, and when somebody could read it elsewhere."""

    began_s: dict[str, float] = field(default_factory=dict)
    took_s: dict[str, float] = field(default_factory=dict)

    def expect(self, text: str) -> None:
        """Begin to wait for a line."""
        self.began_s[text] = time.perf_counter()

    def note(self, shown: str) -> None:
        """Note what stands there now; a name may stand before the line."""
        text = shown[-len(LINE.format(0)) :]
        if text in self.began_s and text not in self.took_s:
            self.took_s[text] = time.perf_counter() - self.began_s[text]

    async def rest(self) -> None:
        """Wait until nothing is waited for."""
        async with asyncio.timeout(PATIENCE_S):
            while len(self.took_s) < len(self.began_s):  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.01)


LINE = "rad {:06}"


@dataclass(frozen=True, kw_only=True)
class Group:
    """Two rooms that mirror each other."""

    room: str
    chat: Chat


@dataclass(kw_only=True)
class Neighbours:
    """Anna on Matrix and Bo on Telegram, in groups of Grannbro's and in one of the bare bridge.

    As many listen in a room of the bare bridge as in one of Grannbro's: a homeserver tells one
    after the other.

    Attributes:
        carrier: The bare bridge on Telegram.
        ferry: The bare bridge on Matrix.
        on_matrix: What Anna's app, an ordinary one, has been told of.
        on_telegram: What stands in Bo's chats.
    """

    emulator: Emulator
    people: People
    anna: Person
    reader: Person
    bo: Telegrammer
    echo: Bot
    bare: Group
    groups: Sequence[Group]
    program: Program
    account: Account
    carrier: Bot
    ferry: Person
    on_matrix: Callable[[str, str], None] = lambda _room, _text: None
    on_telegram: Callable[[Chat, str], None] = lambda _chat, _text: None

    async def look_on_matrix(self) -> None:
        """Tell what the homeserver tells an app, until cancelled."""
        async for room, event in self.hears(self.reader):
            self.on_matrix(room, str(as_json(event.get("content")).get("body")))

    async def look_on_telegram(self) -> None:
        """Tell what comes into the chats, until cancelled."""
        seen: dict[int, int] = {}
        chats = [*(group.chat for group in self.groups), self.bare.chat]
        chats.append(self.emulator.town.private(self.bo.user, self.echo))

        def look() -> bool:
            for chat in chats:
                for message_id in sorted(chat.messages.keys() - range(seen.get(chat.id, 0) + 1)):
                    seen[chat.id] = message_id
                    message = chat.messages[message_id]
                    if message.author.is_bot:
                        self.on_telegram(chat, message.text)
            return False

        await self.emulator.town.until(look, timeout_s=PATIENCE_S * 100)

    async def echoes(self, session: aiohttp.ClientSession) -> None:
        """Say back what is said, as barely as a bot can."""
        async for chat, text in _updates(ask := Asker(self.emulator, self.echo, session)):
            await ask("sendMessage", chat_id=chat, text=text)

    async def carries_to_matrix(self, session: aiohttp.ClientSession) -> None:
        """Carry what is said in the bare group to Matrix, as barely as a bridge can."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listens())
            async for _, text in _updates(Asker(self.emulator, self.carrier, session)):
                # Not one after the other: nor does the bot, with many rooms.
                tasks.create_task(self._says(str(text)))

    async def _listens(self) -> None:
        """Hear what is said there, as a bridge does also while it carries the other way."""
        async for _ in self.hears(self.ferry):
            pass

    async def _says(self, text: str) -> None:
        await self.ferry.writes(self.bare.room, text)

    async def carries_to_telegram(self, session: aiohttp.ClientSession) -> None:
        """Carry what Anna says in the bare group to Telegram, as barely."""
        ask = Asker(self.emulator, self.carrier, session)
        async for room, event in self.hears(self.ferry):
            if room == self.bare.room and event.get("sender") == self.anna.id:
                text = as_json(event.get("content")).get("body")
                await ask("sendMessage", chat_id=self.bare.chat.id, text=text)

    async def hears(self, who: Person) -> AsyncIterator[tuple[str, Json]]:
        """Yield what is said in somebody's rooms from now on."""
        asked: dict[str, str | int] = {"filter": _LATEST, "timeout": 0}
        told = await who.ask("GET", "sync", query=asked)
        while True:
            asked |= {"since": str(told["next_batch"]), "timeout": 20_000}
            told = await who.ask("GET", "sync", query=asked)
            for room, heard in as_json(as_json(told.get("rooms")).get("join")).items():
                timeline = as_json(as_json(heard).get("timeline"))
                for event in as_objects(timeline.get("events")):
                    if event.get("type") == "m.room.message":
                        yield room, event


async def _updates(ask: Asker) -> AsyncIterator[tuple[object, object]]:
    offset = 0
    while True:
        for update in await ask.updates(offset=offset, timeout=20):
            offset = int(str(update["update_id"])) + 1
            message = as_object(update.get("message"))
            if "text" in message:
                yield as_object(message["chat"])["id"], message["text"]


@contextlib.asynccontextmanager
async def neighbours(number: int) -> AsyncIterator[Neighbours]:
    """Open everything but the program; its limits are off on both platforms."""
    with (
        tempfile.TemporaryDirectory(prefix="grannbro-bench-") as folder,
        homeserver_folder() as home,
    ):
        synapse = Synapse(Path(home))
        await asyncio.to_thread(synapse.start)
        try:
            async with Emulator() as emulator, People(synapse) as people:
                yield await _move_in(Path(folder), emulator, people, number)
        finally:
            synapse.stop()


async def _move_in(folder: Path, emulator: Emulator, people: People, number: int) -> Neighbours:
    town = emulator.town
    bot, bo = town.bot(), town.person("Bo")
    account = await people.account("granne", is_limited=False)
    anna, reader, ferry = await people.arrive("Anna", "Eva", "Karon")
    groups = []
    for where in range(number):
        room = await _room(anna, reader, account.id)
        chat = town.supergroup(f"Torget {where}", bo, bot)
        bo.manages(chat).promotes(bot)
        groups.append(Group(room=room, chat=chat))
    carrier = town.bot("carrier_bot", reads_all=True)
    bare = Group(
        room=await _room(anna, reader, ferry.id),
        chat=town.supergroup("Torget utan bot", bo, carrier),
    )
    await ferry.joins(bare.room)
    program = make_program(folder, emulator, bot, people.synapse, account)
    write_groups(program.config, [(group.chat.id, group.room) for group in groups])
    program.variables["GRANNBRO_RELAY__BURST_AFTER_LINES"] = "500"
    return Neighbours(
        emulator=emulator,
        people=people,
        anna=anna,
        reader=reader,
        bo=bo,
        echo=town.bot("echo_bot"),
        carrier=carrier,
        ferry=ferry,
        bare=bare,
        groups=groups,
        program=program,
        account=account,
    )


async def _room(anna: Person, reader: Person, *others: str) -> str:
    room = await anna.opens(invites=[reader, *others])
    await reader.joins(room)
    return room
