"""One platform, as the core sees it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from bot.domain.incoming import Incoming, RawUpdate
from bot.domain.messages import Attachment, MessageRef, Platform, Recipient, RoomRef, UserRef
from bot.domain.outgoing import OutgoingMessage
from bot.domain.rights import Right

Accept: TypeAlias = Callable[[RawUpdate], Awaitable[None]]
"""Takes an update into safe keeping; when it returns, the platform may be told so.

Raises StorageUnavailable if it could not be kept; the update must then be offered again.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What a platform has told at once.

    Attributes:
        source: Who was told: an account of the bot's.
        updates: In their order; none if nothing concerns the bot.
        position: From where the platform goes on after these; opaque outside its bridge.
    """

    source: str
    updates: tuple[RawUpdate, ...] = ()
    position: str


class Inlet(Protocol):
    """Takes updates into safe keeping, one by one or together with a position."""

    async def __call__(self, update: RawUpdate, /) -> None:
        """Take one; see `Accept`."""
        ...

    async def take(self, batch: Batch) -> None:
        """Take all of a batch and its position, or nothing; updates seen before are let go.

        Raises:
            StorageUnavailable: Nothing was kept; it must be offered again.
        """
        ...

    async def position(self, source: str) -> str | None:
        """Return the position of the last batch of a source, None if there was none.

        Raises:
            StorageUnavailable: It can't be read now.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a platform can do, as data, so that no one asks which platform it is.

    Attributes:
        repeats_safely: Sending twice with the same key delivers once.
        can_redact_others: A message written by someone else can be removed.
        only_authors_edit: A change of a line that is told is surely its author's.
        can_pin: A message can hang at the top of its room, where the bot has the right.
        can_admit: The bot can answer people who ask to be let in, where it has the right.
        can_keep_text: An edit can change the buttons and leave the words, unknown to the bot.
        can_mention: Those whom a message pings are told that they are named in it.
        hears_votes: Votes in the platform's own polls are told.
        has_threads: Lines stand in threads there.
        reactions: How many emoji the bot can set on one message.
        reaction_emoji: The only ones it can, as `read_emoji` writes them; empty if any.
        command_prefixes: What a command may begin with.
        inner_room_mark: What follows a chat's id in that of a room which is a part of the chat;
            empty where there are none such. Some updates tell the chat alone.
        caption_chars: How long words may be that stand with a picture; longer ones go on in
            a message below. None where it makes no difference.
        rights: What its rooms can give the bot or withhold; what is not among them the bot may.
    """

    repeats_safely: bool
    can_redact_others: bool
    only_authors_edit: bool = True
    can_pin: bool = False
    can_admit: bool = False
    can_keep_text: bool = False
    can_mention: bool = False
    hears_votes: bool = False
    has_threads: bool = False
    reactions: int = 0
    reaction_emoji: frozenset[str] = frozenset()
    command_prefixes: tuple[str, ...] = ("/",)
    inner_room_mark: str = ""
    caption_chars: int | None = None
    rights: frozenset[Right] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """How somebody stands in a room, as the platform says.

    Attributes:
        title: The room's name; empty if it has none.
        administers: May change the room there.
    """

    title: str = ""
    administers: bool = False


class Bridge(Protocol):
    """One platform. The only kind of object that talks to it.

    Calls out raise BridgeError and nothing else.
    """

    @property
    def platform(self) -> Platform: ...
    @property
    def capabilities(self) -> Capabilities: ...
    @property
    def account(self) -> UserRef | None:
        """The bot's own account, whose doings are no news; None if it is not known."""
        ...

    @property
    def last_round_trip(self) -> datetime | None:
        """When the platform last answered, None if it never has."""
        ...

    def private_link(self, payload: str) -> str | None:
        """Return where people begin a private chat; None where the bot may write to them first.

        Args:
            payload: Comes back after `/start`; at most 64 characters of `A-Za-z0-9_-`.
        """
        ...

    async def run(self, accept: Inlet) -> None:
        """Offer updates in order, each at least once, until cancelled."""
        ...

    def parse(self, payload: bytes) -> Incoming | None:
        """Read one update; None if it is nothing that concerns the bot.

        Raises:
            MalformedUpdate: It is not what this platform sends.
            TemporaryFailure: What it takes to read it may still come.
        """
        ...

    async def download(self, attachment: Attachment) -> bytes:
        """Fetch a file that was offered."""
        ...

    async def membership(self, user: UserRef, room: RoomRef) -> Membership:
        """Ask how somebody stands in a room.

        Raises:
            TemporaryFailure: It can't be told now.
            PermanentFailure: The bot is not in the room, or there is none such.
        """
        ...

    async def send(
        self, to: Recipient, message: OutgoingMessage, *, key: str
    ) -> Sequence[MessageRef]:
        """Post a message and say where it ended up, part by part.

        Args:
            to: A room, or an account to be written to in private.
            message: What to post.
            key: Idempotency key; the same key twice delivers once where `repeats_safely`.

        Raises:
            TemporaryFailure: Not delivered; try again after `retry_after_s`.
            PermanentFailure: Never deliverable.
            UnknownOutcome: The connection broke after sending; it may be there.
        """
        ...

    async def edit(
        self, parts: Sequence[MessageRef], message: OutgoingMessage
    ) -> Sequence[MessageRef]:
        """Change a message of the bot's own; repeating it does no harm.

        One that keeps the text comes only where the platform can.
        """
        ...

    async def react(self, target: MessageRef, emoji: Sequence[str]) -> None:
        """Set these emoji on a message and take back all others that the bot has set there.

        Args:
            target: Anybody's message.
            emoji: As many, and only such, as the capabilities say; none takes all back.

        Raises:
            PermanentFailure: The message is gone, or its room does not want them.
        """
        ...

    async def redact(self, target: MessageRef) -> None:
        """Remove a message; a message already gone is no error."""
        ...

    async def pin(self, target: MessageRef) -> None:
        """Hang a message at the top of its room, without a sound; one that hangs is no error.

        Raises:
            PermanentFailure: The platform can't, or the bot may not.
        """
        ...

    async def unpin(self, target: MessageRef) -> None:
        """Take a message down from the top of its room; one that does not hang is no error."""
        ...

    async def admit(self, user: UserRef, room: RoomRef) -> None:
        """Let somebody in who asks to be; what somebody else has decided by now is no error.

        Raises:
            PermanentFailure: The platform can't, the bot may not, or the account is gone.
        """
        ...

    async def reject(self, user: UserRef, room: RoomRef) -> None:
        """Leave somebody outside who asks to be let in; as `admit`."""
        ...

    async def show_working(self, room: RoomRef) -> None:
        """Show for some seconds that an answer is being made; whether it shows is no matter."""
        ...
