"""What people do on a platform, as it reaches the bot."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from bot.domain.commands import Command, parse_command
from bot.domain.messages import (
    Attachment,
    MessageRef,
    Platform,
    Position,
    RoomRef,
    UserRef,
)
from bot.domain.richtext import RichText


@dataclass(frozen=True, slots=True, kw_only=True)
class RawUpdate:
    """One update as the platform gave it, before anybody has read it.

    Attributes:
        update_id: The platform's own id; the same id twice is the same update.
        lane: Updates of one lane are handled in the order they came.
    """

    platform: Platform
    update_id: str
    lane: str
    payload: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who did it, as the platform tells it.

    Attributes:
        name: The display name; anybody may choose any, so it proves nothing.
        language: What the chat client is set to, as an IETF tag; None if it does not say.
    """

    user: UserRef
    name: str
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMessage:
    """A message as it arrived, already stripped of platform markup.

    Attributes:
        sent_at: Time given by the platform, UTC.
        text: Cleaned; empty for a message with media or a place only.
        command: Set when the text begins with a command of this platform.
        attachments: Files offered by the platform.
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

    @property
    def room(self) -> RoomRef:
        """Where it happened."""
        return self.ref.room


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingEdit:
    """A message that its author has changed; `text` is all of the new one."""

    ref: MessageRef
    sender: Sender
    text: RichText
    is_direct: bool

    @property
    def room(self) -> RoomRef:
        """Where it happened."""
        return self.ref.room


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingDeletion:
    """A message that somebody has removed."""

    ref: MessageRef
    sender: Sender
    is_direct: bool

    @property
    def room(self) -> RoomRef:
        """Where it happened."""
        return self.ref.room


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingReaction:
    """An emoji set on a message, or taken back."""

    ref: MessageRef
    sender: Sender
    emoji: str
    added: bool
    is_direct: bool

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
    """

    ref: MessageRef
    sender: Sender
    data: str
    is_direct: bool

    @property
    def room(self) -> RoomRef:
        """Where it happened."""
        return self.ref.room


Incoming: TypeAlias = (
    IncomingMessage | IncomingEdit | IncomingDeletion | IncomingReaction | IncomingPress
)


def as_edited(
    message: IncomingMessage, edit: IncomingEdit, *, prefixes: Sequence[str]
) -> IncomingMessage:
    """Return a message as its author has changed it before it was handled."""
    return replace(message, text=edit.text, command=parse_command(edit.text, prefixes=prefixes))
