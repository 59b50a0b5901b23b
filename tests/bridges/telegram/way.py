"""Both ends of a bridge: the whole bot, an emulated Telegram, and a Matrix in memory."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.app import App, make_parts
from bot.bridges.memory import MemoryBridge, Shown
from bot.bridges.telegram.client import TelegramBridge, make_bot
from bot.bridges.telegram.hearing import Hearing, hear_by_polling
from bot.bridges.telegram.polling import Polling
from bot.domain.messages import Platform, RoomRef
from bot.ports.bridge import Capabilities
from bot.settings.options import Options
from tests.bridges.telegram.stage import ServiceClock
from tests.emulators.telegram import Emulator, Town
from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.person import Person
from tests.town import EVA, MX, MX_ROOM, FakeClock, alby, installation
from tests.town import Town as People


@dataclass(kw_only=True)
class Way:
    """Both ends of a bridge; Eva on Matrix is who looks after it."""

    app: App
    emulator: Emulator
    account: Bot
    anna: Person
    chat: Chat
    people: People
    bridge: TelegramBridge

    @property
    def ears(self) -> Hearing:
        """What hears Telegram."""
        assert isinstance(self.bridge.ears, Hearing)
        return self.bridge.ears

    @property
    def polling(self) -> Polling:
        """What asks it."""
        assert isinstance(self.ears.source, Polling)
        return self.ears.source

    async def asks(self) -> None:
        """Let the bot ask Telegram once."""
        await self.polling._round(self.ears.keeper(self.app.inbox.accept))

    async def settles(self, *, seconds: float = 0) -> None:
        """Let the bot hear, handle and perform all that there is, and again after some time."""
        await self._once()
        if seconds:
            await self.people.passes(seconds=seconds)
            await self._once()

    async def _once(self) -> None:
        while self.account.queue.waiting:
            await self.asks()
            if not self.polling._offset:
                break
            self.account.queue.confirm(self.polling._offset)
        await self.people.settle()

    @property
    def shown(self) -> list[Shown]:
        """What stands on the other side."""
        return self.people.in_room(MX_ROOM)

    @property
    def texts(self) -> list[str]:
        """What the bot has written in the group on Telegram, as Anna reads it."""
        return self.reads(self.chat)

    async def answers(self, *answers: str) -> None:
        """Let Anna press the buttons of the latest private messages that have them, in turn."""
        for label in answers:
            asked = [m for m in self.told if any(label in name for name in m.buttons)]
            self.anna.presses(asked[-1], label)
            await self.settles(seconds=5)

    @property
    def told(self) -> list[Message]:
        """What the bot has written to Anna in private."""
        return [m for m in self.anna.reads(self.account) if m.author.is_bot]

    def reads(self, chat: Chat) -> list[str]:
        """What the bot has written in a chat, as Anna reads it."""
        return [m.text for m in self.anna.reads(chat) if m.author.is_bot]


@asynccontextmanager
async def open_way(folder: Path) -> AsyncIterator[Way]:
    """Open a group on Telegram and a room on Matrix that mirror each other."""
    clock = FakeClock()
    async with Emulator(Town(ServiceClock(clock))) as emulator:
        town = emulator.town
        account, anna = town.bot("grannbro_bot", reads_all=True), town.person("Anna")
        chat = town.group("Alby", anna, account)
        people, bridge = await _made(folder, clock, emulator, chat, account)
        way = Way(
            app=people.app,
            emulator=emulator,
            account=account,
            anna=anna,
            chat=chat,
            people=people,
            bridge=bridge,
        )
        async with way.polling.request:
            yield way
        await people.app.close()
        await bridge.close()


async def _made(
    folder: Path, clock: FakeClock, emulator: Emulator, chat: Chat, account: Bot
) -> tuple[People, TelegramBridge]:
    room = RoomRef(Platform.TELEGRAM, str(chat.id))
    options = Options(
        database_url=f"sqlite+aiosqlite:///{folder}/grannbro.db",
        data_dir=folder,
        owners=(str(EVA),),
    )
    groups = (alby(rooms=(room, MX_ROOM)),)
    parts = make_parts(installation(folder, groups=groups, options=options), clock)
    bot = make_bot(account.token, clock=clock, api_base=emulator.url)
    ears = hear_by_polling(bot, clock)
    assert isinstance(ears.source, Polling)
    ears.source.wait_s = 0
    telegram = TelegramBridge(bot=bot, ears=ears, media=parts.media, clock=clock)
    able = Capabilities(repeats_safely=True, can_redact_others=False, reactions=20)
    matrix = MemoryBridge(MX, able)
    people = People(App(parts, [telegram, matrix]), clock, matrix, matrix)
    await telegram.open()
    await people.app.open()
    await ears._learn_name(people.app.inbox.accept)
    return people, telegram
