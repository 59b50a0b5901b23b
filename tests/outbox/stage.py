"""An outbox over a real database and a bridge in memory; subjects show what the test says."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.bridges.memory import MemoryBridge
from bot.domain.areas import AreaMap
from bot.domain.copies import Copy, Subject, SubjectKind
from bot.domain.effects import Effect, OnDoubt, Urgency
from bot.domain.messages import Platform, RoomRef
from bot.domain.outgoing import Button, OutgoingMessage
from bot.domain.richtext import rich
from bot.domain.routing import Audience, RoomRoute
from bot.outbox.performing import Performer
from bot.outbox.worker import Outbox
from bot.outbox.writing import Task, Writer
from bot.ports.bridge import Capabilities
from bot.ports.showing import Renderer, Showing
from bot.storage.database import Database
from bot.texts import load_texts
from tests.town import FakeClock, alby

NOW = timedelta(0)


def room(name: str) -> RoomRef:
    """A room on the stage's platform."""
    return RoomRef(Platform.TELEGRAM, name)


def subject(name: str) -> Subject:
    """Something that copies can show."""
    return Subject(SubjectKind.NOTICE, name)


def route(name: str) -> RoomRoute:
    """The way to a room."""
    return RoomRoute(room=room(name), audience=Audience.ROOM)


class QuickClock(FakeClock):
    """Moves as far as somebody wants to wait, after a moment in which things may happen."""

    async def wait(self, event: asyncio.Event, *, at_most_s: float) -> None:
        """Wait for the event, or let the time be up."""
        try:
            async with asyncio.timeout(0.002):
                await event.wait()
        except TimeoutError:
            self.at += timedelta(seconds=at_most_s)


class Stage:
    """What an outbox needs, with a hand on every part of it.

    Attributes:
        says: What each subject shows by its name; one that is missing is gone.
        hung: Which subjects hang at the top of the rooms that are gathered in a group.
    """

    def __init__(self, database: Database, clock: FakeClock, *, repeats_safely: bool) -> None:
        self.database = database
        self.clock = clock
        self.says: dict[str, str] = {}
        self.hung: set[str] = set()
        self.bridge = MemoryBridge(
            Platform.TELEGRAM,
            Capabilities(repeats_safely=repeats_safely, can_redact_others=True, can_pin=True),
        )
        self.writer = Writer(
            clock=clock,
            texts=load_texts(zone=ZoneInfo("Europe/Stockholm")),
            areas=AreaMap(()),
            renderers=dict.fromkeys(SubjectKind, Renderer(self._show)),
            default_language="sv",
        )
        self.performer = Performer(bridge=self.bridge, writer=self.writer)
        self.outbox = self.new_outbox()

    def new_outbox(self) -> Outbox:
        """Another worker, as after a restart: what the last one knew is gone."""
        self.outbox = Outbox(store=self.database, clock=self.clock, performer=self.performer)
        return self.outbox

    async def crashes(self) -> None:
        """The process dies and starts again."""
        await self.new_outbox().recover()

    async def gathers(self, *rooms: str) -> None:
        """Let rooms be one group's."""
        async with self.database.write() as uow:
            await uow.groups.put(alby(rooms=tuple(map(room, rooms))))

    async def spreads(
        self,
        name: str,
        *rooms: str,
        urgency: Urgency = Urgency.TALK,
        on_doubt: OnDoubt = OnDoubt.REPEAT_ONCE,
    ) -> int:
        """Queue the first showing of a subject in rooms."""
        self.says.setdefault(name, name)
        routes = [route(where) for where in rooms]
        async with self.database.write() as uow:
            return await uow.copies.spread(
                subject(name), routes, urgency=urgency, on_doubt=on_doubt
            )

    async def changes(
        self,
        name: str,
        text: str,
        *,
        urgency: Urgency = Urgency.TALK,
        after: timedelta = NOW,
    ) -> None:
        """Let a subject show something else."""
        self.says[name] = text
        async with self.database.write() as uow:
            await uow.copies.refresh(subject(name), urgency=urgency, after=after)

    async def withdraws(self, name: str) -> int:
        """Erase a subject with all its copies."""
        self.says.pop(name, None)
        async with self.database.write() as uow:
            return await uow.copies.withdraw(subject(name))

    async def claims(self, *, busy: Sequence[str] = (), limit: int = 8) -> Sequence[Effect]:
        """What the outbox would perform next."""
        async with self.database.read() as uow:
            return await uow.outbox.claim(
                Platform.TELEGRAM, self.clock.now(), limit=limit, busy=busy
            )

    async def begins(self, *effects: Effect) -> None:
        """Note that sends begin."""
        async with self.database.write() as uow:
            await uow.outbox.start(effects)

    async def written(self, effect: Effect) -> Task:
        """An effect with what it shows now."""
        async with self.database.read() as uow:
            (task,) = await self.writer.write([effect], uow)
        return task

    async def copies(self, name: str) -> Sequence[Copy]:
        """All copies of a subject."""
        async with self.database.read() as uow:
            return await uow.copies.of(subject(name))

    async def dead(self) -> int:
        """How many effects were given up."""
        async with self.database.read() as uow:
            return (await uow.outbox.depth(Platform.TELEGRAM)).given_up

    async def waiting(self) -> int:
        """How many effects wait."""
        async with self.database.read() as uow:
            return (await uow.outbox.depth(Platform.TELEGRAM)).waiting

    def seen_in(self, where: str) -> list[str]:
        """What a room shows, oldest first."""
        return [s.text for s in self.bridge.shown if s.to == room(where) and not s.removed]

    async def _show(self, showing: Showing) -> OutgoingMessage | None:
        said = self.says.get(showing.subject.id)
        if said is None:
            return None
        rows = ((Button(label="Sett", data="seen"),),)
        group = alby().id if showing.subject.id in self.hung else None
        return OutgoingMessage(text=rich(said), rows=rows, pinned_in=group)


def stage_in(folder: Path, clock: FakeClock, *, repeats_safely: bool) -> Stage:
    """Make a stage over the databases of a folder; its database is to be opened."""
    database = Database(
        f"sqlite+aiosqlite:///{folder}/grannbro.db",
        keys_url=f"sqlite+aiosqlite:///{folder}/keys.db",
        clock=clock,
    )
    return Stage(database, clock, repeats_safely=repeats_safely)
