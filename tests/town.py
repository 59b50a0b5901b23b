"""The whole bot with two platforms in memory; reads like a story in tests."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import App, make_parts
from bot.bridges.memory import MemoryBridge, Shown, private_room
from bot.domain.commands import parse_command
from bot.domain.groups import Access, Group, GroupId, GroupKind, Reach
from bot.domain.incoming import (
    Incoming,
    IncomingDeletion,
    IncomingEdit,
    IncomingMessage,
    IncomingPress,
    IncomingReaction,
    Sender,
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
from bot.domain.organisations import Organisation, OrganisationId
from bot.domain.people import Role
from bot.domain.richtext import RichText, rich
from bot.ports.bridge import Capabilities
from bot.settings.areas import load_areas
from bot.settings.loading import Installation
from bot.settings.options import Options
from bot.settings.organisations import ConfiguredOrganisation

ROOT = Path(__file__).parent.parent
AREAS = load_areas(ROOT / "config")
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
        options=options, areas=AREAS, groups=(alby(), shops()), organisations=(police(),)
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
    refs: dict[str, MessageRef] = field(default_factory=dict)

    async def writes(
        self,
        user: UserRef,
        where: RoomRef | None,
        text: str | RichText,
        *,
        reply_to: MessageRef | None = None,
        photos: tuple[bytes, ...] = (),
        position: Position | None = None,
    ) -> MessageRef:
        """Let somebody write in a room, or in private if `where` is None; let the bot settle."""
        said = text if isinstance(text, RichText) else rich(text)
        ref = self.new_ref(user, where)
        bridge = self.bridge(user.platform)
        message = IncomingMessage(
            ref=ref,
            sender=self.sender(user),
            sent_at=self.clock.now(),
            text=said,
            is_direct=where is None,
            command=parse_command(said, prefixes=bridge.capabilities.command_prefixes),
            attachments=tuple(self._attach(bridge, photo) for photo in photos),
            position=position,
            reply_to=reply_to,
        )
        await self.happens(message)
        return ref

    async def edits(self, user: UserRef, ref: MessageRef, text: str) -> None:
        """Let an author change a line."""
        edit = IncomingEdit(
            ref=ref, sender=self.sender(user), text=rich(text), is_direct=self.is_private(ref)
        )
        await self.happens(edit)

    async def deletes(self, user: UserRef, ref: MessageRef) -> None:
        """Let somebody remove a line."""
        await self.happens(
            IncomingDeletion(ref=ref, sender=self.sender(user), is_direct=self.is_private(ref))
        )

    async def reacts(
        self, user: UserRef, ref: MessageRef, emoji: str, *, added: bool = True
    ) -> None:
        """Let somebody set an emoji on a message."""
        await self.happens(
            IncomingReaction(
                ref=ref,
                sender=self.sender(user),
                emoji=emoji,
                added=added,
                is_direct=self.is_private(ref),
            )
        )

    async def presses(self, user: UserRef, shown: Shown, label: str) -> None:
        """Let somebody press the button whose label holds these words."""
        buttons = [button for row in shown.message.rows for button in row]
        found = next((b for b in buttons if label in b.label), None)
        assert found, f"no button {label!r} among {[b.label for b in buttons]}"
        await self.presses_data(user, shown.ref, found.data)

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

    async def happens(self, incoming: Incoming, *, update_id: str | None = None) -> None:
        """Let the bot hear of something, and settle."""
        bridge = self.bridge(incoming.room.platform)
        await self.app.inbox.accept(bridge.raw(incoming, update_id=update_id))
        await self.settle()

    async def settle(self) -> None:
        """Let the bot handle and perform all that is due."""
        await self.app.inbox.drain()
        for outbox in self.app.outboxes:
            await outbox.drain()

    async def passes(self, **duration: float) -> None:
        """Let time pass, with all that happens by itself meanwhile."""
        self.clock.at += timedelta(**duration)
        ticks = self.app.ticks
        for work in (ticks.expire_reports, ticks.erase_unconsented, ticks.wipe_delivered):
            await work()
        await self.settle()

    def told(self, user: UserRef) -> list[Shown]:
        """What somebody sees from the bot in private, oldest first."""
        return [s for s in self.bridge(user.platform).shown if s.to == user and not s.removed]

    def in_room(self, room: RoomRef) -> list[Shown]:
        """What stands from the bot in a room, oldest first."""
        return [s for s in self.bridge(room.platform).shown if s.to == room and not s.removed]

    def card(self, where: RoomRef | UserRef) -> Shown:
        """The latest card that somebody or a room sees."""
        seen = self.told(where) if isinstance(where, UserRef) else self.in_room(where)
        return [s for s in seen if s.text[0] in "🔴🟡🟢" and "**" not in s.text and "—" in s.text][
            -1
        ]

    def sender(self, user: UserRef) -> Sender:
        """How the platform names somebody."""
        return Sender(user=user, name=NAMES.get(user, "Okänd"), language=self.language)

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

    def _attach(self, bridge: MemoryBridge, data: bytes) -> Attachment:
        handle = f"file{len(bridge.files)}"
        bridge.files[handle] = data
        return Attachment(kind=MediaKind.PHOTO, handle=handle, name="x.jpg", size_bytes=len(data))


def make_town(folder: Path, *, clock: FakeClock | None = None, **changes: object) -> Town:
    """Wire a town over a folder; `open` it before use."""
    clock = clock or FakeClock()
    telegram = MemoryBridge(
        TG, Capabilities(repeats_safely=False, can_redact_others=True, command_prefixes=("/",))
    )
    matrix = MemoryBridge(
        MX, Capabilities(repeats_safely=True, can_redact_others=False, command_prefixes=("!", "/"))
    )
    parts = make_parts(installation(folder, **changes), clock)
    return Town(App(parts, [telegram, matrix]), clock, telegram, matrix)
