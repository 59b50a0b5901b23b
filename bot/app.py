"""The composition root: the one file that names concrete classes."""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from bot import networks
from bot.bridges.web.changes import Changes
from bot.bridges.web.client import WebBridge
from bot.bridges.web.keeping import WebKeeping
from bot.bridges.web.platform import WebPlatform
from bot.configure import configure, require_possible, tell_what_is_missing, tell_who_is_missing
from bot.dispatch.context import Scene
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.keeping import InboxKeeping
from bot.dispatch.worker import InboxWorker
from bot.handlers import FEATURES, HOLDINGS, PERSON, SHOWS
from bot.outbox import keeping as outbox_keeping
from bot.outbox.mailing import Mailing
from bot.outbox.performing import Performer
from bot.outbox.spreading import Spreading
from bot.outbox.worker import Outbox
from bot.outbox.writing import Writer
from bot.ports.address_books import AddressBook
from bot.ports.bells import Errand
from bot.ports.bridge import Bridge
from bot.ports.clock import Clock
from bot.ports.mailer import Mailer
from bot.schedule import strays
from bot.schedule.address_books import AddressBooks
from bot.schedule.ticks import Ticks
from bot.schedule.timer import Timer
from bot.settings.loading import Installation
from bot.storage.area_pictures import DrawnAreas
from bot.storage.database import Database
from bot.storage.media import SealedFiles
from bot.texts import Texts, load_texts
from bot.web.chat import ChatPages
from bot.web.health import Health
from bot.web.server import WebServer

DRAIN_LOOK_S = 0.1

log = structlog.get_logger("app")


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What everything else is built on."""

    installation: Installation
    clock: Clock
    database: Database
    media: SealedFiles
    pictures: DrawnAreas
    texts: Texts


def make_parts(installation: Installation, clock: Clock) -> Parts:
    """Make the parts; nothing is opened yet.

    Raises:
        ConfigError: The options ask for something that this version does not have.
    """
    options = installation.options
    texts = load_texts(zone=options.zone)
    require_possible(installation, texts.languages)
    database = Database(
        options.database_url,
        keys_url=options.keys_address,
        clock=clock,
        default_language=options.language,
    )
    return Parts(
        installation=installation,
        clock=clock,
        database=database,
        media=SealedFiles(Path(options.data_dir) / "media", database.vault),
        pictures=DrawnAreas(Path(options.data_dir) / "pictures", installation.areas),
        texts=texts,
    )


class App:
    """The whole bot, wired."""

    def __init__(
        self,
        parts: Parts,
        bridges: Sequence[Bridge],
        *,
        changes: Changes | None = None,
        address_books: Sequence[AddressBook] = (),
        mailer: Mailer | None = None,
    ) -> None:
        self.parts = parts
        self.bridges = {bridge.platform: bridge for bridge in bridges}
        self.holdings = (
            *HOLDINGS,
            InboxKeeping(self.bridges).holding,
            outbox_keeping.HOLDING,
            strays.HOLDING,
            AddressBooks(address_books).holding,
            # Its rows are there whether it is served or not.
            WebKeeping(changes or Changes()).holding,
            PERSON,
        )
        writer = Writer(
            clock=parts.clock,
            texts=parts.texts,
            areas=parts.installation.areas,
            renderers=SHOWS,
            default_language=parts.installation.options.language,
        )
        self.outboxes = [
            Outbox(
                store=parts.database,
                clock=parts.clock,
                performer=Performer(bridge=bridge, writer=writer),
            )
            for bridge in bridges
        ]
        self.spreading = Spreading(
            store=parts.database,
            clock=parts.clock,
        )
        self.mailing = self._mailing(mailer) if mailer else None
        self.inbox = InboxWorker(
            store=parts.database,
            clock=parts.clock,
            dispatcher=self._dispatcher(),
        )
        self._hang_bells()
        self.ticks = Ticks(
            store=parts.database,
            clock=parts.clock,
            media=parts.media,
            keys=parts.database,
            areas=parts.installation.areas,
            lifetimes=parts.installation.options.retention.lifetimes,
            zone=parts.installation.options.zone,
            holdings=self.holdings,
        )

    def _hang_bells(self) -> None:
        bells = self.parts.database.bells
        for platform, outbox in zip(self.bridges, self.outboxes, strict=True):
            bells.wake(outbox.wake, on=platform)
        bells.wake(self.spreading.wake, on=Errand.SPREADING)
        if self.mailing is not None:
            bells.wake(self.mailing.wake, on=Errand.MAILING)

    async def open(self) -> None:
        """Open the database, bring it to this version's shape, and store the configuration."""
        await self.parts.database.open()
        await configure(self.parts.installation, self.parts.database, self.parts.clock.now())

    async def run(self, *others: Coroutine[object, object, None]) -> None:
        """Do everything until cancelled; `others` run beside it, and end with it."""
        if self.mailing is None:
            tell_what_is_missing(self.parts.installation)
        tell_who_is_missing(self.parts.installation)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.inbox.run())
            tasks.create_task(self.spreading.run())
            for outbox in self.outboxes:
                tasks.create_task(outbox.run())
            if self.mailing is not None:
                tasks.create_task(self.mailing.run())
            for bridge in self.bridges.values():
                tasks.create_task(bridge.run(self.inbox))
            tasks.create_task(Timer(self.ticks).run())
            for other in others:
                tasks.create_task(other)
            log.info("app.started", platforms=[platform.value for platform in self.bridges])

    async def deliver(self, work: Coroutine[object, object, object]) -> None:
        """Do one piece of work and perform all effects that are due; take no updates."""
        async with asyncio.TaskGroup() as tasks:
            senders = [tasks.create_task(outbox.run()) for outbox in self.outboxes]
            senders.append(tasks.create_task(self.spreading.run()))
            await work
            while await self.waiting():
                await self.parts.clock.sleep(DRAIN_LOOK_S)
            for sender in senders:
                sender.cancel()

    async def waiting(self) -> int:
        """Count the effects that wait on all platforms, and what more are to come of."""
        async with self.parts.database.read() as uow:
            depths = [await uow.outbox.depth(platform) for platform in self.bridges]
            under_way = await uow.copies.under_way()
        return under_way + sum(depth.waiting for depth in depths)

    async def close(self) -> None:
        """Let go of the database."""
        await self.parts.database.close()

    def _mailing(self, mailer: Mailer) -> Mailing:
        parts = self.parts
        return Mailing(
            store=parts.database,
            clock=parts.clock,
            mailer=mailer,
            texts=parts.texts,
        )

    def _dispatcher(self) -> Dispatcher:
        parts = self.parts
        return Dispatcher(
            store=parts.database,
            clock=parts.clock,
            bridges=self.bridges,
            features=FEATURES,
            scene=Scene(
                texts=parts.texts,
                areas=parts.installation.areas,
                media=parts.media,
                pictures=parts.pictures,
                lifetimes=parts.installation.options.retention.lifetimes,
                holdings=self.holdings,
                sign=parts.database.vault.sign,
                burst_after_lines=parts.installation.options.relay.burst_after_lines,
                platforms={one.platform: one.capabilities for one in self.bridges.values()},
                can_mail=self.mailing is not None,
                mail_caps=parts.installation.options.mail.caps,
            ),
            media=parts.media,
            texts=parts.texts,
        )


class WholeApp(App):
    """The bot with its web chat, and on every network that the options name."""

    def __init__(self, parts: Parts, *, mailer: Mailer | None = None) -> None:
        self.web = WebBridge(store=parts.database, media=parts.media, clock=parts.clock)
        self.platform = WebPlatform(self.web, parts.installation.areas)
        self.telegram = networks.telegram(
            parts.installation,
            store=parts.database,
            media=parts.media,
            texts=parts.texts,
            clock=parts.clock,
        )
        bridges: list[Bridge] = [self.web]
        if self.telegram is not None:
            bridges.append(self.telegram)
        matrix = networks.matrix(
            parts.installation,
            media=parts.media,
            clock=parts.clock,
            secret=parts.database.vault.secret,
        )
        if matrix is not None:
            bridges.append(matrix)
        super().__init__(
            parts,
            bridges,
            changes=self.web.changes,
            address_books=() if matrix is None else (matrix,),
            mailer=mailer or networks.mailer(parts.installation),
        )

    def server(self, *, open_to_all: bool = False) -> WebServer:
        """Make the web server; pages have to be registered before it runs."""
        options = self.parts.installation.options
        return WebServer(
            options=options.web,
            port_set_in=self.parts.installation.sources.of("web", "port"),
            data_dir=options.data_dir,
            platform=self.platform,
            media=self.parts.media,
            health=Health(
                store=self.parts.database,
                clock=self.parts.clock,
                bridges=self.bridges,
                inbox=self.inbox,
                outboxes=self.outboxes,
            ),
            open_to_all=open_to_all,
            webhook=self.telegram.ears.webhook if self.telegram else None,
        )

    def chat_pages(self) -> ChatPages:
        """Make the pages of the web chat."""
        options = self.parts.installation.options
        return ChatPages(
            platform=self.platform,
            texts=self.parts.texts,
            zone=options.zone,
            language=options.language,
        )
