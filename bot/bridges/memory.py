"""A platform that lives in memory: for tests, and as the pattern to copy.

Updates are plain values; a payload is the number under which this process remembers one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.incoming import Incoming, RawUpdate
from bot.domain.messages import Attachment, MessageRef, Platform, Recipient, RoomRef, UserRef
from bot.domain.outgoing import OutgoingMessage
from bot.errors import MalformedUpdate, PermanentFailure
from bot.ports.bridge import Accept, Capabilities, Membership


@dataclass
class Shown:
    """A message that somebody sees; gone once `removed`."""

    to: Recipient
    message: OutgoingMessage
    ref: MessageRef
    edits: int = 0
    removed: bool = False

    @property
    def text(self) -> str:
        """What it says."""
        return self.message.text.plain


@dataclass
class MemoryBridge:
    """Keeps what was sent; fails on demand.

    Attributes:
        pinned: What hangs at the top of rooms, latest last.
        pins: Every call that has hung something up or taken it down, in order.
        reactions: The emoji that the bot has set, by message.
        fail_next: Raised by the next call instead of doing anything.
        fail_for: Raised by every send to these.
        fail_pins: Raised by every call to pin or unpin.
        fail_after_next: Raised by the next call after it has had its effect.
        answered: Who was let in or not, as `("admit", user, room)`, in order.
        working: Where it was shown that an answer is being made, in order.
        begins_at: Where people begin a private chat; None lets the bot begin it.
    """

    platform: Platform
    capabilities: Capabilities
    shown: list[Shown] = field(default_factory=list)
    redacted: list[MessageRef] = field(default_factory=list)
    pinned: list[MessageRef] = field(default_factory=list)
    pins: list[str] = field(default_factory=list)
    reactions: dict[MessageRef, tuple[str, ...]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    administrators: set[tuple[UserRef, RoomRef]] = field(default_factory=set)
    titles: dict[RoomRef, str] = field(default_factory=dict)
    answered: list[tuple[str, UserRef, RoomRef]] = field(default_factory=list)
    working: list[RoomRef] = field(default_factory=list)
    fail_next: BaseException | None = None
    fail_after_next: BaseException | None = None
    fail_for: dict[Recipient, BaseException] = field(default_factory=dict)
    fail_pins: BaseException | None = None
    account: UserRef | None = None
    last_round_trip: datetime | None = None
    begins_at: str | None = None
    _updates: list[Incoming] = field(default_factory=list)
    _by_key: dict[str, Shown] = field(default_factory=dict)

    def private_link(self, payload: str) -> str | None:
        """Return where people begin a private chat."""
        return f"{self.begins_at}?start={payload}" if self.begins_at else None

    async def run(self, accept: Accept) -> None:
        """Offer nothing by itself: tests call `raw` and hand it in."""

    def raw(
        self, incoming: Incoming, *, update_id: str | None = None, bundle: str | None = None
    ) -> RawUpdate:
        """Make the update that tells of something, or of a part of it."""
        self._updates.append(incoming)
        number = len(self._updates) - 1
        return RawUpdate(
            platform=self.platform,
            update_id=update_id or f"u{number}",
            lane=f"{self.platform}:{incoming.room.room_id}",
            payload=str(number).encode(),
            bundle=bundle,
        )

    def parse(self, payload: bytes) -> Incoming | None:
        """Return what an update tells."""
        if not payload.isdigit() or int(payload) >= len(self._updates):
            raise MalformedUpdate("no such update")
        return self._updates[int(payload)]

    async def download(self, attachment: Attachment) -> bytes:
        """Return a file that a test has put in."""
        self._fail_before()
        return self.files[attachment.handle]

    async def membership(self, user: UserRef, room: RoomRef) -> Membership:
        """Say who administers a room, as a test has set it."""
        self._fail_before()
        return Membership(
            title=self.titles.get(room, ""), administers=(user, room) in self.administrators
        )

    async def send(
        self, to: Recipient, message: OutgoingMessage, *, key: str
    ) -> Sequence[MessageRef]:
        """Show a message; the same key once, where this platform repeats safely."""
        self._fail_before()
        if to in self.fail_for:
            raise self.fail_for[to]
        known = self._by_key.get(key) if self.capabilities.repeats_safely else None
        if known is None:
            room = to if isinstance(to, RoomRef) else private_room(to)
            ref = MessageRef(room, f"b{len(self.shown)}")
            known = self._by_key[key] = Shown(to, message, ref)
            self.shown.append(known)
        self._fail_after()
        return (known.ref,)

    async def edit(
        self, parts: Sequence[MessageRef], message: OutgoingMessage
    ) -> Sequence[MessageRef]:
        """Change a message."""
        self._fail_before()
        shown = self._find(parts[0])
        shown.message = _changed(shown.message, message)
        shown.edits += 1
        self._fail_after()
        return parts

    async def react(self, target: MessageRef, emoji: Sequence[str]) -> None:
        """Set emoji on a message in place of those that the bot has set before."""
        self._fail_before()
        self.reactions[target] = tuple(emoji)
        self._fail_after()

    async def redact(self, target: MessageRef) -> None:
        """Remove a message."""
        self._fail_before()
        self.redacted.append(target)
        if target in self.pinned:
            self.pinned.remove(target)
        for shown in self.shown:
            if shown.ref == target:
                shown.removed = True

    async def pin(self, target: MessageRef) -> None:
        """Hang a message at the top of its room."""
        self._begin_pin("pin")
        if target not in self.pinned:
            self.pinned.append(self._find(target).ref)
        self._fail_after()

    async def unpin(self, target: MessageRef) -> None:
        """Take a message down."""
        self._begin_pin("unpin")
        if target in self.pinned:
            self.pinned.remove(target)
        self._fail_after()

    async def admit(self, user: UserRef, room: RoomRef) -> None:
        """Let somebody in who asks to be."""
        self._begin_answer(room)
        self.answered.append(("admit", user, room))

    async def reject(self, user: UserRef, room: RoomRef) -> None:
        """Leave somebody outside who asks to be let in."""
        self._begin_answer(room)
        self.answered.append(("reject", user, room))

    async def show_working(self, room: RoomRef) -> None:
        """Note that an answer is being made."""
        self._fail_before()
        self.working.append(room)

    def _begin_answer(self, room: RoomRef) -> None:
        self._fail_before()
        if not self.capabilities.can_admit:
            raise PermanentFailure(f"nobody asks to come into {room}")

    def _begin_pin(self, what: str) -> None:
        self.pins.append(what)
        self._fail_before()
        if self.fail_pins is not None:
            raise self.fail_pins

    def _find(self, ref: MessageRef) -> Shown:
        found = next((s for s in self.shown if s.ref == ref and not s.removed), None)
        if found is None:
            raise PermanentFailure("message to edit not found")
        return found

    def _fail_before(self) -> None:
        if self.fail_next is not None:
            error, self.fail_next = self.fail_next, None
            raise error

    def _fail_after(self) -> None:
        if self.fail_after_next is not None:
            error, self.fail_after_next = self.fail_after_next, None
            raise error


def _changed(before: OutgoingMessage, after: OutgoingMessage) -> OutgoingMessage:
    if after.keeps_text:
        return replace(before, rows=after.rows)
    return replace(after, media=before.media) if after.keeps_media else after


def private_room(user: UserRef) -> RoomRef:
    """Return the room in which an account talks with the bot."""
    return RoomRef(user.platform, f"dm-{user.user_id}")
