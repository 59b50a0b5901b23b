"""What people do on a platform, as it reaches the bot."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from bot.domain.commands import Command
from bot.domain.messages import Attachment, MessageRef, Platform, Position, RoomRef
from bot.domain.richtext import RichText
from bot.domain.room_news import (
    IncomingFoothold,
    IncomingMembership,
    IncomingRoomMoved,
    IncomingRoomOpened,
    IncomingTroubles,
)
from bot.domain.senders import Sender


@dataclass(frozen=True, slots=True, kw_only=True)
class RawUpdate:
    """One update as the platform gave it, before anybody has read it.

    Attributes:
        update_id: The platform's own id; the same id twice is the same update.
        lane: Updates of one lane are handled in the order they came.
        bundle: Updates of a lane that bear the same name are parts of one message.
    """

    platform: Platform
    update_id: str
    lane: str
    payload: bytes
    bundle: str | None = None


class Extra(StrEnum):
    """What a message is beside words, files and a place.

    POLL has its question and choices in the text; UNKNOWN can't be put into words; VERIFICATION
    asks the bot to prove that it is itself, and is for it alone.
    """

    POLL = "poll"
    UNKNOWN = "unknown"
    VERIFICATION = "verification"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """The beginning of what a message answers.

    Attributes:
        is_chosen: The author picked these words; else they help where the answered message is
            not known.
    """

    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMessage:
    """A message as it arrived, already stripped of platform markup.

    Attributes:
        sent_at: Time given by the platform, UTC.
        text: Cleaned; empty for a message with media or a place only.
        command: Set when the text begins with a command of this platform.
        attachments: Files offered by the platform.
        forwarded_from: Who wrote it first, as the platform tells it; empty if it hides that,
            None if the sender wrote it. What is forwarded is never a command.
        thread: What began the thread in which it stands; None outside of any.
        spoken_as: Under what name another program shows its sender, who is that program's account
            and nobody else: the name proves nothing. None if it is the sender's own.
        trail: By which rooms a bot of this kind has brought it, see `trails`; empty for that
            bot's own words, None if somebody else has written it.
        others: The other messages that it came in; an album has one for each picture.
        is_sealed: Its room is encrypted: what is said there is for those who are in it.
        is_unreadable: It is encrypted, and what opens it has not come.
        is_late: It was unreadable when it came, and `sent_at` is when that was.
        is_forged: Who is said to have sent it has not written it; what it says is not told.
        is_unproven: It came in the clear into an encrypted room: nothing but the word of a server
            says that its sender wrote it.
        was_private: It was written in what was the sender's private chat, until others came.
    """

    ref: MessageRef
    sender: Sender
    sent_at: datetime
    text: RichText
    is_direct: bool
    command: Command | None = None
    attachments: tuple[Attachment, ...] = ()
    position: Position | None = None
    reply_to: MessageRef | None = None
    quoted: Quoted | None = None
    forwarded_from: str | None = None
    extra: Extra | None = None
    thread: MessageRef | None = None
    spoken_as: str | None = None
    trail: tuple[str, ...] | None = None
    others: tuple[MessageRef, ...] = ()
    is_sealed: bool = False
    is_unreadable: bool = False
    is_late: bool = False
    is_forged: bool = False
    is_unproven: bool = False
    was_private: bool = False

    @property
    def room(self) -> RoomRef:
        """Where it happened."""
        return self.ref.room

    @property
    def refs(self) -> tuple[MessageRef, ...]:
        """All messages that it came in."""
        return (self.ref, *self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingEdit:
    """A message that its author has changed; `text` is all of the new one.

    Attributes:
        attachments: What is attached to it by now; None if that is not told.
        position: Where somebody is by now who shares the way; None for all else.
        quoted: As for a message; None also if the platform does not tell it again.
        spoken_as: As for a message.
        is_sealed: Its room is encrypted.
    """

    ref: MessageRef
    sender: Sender
    text: RichText
    is_direct: bool
    attachments: tuple[Attachment, ...] | None = None
    position: Position | None = None
    quoted: Quoted | None = None
    spoken_as: str | None = None
    is_sealed: bool = False

    @property
    def room(self) -> RoomRef:
        """Where it happened."""
        return self.ref.room


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingDeletion:
    """A message that somebody has removed.

    Attributes:
        may_remove_others: They may remove what others write in the room.
    """

    ref: MessageRef
    sender: Sender
    is_direct: bool
    may_remove_others: bool = False

    @property
    def room(self) -> RoomRef:
        """Where it happened."""
        return self.ref.room


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingReaction:
    """An emoji set on a message, or taken back.

    Attributes:
        standing: All that the sender has set on the message by now; None if it is not told.
        is_sealed: Its room is encrypted.
    """

    ref: MessageRef
    sender: Sender
    emoji: str
    added: bool
    is_direct: bool
    standing: tuple[str, ...] | None = None
    is_sealed: bool = False

    @property
    def room(self) -> RoomRef:
        """Where it happened."""
        return self.ref.room


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingVote:
    """What somebody has chosen by now in a platform's own poll.

    Attributes:
        ref: The poll.
        choices: Places of the answers in it, from 0; empty if the vote is taken back.
        is_sealed: Its room is encrypted.
    """

    ref: MessageRef
    sender: Sender
    choices: tuple[int, ...]
    is_direct: bool = False
    is_sealed: bool = False

    @property
    def room(self) -> RoomRef:
        """Where it happened."""
        return self.ref.room


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingPollEnd:
    """Somebody ends a platform's own poll, their own or another's.

    Attributes:
        ref: The poll.
        may_end_others: They may remove what others write in the room.
        is_sealed: Its room is encrypted.
    """

    ref: MessageRef
    sender: Sender
    may_end_others: bool = False
    is_direct: bool = False
    is_sealed: bool = False

    @property
    def room(self) -> RoomRef:
        """Where it happened."""
        return self.ref.room


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingPress:
    """A button pressed under one of the bot's messages.

    Attributes:
        ref: The message that carries the button.
        data: What the bot gave the button when it made it.
        is_sealed: Its room is encrypted.
    """

    ref: MessageRef
    sender: Sender
    data: str
    is_direct: bool
    is_sealed: bool = False

    @property
    def room(self) -> RoomRef:
        """Where it happened."""
        return self.ref.room


Incoming: TypeAlias = (
    IncomingMessage
    | IncomingEdit
    | IncomingDeletion
    | IncomingReaction
    | IncomingVote
    | IncomingPollEnd
    | IncomingPress
    | IncomingMembership
    | IncomingFoothold
    | IncomingRoomMoved
    | IncomingRoomOpened
    | IncomingTroubles
)
