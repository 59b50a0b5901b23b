"""Telegram at its limits, which an emulator keeps: how much of them is used, and what is added."""

import asyncio
import contextlib
import os
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from benchmarks.figures import Figure, percentile
from benchmarks.town import add_followers, installation_in, make_group, tell_followers
from bot.app import App, make_parts
from bot.bridges.telegram.client import TelegramBridge, make_bot
from bot.bridges.telegram.hearing import hear_by_polling
from bot.clock import SystemClock
from bot.domain.groups import Reach
from bot.domain.messages import Platform, RoomRef
from tests.emulators.asking import Asker
from tests.emulators.telegram import Emulator
from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.person import Person
from tests.emulators.telegram.wire import as_object

NEIGHBOURS = int(os.environ.get("BENCH_TELEGRAM_CHATS", "10000"))
"""Private chats that wait; so many take close to six minutes, 600 half a minute."""
ALLOWED_PER_S = 30
SENT_AT_ONCE = 30
REDS = 10
GROUPS = 40
"""So many that five lines a second are no more than each room may take."""
LINES, LINES_PER_S = 300, 5
UNCOUNTED = ("deleteMessage", "pinChatMessage", "unpinChatMessage")
START_S = 3.0
"""What is overdue is done right after the start; that is not what is measured here."""
PATIENCE_S = 60.0


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two rooms of one group, and somebody who stands in both."""

    here: Chat
    there: Chat
    neighbour: Person


@dataclass(kw_only=True)
class TelegramTown:
    """The bot against an emulated Telegram that refuses what comes too fast."""

    emulator: Emulator
    account: Bot
    pairs: Sequence[Pair]
    app: App
    folder: Path


@dataclass(kw_only=True)
class Watch:
    """When each line was written, and when it stood where it should.

    Attributes:
        where: Where a line is expected, by its text.
    """

    where: dict[str, Chat] = field(default_factory=dict)
    began_s: dict[str, float] = field(default_factory=dict)
    took_s: dict[str, float] = field(default_factory=dict)

    def expect(self, text: str, where: Chat) -> None:
        """Begin to wait for a line."""
        self.where[text], self.began_s[text] = where, asyncio.get_running_loop().time()

    def look(self) -> bool:
        """Note what has come since; True if nothing is waited for."""
        now_s = asyncio.get_running_loop().time()
        for text, chat in list(self.where.items()):
            shown = chat.messages.values()
            if any(text in message.text for message in shown if message.author.is_bot):
                self.took_s[text] = now_s - self.began_s[text]
                del self.where[text]
        return not self.where


async def telegram_queue() -> list[Figure]:
    """Send a notice to many private chats, and red reports while they wait."""
    async with _town(pairs=REDS, followers=NEIGHBOURS) as town, _running(town):
        service = town.emulator.town
        await tell_followers(town.app)
        watch = Watch()
        every = NEIGHBOURS // (REDS + 1)
        for number, pair in enumerate(town.pairs, start=1):
            await service.until(
                lambda goal=every * number: _told(town) >= goal,  # type: ignore[misc]
                timeout_s=NEIGHBOURS,
            )
            watch.expect(f"Rök ur fönster {number}", pair.there)
            pair.neighbour.writes(pair.here, f"/red Rök ur fönster {number}")
            await service.until(watch.look, timeout_s=PATIENCE_S)
        await service.until(lambda: _told(town) >= NEIGHBOURS, timeout_s=NEIGHBOURS)
        sent_s = sorted(service.limits.sent_s[town.account.id])
        calls, refused = town.account.calls, town.account.refusals[429]
    # The emulator counts neither what removes the lines that cards stand for nor what pins the
    # cards; the bot does.
    uncounted = sum(calls[method] for method in UNCOUNTED)
    steady = sent_s[SENT_AT_ONCE:]
    share = (len(steady) - 1 + uncounted) / (steady[-1] - steady[0]) / ALLOWED_PER_S
    how = f"{NEIGHBOURS} private chats through the outbox, {REDS} red reports meanwhile"
    return [
        Figure(
            what="Telegram: share of 30/s used while a queue waits",
            value=share * 100,
            unit="%",
            goal=98,
            more_is_better=True,
            how=how,
        ),
        Figure(what="Telegram: refused as too many", value=refused, unit="", goal=0, how=how),
        Figure(
            what="Telegram: red line to card in the other room behind the queue, slowest",
            value=max(watch.took_s.values()),
            unit="s",
            goal=1,
            how=how,
        ),
    ]


async def telegram_relay() -> list[Figure]:
    """Relay lines from room to room, beside a bot that does nothing but answer."""
    async with _town(pairs=GROUPS) as town, _running(town):
        service = town.emulator.town
        echo_bot = service.bot("echo_bot")
        relayed, echoed = Watch(), Watch()
        async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as tasks:
            echo = tasks.create_task(_echo(Asker(town.emulator, echo_bot, session)))
            looking = tasks.create_task(_look(town, relayed, echoed))
            for number in range(LINES):
                pair, text = town.pairs[number % GROUPS], f"Rad {number:04}"
                relayed.expect(text, pair.there)
                pair.neighbour.writes(pair.here, text)
                private = service.private(pair.neighbour.user, echo_bot)
                echoed.expect(text, private)
                pair.neighbour.writes(echo_bot, text)
                await asyncio.sleep(1 / LINES_PER_S)
            await service.until(
                lambda: not relayed.where and not echoed.where, timeout_s=PATIENCE_S
            )
            echo.cancel()
            looking.cancel()
    return [*_relay_figures(list(relayed.took_s.values()), list(echoed.took_s.values()))]


def _relay_figures(relayed_s: Sequence[float], echoed_s: Sequence[float]) -> list[Figure]:
    how = f"{LINES} lines, {LINES_PER_S}/s over {GROUPS} groups, less the emulator's round trip"
    figures = [
        Figure(
            what="yardstick: a line to a bare bot and back over the emulator, p50",
            value=percentile(echoed_s, 0.5) * 1000,
            unit="ms",
            how="getUpdates, sendMessage, nothing else, in the same run",
        )
    ]
    for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)):
        added_s = percentile(relayed_s, share) - percentile(echoed_s, share)
        what = f"relay Telegram to Telegram, added latency, {name}"
        figures.append(Figure(what=what, value=added_s * 1000, unit="ms", how=how))
    return figures


async def _echo(ask: Asker) -> None:
    """Say back what is said, as barely as a bot can."""
    offset = 0
    while True:
        for update in await ask.updates(offset=offset, timeout=20):
            offset = int(str(update["update_id"])) + 1
            message = as_object(update["message"])
            chat = as_object(message["chat"])
            await ask("sendMessage", chat_id=chat["id"], text=message["text"])


async def _look(town: TelegramTown, *watches: Watch) -> None:
    """Look after each change, until cancelled."""

    def look() -> bool:
        for watch in watches:
            watch.look()
        return False

    await town.emulator.town.until(look, timeout_s=LINES)


def _told(town: TelegramTown) -> int:
    return town.account.calls["sendMessage"]


@contextlib.asynccontextmanager
async def _town(*, pairs: int, followers: int = 0) -> AsyncIterator[TelegramTown]:
    """Open a town in a folder of its own; its bot is not running yet."""
    with tempfile.TemporaryDirectory(prefix="grannbro-bench-") as name:
        folder, clock = Path(name), SystemClock()
        async with Emulator() as emulator:
            emulator.town.limits.is_on = emulator.town.limits.counts_edits = True
            account = emulator.town.bot()
            made = [_pair(emulator, account, number) for number in range(pairs)]
            groups = [
                make_group(
                    f"grannar-{number}", _ref(pair.here), _ref(pair.there), reach=Reach.GROUP
                )
                for number, pair in enumerate(made)
            ]
            bot = make_bot(account.token, clock=clock, api_base=emulator.url)
            parts = make_parts(installation_in(folder, *groups), clock)
            app = App(
                parts,
                [
                    TelegramBridge(
                        bot=bot, ears=hear_by_polling(bot, clock), media=parts.media, clock=clock
                    )
                ],
            )
            await app.open()
            add_followers(folder, [_begun(emulator, account, n) for n in range(followers)])
            try:
                yield TelegramTown(
                    emulator=emulator, account=account, pairs=made, app=app, folder=folder
                )
            finally:
                await app.close()


def _pair(emulator: Emulator, account: Bot, number: int) -> Pair:
    town = emulator.town
    neighbour = town.person(f"Anna {number}")
    here = town.supergroup(f"Torget {number}", neighbour, account)
    there = town.supergroup(f"Backen {number}", neighbour, account)
    for chat in (here, there):
        neighbour.manages(chat).promotes(account)
    return Pair(here=here, there=there, neighbour=neighbour)


def _begun(emulator: Emulator, account: Bot, number: int) -> str:
    """Let somebody have written to the bot before, and the bot have read it."""
    person = emulator.town.person(f"Granne {number}")
    person.starts(account)
    account.queue.waiting.clear()
    return str(person.user.id)


def _ref(chat: Chat) -> RoomRef:
    return RoomRef(Platform.TELEGRAM, str(chat.id))


@contextlib.asynccontextmanager
async def _running(town: TelegramTown) -> AsyncIterator[None]:
    """Run the bot beside what is measured."""
    async with asyncio.TaskGroup() as tasks:
        bot = tasks.create_task(town.app.run())
        await asyncio.sleep(START_S)
        yield
        bot.cancel()
