"""The whole bot with two platforms in memory; reads like a story in tests."""

import asyncio
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import App, make_parts
from bot.bridges.memory import MemoryBridge, Shown, private_room
from bot.domain.cleaning import clean_text
from bot.domain.commands import parse_command
from bot.domain.groups import Access, Group, GroupId, GroupKind, Reach
from bot.domain.incoming import (
    Incoming,
    IncomingDeletion,
    IncomingEdit,
    IncomingMessage,
    IncomingPress,
    IncomingReaction,
)
from bot.domain.messages import (
    Attachment,
    MediaKind,
    MessageRef,
    Platform,
    Position,
    RoomRef,
    UserRef,
)
from bot.domain.notices import Notice
from bot.domain.organisations import Organisation, OrganisationId
from bot.domain.people import Role
from bot.domain.richtext import RichText, rich
from bot.domain.rights import Right
from bot.domain.senders import Sender
from bot.handlers.notices import spread_notice
from bot.ports.bridge import Capabilities
from bot.ports.holdings import Pace
from bot.settings.areas import load_areas
from bot.settings.loading import Installation
from bot.settings.options import Options
from bot.settings.organisations import ConfiguredOrganisation
from bot.settings.sources import Sources
from tests.mailbox import Mailbox

ROOT = Path(__file__).parent.parent
AREAS = load_areas(ROOT / "config")
IN_ALBYBERGET, AT_SEA = Position(59.2414, 17.8471), Position(55.0, 16.0)
START = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

TG, MX = Platform.TELEGRAM, Platform.MATRIX
TG_ROOM, MX_ROOM = RoomRef(TG, "-1001"), RoomRef(MX, "!alby:hem.se")
SHOPS = RoomRef(TG, "-1002")
DESK = RoomRef(MX, "!polis:hem.se")

ANNA, BO, CILLA, DAVID = (UserRef(TG, n) for n in ("1", "2", "3", "4"))
EVA = UserRef(MX, "@eva:hem.se")
POLICE = UserRef(MX, "@polis:hem.se")
OWNER = UserRef(TG, "99")
NAMES = {ANNA: "Anna", BO: "Bo", CILLA: "Cilla", DAVID: "David", EVA: "Eva", POLICE: "Pia Polis"}


SIGNS = ("🔴", "🟡", "🟢")
KEPT_TABLES = (
    "reports", "report_marks", "report_updates", "subscriptions", "consents", "relays",
    "relay_reactions",
)  # fmt: skip


class FakeClock:
    """Stands still until told to move."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        await asyncio.sleep(0)

    async def wait(self, event: asyncio.Event, *, at_most_s: float) -> None:
        if not event.is_set():
            await self.sleep(at_most_s)


def alby(**changes: object) -> Group:
    """An open group of Albyberget with a room on each platform."""
    group = Group(
        id=GroupId("alby-grannar"),
        name="Alby grannar",
        kind=GroupKind.NEIGHBOURHOOD,
        area=AREAS.chain("albyberget")[0],
        access=Access.OPEN,
        reports_reach=Reach.AREA,
        purpose="Vi håller ögonen öppna",
        controller="Alby grannförening",
        languages=("sv",),
        rooms=(TG_ROOM, MX_ROOM),
    )
    return replace(group, **changes)  # type: ignore[arg-type]  # named fields of Group


def shops() -> Group:
    """A locked group of the shops in Gamla stan."""
    return alby(
        id=GroupId("butikerna"),
        name="Butikerna i Gamla stan",
        kind=GroupKind.RETAIL_CENTRE,
        area=AREAS.chain("gamla-stan")[0],
        access=Access.LOCKED,
        reports_reach=Reach.GROUP,
        rooms=(SHOPS,),
    )


def police() -> ConfiguredOrganisation:
    """The police of Botkyrka with a desk on Matrix."""
    organisation = Organisation(
        id=OrganisationId("polisen"),
        name="Polisen",
        role=Role.POLICE,
        areas=frozenset({AREAS.chain("botkyrka")[0]}),
        mail_domains=("polisen.se",),
        desk_rooms=(DESK,),
    )
    return ConfiguredOrganisation(organisation=organisation, people=(POLICE,))


def installation(folder: Path, **changes: object) -> Installation:
    """A small town: two groups and the police."""
    options = Options(
        database_url=f"sqlite+aiosqlite:///{folder}/grannbro.db",
        data_dir=folder,
        owners=(str(OWNER),),
    )
    town = Installation(
        options=options,
        sources=Sources(folder=ROOT / "config"),
        areas=AREAS,
        groups=(alby(), shops()),
        organisations=(police(),),
    )
    return replace(town, **changes)  # type: ignore[arg-type]  # named fields of Installation


@dataclass
class Town:
    """The bot and everybody who talks with it."""

    app: App
    clock: FakeClock
    telegram: MemoryBridge
    matrix: MemoryBridge
    written: int = 0
    language: str | None = None
    is_busy: bool = False
    names: dict[UserRef, str] = field(default_factory=lambda: dict(NAMES))
    mailbox: Mailbox = field(default_factory=Mailbox)

    async def writes(
        self,
        user: UserRef,
        where: RoomRef | None,
        text: str | RichText,
        *,
        reply_to: MessageRef | None = None,
        photos: tuple[bytes, ...] = (),
        files: Mapping[str, bytes] | None = None,
        position: Position | None = None,
    ) -> MessageRef:
        """Let somebody write in a room, or in private if `where` is None; let the bot settle."""
        said = clean_text(text if isinstance(text, RichText) else rich(text))
        ref = self.new_ref(user, where)
        bridge = self.bridge(user.platform)
        message = IncomingMessage(
            ref=ref,
            sender=self.sender(user),
            sent_at=self.clock.now(),
            text=said,
            is_direct=where is None,
            command=parse_command(said, prefixes=bridge.capabilities.command_prefixes),
            attachments=(
                *(self._attach(bridge, photo) for photo in photos),
                *(
                    self._attach(bridge, data, kind=MediaKind.FILE, name=name)
                    for name, data in (files or {}).items()
                ),
            ),
            position=position,
            reply_to=reply_to,
        )
        await self.happens(message)
        return ref

    async def sends(
        self,
        user: UserRef,
        where: RoomRef | None,
        text: str = "",
        *,
        files: Mapping[str, tuple[MediaKind, bytes]] | None = None,
        bundle: str | None = None,
        **more: object,
    ) -> MessageRef:
        """Let somebody send what is more than words, or a part of it; let the bot settle."""
        ref, bridge = self.new_ref(user, where), self.bridge(user.platform)
        said = clean_text(rich(text))
        message = IncomingMessage(
            ref=ref,
            sender=self.sender(user),
            sent_at=self.clock.now(),
            text=said,
            is_direct=where is None,
            command=parse_command(said, prefixes=bridge.capabilities.command_prefixes),
            attachments=tuple(
                self._attach(bridge, data, kind=kind, name=name)
                for name, (kind, data) in (files or {}).items()
            ),
        )
        # Named fields of IncomingMessage.
        await self.happens(replace(message, **more), bundle=bundle)  # type: ignore[arg-type]
        return ref

    async def edits(
        self, user: UserRef, ref: MessageRef, text: str, *, photos: tuple[bytes, ...] | None = None
    ) -> None:
        """Let an author change a line, and put other photos into it if any are named."""
        bridge = self.bridge(user.platform)
        edit = IncomingEdit(
            ref=ref,
            sender=self.sender(user),
            text=clean_text(rich(text)),
            is_direct=self.is_private(ref),
            attachments=None
            if photos is None
            else tuple(self._attach(bridge, photo) for photo in photos),
        )
        await self.happens(edit)

    async def deletes(
        self, user: UserRef, ref: MessageRef, *, may_remove_others: bool = False
    ) -> None:
        """Let somebody remove a line."""
        await self.happens(
            IncomingDeletion(
                ref=ref,
                sender=self.sender(user),
                is_direct=self.is_private(ref),
                may_remove_others=may_remove_others,
            )
        )

    async def reacts(
        self,
        user: UserRef,
        ref: MessageRef,
        emoji: str,
        *,
        added: bool = True,
        is_sealed: bool = False,
    ) -> None:
        """Let somebody set an emoji on a message."""
        await self.happens(
            IncomingReaction(
                ref=ref,
                sender=self.sender(user),
                emoji=emoji,
                added=added,
                is_direct=self.is_private(ref),
                is_sealed=is_sealed,
            )
        )

    async def presses(self, user: UserRef, shown: Shown, label: str) -> None:
        """Let somebody press the button whose label holds these words."""
        await self.presses_data(user, shown.ref, data_of(shown, label))

    async def taps(self, user: UserRef, label: str) -> None:
        """Let somebody press a button of the latest private message that has it."""
        having = [s for s in self.told(user) if any(label in name for name in labels_of(s))]
        assert having, f"no button {label!r} in what {user} sees"
        await self.presses(user, having[-1], label)

    async def taps_after(self, user: UserRef, command: str, label: str) -> None:
        """Let somebody write a command in private and press a button of the answer."""
        await self.writes(user, None, command)
        await self.taps(user, label)

    async def presses_data(self, user: UserRef, ref: MessageRef, data: str) -> None:
        """Let somebody press a button that carries this."""
        await self.happens(
            IncomingPress(
                ref=ref, sender=self.sender(user), data=data, is_direct=self.is_private(ref)
            )
        )

    async def agrees(self, *users: UserRef) -> None:
        """Let people say yes to what the bot asks at the start."""
        for user in users:
            await self.writes(user, None, "/start")
            await self.presses(user, self.told(user)[-1], "Ja, det är okej")

    async def happens(
        self, incoming: Incoming, *, update_id: str | None = None, bundle: str | None = None
    ) -> None:
        """Let the bot hear of something, and settle."""
        bridge = self.bridge(incoming.room.platform)
        await self.app.inbox.accept(bridge.raw(incoming, update_id=update_id, bundle=bundle))
        await self.settle()

    async def settle(self) -> None:
        """Let the bot handle and perform all that is due, unless it is busy."""
        if self.is_busy:
            return
        await self.app.inbox.drain()
        await self.app.spreading.drain()
        if self.app.mailing is not None:
            await self.app.mailing.drain()
        for outbox in self.app.outboxes:
            await outbox.drain()

    def changes_rows(self, statement: str) -> None:
        """Put the database into a state that only time, or another version, would bring."""
        with closing(sqlite3.connect(self.folder / "grannbro.db")) as database:
            database.execute(statement)
            database.commit()

    @contextmanager
    def platforms_down(self) -> Iterator[None]:
        """Let nothing reach the platforms meanwhile; `settle` afterwards."""
        outboxes, self.app.outboxes = self.app.outboxes, []
        yield
        self.app.outboxes = outboxes

    @contextmanager
    def bot_busy(self) -> Iterator[None]:
        """Let the bot take what happens meanwhile and get to none of it; `settle` afterwards."""
        self.is_busy = True
        yield
        self.is_busy = False

    async def passes(self, **duration: float) -> None:
        """Let time pass, with all that happens by itself meanwhile."""
        self.clock.at += timedelta(**duration)
        for pace in Pace:
            await self.app.ticks.round(pace)
        await self.settle()

    def told(self, user: UserRef) -> list[Shown]:
        """What somebody sees from the bot in private, oldest first."""
        return [s for s in self.bridge(user.platform).shown if s.to == user and not s.removed]

    def in_room(self, room: RoomRef) -> list[Shown]:
        """What stands from the bot in a room, oldest first."""
        return [s for s in self.bridge(room.platform).shown if s.to == room and not s.removed]

    def seen(self, where: RoomRef | UserRef) -> list[Shown]:
        """What somebody or a room sees from the bot, oldest first."""
        return self.told(where) if isinstance(where, UserRef) else self.in_room(where)

    def cards(self, where: RoomRef | UserRef) -> list[Shown]:
        """The cards that somebody or a room sees, oldest first."""
        return [s for s in self.seen(where) if s.text[:1] in SIGNS and "\n" in s.text]

    def card(self, where: RoomRef | UserRef) -> Shown:
        """The latest card that somebody or a room sees."""
        return self.cards(where)[-1]

    def texts(self, where: RoomRef | UserRef) -> list[str]:
        """What the bot's messages say that somebody or a room sees, oldest first."""
        return [shown.text for shown in self.seen(where)]

    def last(self, where: RoomRef | UserRef) -> str:
        """What the bot's latest message to somebody, or in a room, says."""
        return self.texts(where)[-1]

    def pinned(self, room: RoomRef) -> list[str]:
        """What the cards say that hang at the top of a room, oldest first."""
        bridge = self.bridge(room.platform)
        hanging = {ref for ref in bridge.pinned if ref.room == room}
        return [shown.text for shown in self.in_room(room) if shown.ref in hanging]

    def everything_shown(self) -> list[Shown]:
        """All messages of the bot's that anybody still sees."""
        shown = [*self.telegram.shown, *self.matrix.shown]
        return [s for s in shown if not s.removed]

    def report_id(self, where: RoomRef | UserRef = TG_ROOM) -> str:
        """The id that stands on the latest card there."""
        return id_on(self.card(where))

    @property
    def folder(self) -> Path:
        """Where everything is stored."""
        return self.app.parts.installation.options.data_dir

    def kept_files(self) -> list[Path]:
        """The files that the bot keeps."""
        return [path for path in (self.folder / "media").rglob("*") if path.is_file()]

    def footprint(self) -> dict[str, int]:
        """How much is stored of what people wrote and chose, a number for each sort."""
        counts = {table: self.count_rows(table) for table in KEPT_TABLES}
        return {**counts, "files": len(self.kept_files())}

    def count_rows(self, table: str) -> int:
        """How many rows a table holds."""
        return int(self.rows(f"SELECT count(*) FROM {table}")[0][0])

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database answers."""
        with closing(sqlite3.connect(self.folder / "grannbro.db")) as database:
            return database.execute(query).fetchall()

    async def publishes(self, notice: Notice) -> int:
        """Let an organisation tell an area something; return how many got it."""
        async with self.app.parts.database.write() as uow:
            now = self.clock.now()
            reached = await spread_notice(notice, uow=uow, areas=AREAS, now=now)
        await self.settle()
        return reached

    def newcomer(self, name: str, *, platform: Platform = TG) -> UserRef:
        """Somebody whom the bot has never met."""
        user = UserRef(platform, f"new-{len(self.names)}")
        self.names[user] = name
        return user

    def sender(self, user: UserRef) -> Sender:
        """How the platform names somebody."""
        return Sender(user=user, name=self.names.get(user, "Okänd"), language=self.language)

    def new_ref(self, user: UserRef, where: RoomRef | None) -> MessageRef:
        """The next message somebody writes."""
        self.written += 1
        return MessageRef(where or private_room(user), f"m{self.written}")

    def bridge(self, platform: Platform) -> MemoryBridge:
        """The bridge to a platform."""
        return self.telegram if platform is TG else self.matrix

    def is_private(self, ref: MessageRef) -> bool:
        """Whether a message stands in somebody's talk with the bot."""
        return ref.room.room_id.startswith("dm-")

    def _attach(
        self,
        bridge: MemoryBridge,
        data: bytes,
        *,
        kind: MediaKind = MediaKind.PHOTO,
        name: str = "x.jpg",
    ) -> Attachment:
        handle = f"file{len(bridge.files)}"
        bridge.files[handle] = data
        return Attachment(
            kind=kind, handle=handle, name=name, size_bytes=len(data), identity=handle
        )


def labels_of(shown: Shown) -> list[str]:
    """What stands on a message's buttons."""
    return [button.label for row in shown.message.rows for button in row]


def data_of(shown: Shown, label: str) -> str:
    """What the button carries whose label holds these words."""
    found = [b for row in shown.message.rows for b in row if label in b.label]
    assert found, f"no button {label!r} among {labels_of(shown)}"
    return found[0].data


def id_on(card: Shown) -> str:
    """The id that stands on a card."""
    return card.text.split("#")[1].split(" ")[0]


def code_on(text: str) -> str:
    """The code by which an official post can be asked for."""
    found = re.search(r"/(?:kolla|check) (\w{4,6})\b", text)
    assert found, f"no code on {text!r}"
    return found[1]


def news_on(card: Shown, among: Sequence[Shown]) -> list[str]:
    """What was answered to a card."""
    return [s.text for s in among if s.message.reply_to == card.ref]


def make_town(
    folder: Path, *, clock: FakeClock | None = None, has_mail: bool = True, **changes: object
) -> Town:
    """Wire a town over a folder; `open` it before use."""
    clock = clock or FakeClock()
    telegram = MemoryBridge(
        TG,
        Capabilities(
            repeats_safely=False,
            can_redact_others=True,
            can_pin=True,
            can_keep_text=True,
            reactions=1,
            reaction_emoji=frozenset("👍❤🎉"),
            caption_chars=1024,
            rights=frozenset(Right),
        ),
    )
    matrix = MemoryBridge(
        MX,
        Capabilities(
            repeats_safely=True,
            can_redact_others=False,
            only_authors_edit=False,
            can_pin=True,
            reactions=20,
            command_prefixes=("!", "/"),
        ),
    )
    parts = make_parts(installation(folder, **changes), clock)
    mailbox = Mailbox()
    app = App(parts, [telegram, matrix], mailer=mailbox if has_mail else None)
    return Town(app, clock, telegram, matrix, mailbox=mailbox)
