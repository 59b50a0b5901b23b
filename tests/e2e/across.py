"""One running program between rooms on both platforms, as those who write there see them."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.conftest import Program, free_port
from tests.emulators.telegram import Emulator
from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.chats import Chat, Topic
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.person import Person as Telegrammer
from tests.servers.matrix.people import Account, People
from tests.servers.matrix.person import Person
from tests.servers.matrix.sight import Seen
from tests.servers.matrix.synapse import Synapse
from tests.town import ROOT

PATIENCE_S = 60.0
VERSIONS = ("12", "11", "10", "9")
"""Of rooms: ids, powers and removals differ."""
GROUP = """\
[[group]]
slug = "alby-{number}"
name = "Alby grannar {number}"
area = "albyberget"
purpose = "Vi håller ögonen öppna"
controller = "Alby grannförening"
rooms = ["telegram:{telegram}", "matrix:{matrix}"]
"""


@dataclass(frozen=True, kw_only=True)
class Inner:
    """A group whose room on Telegram is a topic of a forum."""

    chat: Chat
    topic: Topic
    room: str


@dataclass(kw_only=True)
class Pair:
    """One group with a room on each platform; Anna on Matrix, Bo and Eva on Telegram."""

    people: People
    account: Account
    anna: Person
    room: str
    emulator: Emulator
    bot: Bot
    bo: Telegrammer
    eva: Telegrammer
    chat: Chat
    program: Program
    inner: Inner

    async def reads(self, text: str, fits: Callable[[Message], object] = bool) -> Message:
        """Wait until Bo sees a message of the bot's with these words that fits; the newest."""

        def found() -> list[Message]:
            return [m for m in self._carried_to_bo() if text in m.text and fits(m)]

        try:
            await self.emulator.town.until(found, timeout_s=PATIENCE_S)
        except TimeoutError:
            shown = "\n".join(f"{m.text!r} {m.content}" for m in self._carried_to_bo())
            raise AssertionError(f"Bo does not see that, but:\n{shown}") from None
        return found()[-1]

    async def vanishes(self, message: Message) -> None:
        """Wait until Bo sees a message no more."""
        await self.emulator.town.until(lambda: message.is_deleted, timeout_s=PATIENCE_S)

    async def sees(self, text: str, fits: Callable[[Seen], object] = bool) -> Seen:
        """Wait until Anna sees a message of the bot's with these words that fits; the newest."""

        def is_it(seen: Seen) -> object:
            return seen.sender == self.account.id and text in seen.text and fits(seen)

        return await self.anna.sees(self.room, is_it, within_s=PATIENCE_S)

    async def misses(self, event_id: str) -> None:
        """Wait until Anna sees a message no more."""

        def is_gone(seen: Sequence[Seen]) -> bool:
            return any(one.event_id == event_id and one.is_gone for one in seen)

        await self.anna.waits(self.room, is_gone, within_s=PATIENCE_S)

    def _carried_to_bo(self) -> list[Message]:
        return [message for message in self.bo.reads(self.chat) if message.author.is_bot]


@asynccontextmanager
async def pairs(synapse: Synapse, folder: Path, *, number: int) -> AsyncIterator[Sequence[Pair]]:
    """Start the program between some pairs of rooms; Telegram's limits hold."""
    async with Emulator() as emulator, People(synapse) as people:
        emulator.town.limits.is_on = True
        bot = emulator.town.bot()
        account = await people.account("granne", is_limited=False)
        anna = await people.arrives("Anna")
        program = make_program(folder, emulator, bot, synapse, account)
        bo, eva = emulator.town.person("Bo"), emulator.town.person("Eva")
        forum = emulator.town.forum("Alby föreningar", bo, bot)
        bo.manages(forum).promotes(bot)
        topic = bo.manages(forum).creates_topic("Odling")
        inner = Inner(chat=forum, topic=topic, room=await _room(anna, account, "odling"))
        made = [
            Pair(
                people=people,
                account=account,
                anna=anna,
                room=await _room(anna, account, str(where), version=VERSIONS[where]),
                emulator=emulator,
                bot=bot,
                bo=bo,
                eva=eva,
                chat=_chat(emulator, bo, eva, bot, where),
                program=program,
                inner=inner,
            )
            for where in range(number)
        ]
        within = f"{inner.chat.id}/{inner.topic.id}"
        rooms: list[tuple[object, str]] = [(pair.chat.id, pair.room) for pair in made]
        write_groups(program.config, [*rooms, (within, inner.room)])
        await program.start()
        try:
            for pair in made:
                await pair.sees("Så här blir rummet klart")
            yield made
        finally:
            await program.stop()


def make_program(
    folder: Path, emulator: Emulator, bot: Bot, synapse: Synapse, account: Account
) -> Program:
    """Make a program on both platforms, with all that is its own in one folder."""
    return Program(
        config=folder / "config",
        variables={
            "GRANNBRO_TELEGRAM__TOKEN": bot.token,
            "GRANNBRO_TELEGRAM__API_BASE": emulator.url,
            "GRANNBRO_MATRIX__HOMESERVER": synapse.url,
            "GRANNBRO_MATRIX__USER_ID": account.id,
            "GRANNBRO_MATRIX__PASSWORD": account.password,
            "GRANNBRO_DATA_DIR": str(folder / "var"),
            "GRANNBRO_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/var/grannbro.db",
            "GRANNBRO_WEB__PORT": str(free_port()),
        },
    )


async def _room(anna: Person, account: Account, name: str, *, version: str = "12") -> str:
    """Make a room; what the bot says of the rights that it lacks there tells when it is in."""
    return await anna.opens(f"Alby {name}", invites=[account.id], version=version)


def _chat(emulator: Emulator, bo: Telegrammer, eva: Telegrammer, bot: Bot, number: int) -> Chat:
    chat = emulator.town.supergroup(f"Alby torg {number}", bo, eva, bot)
    bo.manages(chat).promotes(bot)
    return chat


def write_groups(config: Path, rooms: Sequence[tuple[object, str]]) -> None:
    """Make a config folder with the example's areas and a group of each two rooms."""
    config.mkdir()
    (config / "areas").symlink_to(ROOT / "config" / "areas")
    (config / "areas.toml").symlink_to(ROOT / "config" / "areas.toml")
    groups = [
        GROUP.format(number=number, telegram=telegram, matrix=matrix)
        for number, (telegram, matrix) in enumerate(rooms)
    ]
    (config / "groups.toml").write_text("\n".join(groups), encoding="utf-8")
