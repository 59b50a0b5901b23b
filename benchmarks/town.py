"""A town large enough to measure: one platform in memory, any number of followers."""

import asyncio
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.app import App, make_parts
from bot.bridges.memory import MemoryBridge
from bot.clock import SystemClock
from bot.domain.areas import AreaId
from bot.domain.commands import parse_command
from bot.domain.groups import Access, Group, GroupId, GroupKind, Reach
from bot.domain.incoming import IncomingMessage, RawUpdate
from bot.domain.messages import MessageRef, Platform, Recipient, RoomRef, UserRef
from bot.domain.notices import Notice, NoticeId
from bot.domain.organisations import OrganisationId
from bot.domain.outgoing import OutgoingMessage
from bot.domain.reports import Priority
from bot.domain.richtext import rich
from bot.domain.senders import Sender
from bot.handlers.notices import spread_notice
from bot.ports.bridge import Capabilities
from bot.settings.areas import load_areas
from bot.settings.loading import Installation
from bot.settings.options import Options
from bot.settings.sources import Sources

ROOM = RoomRef(Platform.TELEGRAM, "-1")
MIRROR = RoomRef(Platform.TELEGRAM, "-2")
AREA = AreaId("albyberget")
FOLLOWED = AreaId("fittja")
ALL_KINDS = (1 << 30) - 1


@dataclass
class TimedBridge(MemoryBridge):
    """Notes when each send begins; a send takes as long as told.

    Attributes:
        takes_s: How long the platform takes for a send.
        began: Loop time of each send, with what was sent.
    """

    takes_s: float = 0.0
    began: list[tuple[float, str]] = field(default_factory=list)
    on_send: Callable[[str], None] = lambda _text: None

    async def send(
        self, to: Recipient, message: OutgoingMessage, *, key: str
    ) -> Sequence[MessageRef]:
        """Take note and time."""
        self.began.append((asyncio.get_running_loop().time(), message.text.plain))
        self.on_send(message.text.plain)
        if self.takes_s:
            await asyncio.sleep(self.takes_s)
        return await super().send(to, message, key=key)


@dataclass
class BenchTown:
    """The bot, its one platform and the folder it lives in."""

    app: App
    bridge: TimedBridge
    folder: Path
    written: int = 0

    def line(self, user: str, text: str) -> RawUpdate:
        """Make the update of somebody who writes in the group's room."""
        self.written += 1
        said = rich(text)
        message = IncomingMessage(
            ref=MessageRef(ROOM, f"m{self.written}"),
            sender=Sender(user=UserRef(Platform.TELEGRAM, user), name="Anna"),
            sent_at=datetime.now(UTC),
            text=said,
            is_direct=False,
            command=parse_command(said, prefixes=("/",)),
        )
        return self.bridge.raw(message)

    async def tells_followers(self) -> None:
        """Store a green notice for all who follow."""
        await tell_followers(self.app)


async def tell_followers(app: App) -> None:
    """Store a green notice for all who follow."""
    now = datetime.now(UTC)
    notice = Notice(
        id=NoticeId("n1"),
        organisation=OrganisationId("polisen"),
        areas=(FOLLOWED,),
        priority=Priority.GREEN,
        title="Information",
        text="Vi är i området i kväll.",
        link=None,
        happened_at=None,
        published_at=now,
    )
    areas = app.parts.installation.areas
    async with app.parts.database.write() as uow:
        await spread_notice(notice, uow=uow, areas=areas, now=now)


@asynccontextmanager
async def bench_town(
    *, followers: int = 0, repeats_safely: bool = False
) -> AsyncIterator[BenchTown]:
    """Open a town in a folder of its own; its bot is not running yet."""
    folder = Path(tempfile.mkdtemp(prefix="grannbro-bench-"))
    bridge = TimedBridge(
        Platform.TELEGRAM, Capabilities(repeats_safely=repeats_safely, can_redact_others=True)
    )
    app = App(
        make_parts(installation_in(folder, make_group("alby", ROOM, MIRROR)), SystemClock()),
        [bridge],
    )
    await app.open()
    if followers:
        add_followers(folder, [f"p{number}" for number in range(followers)])
    try:
        yield BenchTown(app, bridge, folder)
    finally:
        await app.close()
        shutil.rmtree(folder)


def add_followers(folder: Path, people: Sequence[str]) -> None:
    """Let accounts follow the area, put straight into the databases."""
    now = "2026-01-01 00:00:00.000000"
    keys = {person: AESGCM.generate_key(bit_length=256) for person in people}
    with sqlite3.connect(folder / "keys.db") as vault:
        vault.executemany(
            "INSERT INTO keys (owner, key) VALUES (?, ?)",
            ((f"person:{person}", key) for person, key in keys.items()),
        )
    with sqlite3.connect(folder / "grannbro.db") as store:
        store.executemany(
            "INSERT INTO people (id, language, language_source, created_at)"
            " VALUES (?, 'sv', 0, ?)",
            ((person, now) for person in people),
        )
        store.executemany(
            "INSERT INTO identities (hash, platform, person_id, user_id)"
            " VALUES (?, 'telegram', ?, ?)",
            ((f"h{person}", person, _sealed(keys[person], person)) for person in people),
        )
        store.executemany(
            "INSERT INTO subscriptions (person_id, followed, at_least, kinds, created_at)"
            " VALUES (?, ?, 1, ?, ?)",
            ((person, f"area:{FOLLOWED}", ALL_KINDS, now) for person in people),
        )
        store.execute(
            "INSERT INTO routes (place, at_least, person_id, subscription_id, kinds)"
            " SELECT ?, at_least, person_id, id, kinds FROM subscriptions",
            (FOLLOWED,),
        )


def _sealed(key: bytes, value: str) -> bytes:
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, json.dumps(value).encode(), b"identities.user_id")


def make_group(slug: str, *rooms: RoomRef, reach: Reach = Reach.AREA) -> Group:
    """Make an open group of neighbours."""
    return Group(
        id=GroupId(slug),
        name="Alby grannar",
        kind=GroupKind.NEIGHBOURHOOD,
        area=AREA,
        access=Access.OPEN,
        reports_reach=reach,
        purpose="-",
        controller="-",
        languages=("sv",),
        rooms=rooms,
    )


def installation_in(folder: Path, *groups: Group) -> Installation:
    """Make an installation that keeps all it has in a folder."""
    options = Options(database_url=f"sqlite+aiosqlite:///{folder}/grannbro.db", data_dir=folder)
    return Installation(
        options=options,
        sources=Sources(folder=Path("config")),
        areas=load_areas(Path("config")),
        groups=groups,
        organisations=(),
    )
