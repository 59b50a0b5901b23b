"""What becomes of rooms, of people's places in them, and of platforms, as bridges tell it."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.messages import MessageRef, Platform, RoomRef, UserRef
from bot.domain.platform_troubles import PlatformTrouble
from bot.domain.rights import Right
from bot.domain.senders import Sender


class Coming(StrEnum):
    """What has become of somebody's place in a room."""

    JOINED = "joined"
    LEFT = "left"
    ASKS = "asks"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMembership:
    """People who came into a room, left it or ask to be let in; it may be told twice.

    Attributes:
        ref: The message that tells of it; its id is empty if there is none.
        sender: Who did it: one of the people, or who let them in or out; who asks, asks alone.
        may_be_told: Who asks can be written to in private now, though no chat was begun there.
    """

    ref: MessageRef
    sender: Sender
    people: tuple[Sender, ...]
    coming: Coming
    is_direct: bool = False
    may_be_told: bool = False

    @property
    def room(self) -> RoomRef:
        """Where it happened."""
        return self.ref.room


class Foothold(StrEnum):
    """What the bot itself may do in a room; in a private chat GONE means that it is blocked.

    Where CLOSED nobody may write for the time being.
    """

    ADMIN = "admin"
    MEMBER = "member"
    MUTED = "muted"
    CLOSED = "closed"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingFoothold:
    """The bot was let in, put out, blocked, or given other rights.

    Attributes:
        ref: Its message id is empty.
        sender: Who did it.
        rights: What the bot may do there from now on.
        title: What the room is called, as the platform tells it; empty if it does not.
        is_sealed: The room is encrypted.
    """

    ref: MessageRef
    sender: Sender
    foothold: Foothold
    is_direct: bool
    rights: frozenset[Right] = frozenset()
    title: str = ""
    is_sealed: bool = False

    @property
    def room(self) -> RoomRef:
        """Where it happened."""
        return self.ref.room


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingRoomMoved:
    """A room that goes on under another id; its old messages can't be reached. May come twice.

    Attributes:
        ref: A message of the room as it was.
    """

    ref: MessageRef
    sender: Sender
    to: RoomRef
    is_direct: bool = False

    @property
    def room(self) -> RoomRef:
        """The room as it was."""
        return self.ref.room


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingRoomOpened:
    """A room that was closed for a while takes messages again."""

    ref: MessageRef
    sender: Sender
    is_direct: bool = False

    @property
    def room(self) -> RoomRef:
        """The room."""
        return self.ref.room


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingTroubles:
    """What is wrong with a platform as a whole by now, as its bridge tells; empty if nothing is.

    It happens in no room, and nobody does it.
    """

    platform: Platform
    troubles: frozenset[PlatformTrouble]
    is_direct: bool = False

    @property
    def ref(self) -> MessageRef:
        """No message."""
        return MessageRef(self.room, "")

    @property
    def room(self) -> RoomRef:
        """No room."""
        return RoomRef(self.platform, "")

    @property
    def sender(self) -> Sender:
        """Nobody who could be answered."""
        return Sender(user=UserRef(self.platform, ""), name="", is_chat=True)
