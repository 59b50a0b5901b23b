"""What people do with an app in the hand, in the same words whatever their network.

`await pia.says("…")`, `await pia.hears("…")`, `await pia.presses("Godkänn", on=asked)`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tests.e2e.conftest import until
from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.composing import How
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.person import Person as Telegrammer
from tests.servers.matrix.asking import Json, as_objects
from tests.servers.matrix.encrypting import EncryptingPerson
from tests.servers.matrix.sight import Seen

PATIENCE_S = 25.0


@dataclass(frozen=True, kw_only=True)
class Read:
    """A message as somebody sees it on whatever network.

    Attributes:
        id: Of the message, where it stands.
        answers: The words of the message that it answers, None if it answers none.
        is_silent: Telegram makes no sound of it; on Matrix apps make one of what is no notice.
        mentions: Whom it calls by name; on Telegram who is linked in it.
        shown: All that an app may show of it, such as the name of who speaks.
    """

    id: str
    text: str
    labels: Sequence[str]
    answers: str | None
    is_silent: bool
    mentions: frozenset[str] = frozenset()
    shown: str = ""


class Voice(Protocol):
    """Somebody with an app in the hand; `room` None is their private chat with the bot."""

    async def begins(self) -> None:
        """Begin a private chat with the bot."""

    async def says(self, text: str, *, room: str | None = None, to: Read | None = None) -> None:
        """Write words, as an answer to something or not."""

    async def hears(self, text: str, *, room: str | None = None) -> Read:
        """Wait for words of the bot's; the newest message that holds them."""

    async def presses(self, label: str, *, on: Read, room: str | None = None) -> None:
        """Press what is a button there."""

    async def reads(self, room: str | None = None) -> Sequence[Read]:
        """All that the bot has said there and that still stands, oldest first."""


@dataclass(kw_only=True)
class OnTelegram:
    """Somebody on Telegram."""

    person: Telegrammer
    bot: Bot

    async def begins(self) -> None:
        """Begin a private chat with the bot."""
        self.person.starts(self.bot)

    async def says(self, text: str, *, room: str | None = None, to: Read | None = None) -> None:
        """Write words, as an answer to something or not."""
        how = How(reply_to=self._message(to, room)) if to else How()
        self.person.writes(self._place(room), text, **how)

    async def hears(self, text: str, *, room: str | None = None) -> Read:
        """Wait for words of the bot's; the newest message that holds them."""
        found = lambda: [m for m in self._carried(room) if text in m.text]  # noqa: E731
        try:
            await self.person.town.until(found, timeout_s=PATIENCE_S)
        except TimeoutError:
            shown = "\n".join(m.text for m in self._carried(room))
            raise AssertionError(f"{text!r} is not read, but:\n{shown}") from None
        return _read(found()[-1])

    async def presses(self, label: str, *, on: Read, room: str | None = None) -> None:
        """Press a button, once it is there."""
        message = self._message(on, room)
        await until(lambda: any(label in one for one in message.buttons))
        self.person.presses(message, label)

    def forwards(self, read: Read, *, room: str) -> None:
        """Forward a message to the bot in private."""
        self.person.forwards(self._message(read, room), self.bot)

    async def reads(self, room: str | None = None) -> Sequence[Read]:
        """All that the bot has said there and that still stands, oldest first."""
        return [_read(message) for message in self._carried(room)]

    def _carried(self, room: str | None) -> Sequence[Message]:
        return [m for m in self.person.reads(self._place(room)) if m.author.is_bot]

    def _message(self, read: Read, room: str | None) -> Message:
        return next(
            m for m in self.person.reads(self._place(room)) if str(m.message_id) == read.id
        )

    def _place(self, room: str | None) -> Chat | Bot:
        return self.person.town.chats[int(room)] if room else self.bot


def _read(message: Message) -> Read:
    return Read(
        id=str(message.message_id),
        text=message.text,
        labels=message.buttons,
        answers=message.reply_to.text if message.reply_to else None,
        is_silent=message.is_silent,
        mentions=frozenset(
            str(one.get("user")) for one in message.entities if "mention" in str(one["type"])
        ),
        shown=message.text,
    )


@dataclass(kw_only=True)
class OnMatrix:
    """Somebody on Matrix, whose private chat is encrypted as that of today's apps."""

    person: EncryptingPerson
    bot: str
    private: str = ""

    async def begins(self) -> None:
        """Begin a private chat with the bot."""
        self.private = await self.person.opens(
            invites=[self.bot], is_direct=True, is_encrypted=True
        )

    async def says(self, text: str, *, room: str | None = None, to: Read | None = None) -> None:
        """Write words, as an answer to something or not."""
        await self.person.writes(room or self.private, text, reply_to=to.id if to else None)

    async def hears(self, text: str, *, room: str | None = None) -> Read:
        """Wait for words of the bot's; the newest message that holds them."""

        def is_it(seen: Seen) -> bool:
            return seen.sender == self.bot and text in seen.text

        found = await self.person.sees(room or self.private, is_it, within_s=PATIENCE_S)
        return next(read for read in await self.reads(room) if read.id == found.event_id)

    async def presses(self, label: str, *, on: Read, room: str | None = None) -> None:
        """React with what the message says that it stands for."""
        seen = {one.event_id: one for one in await self.person.reads(room or self.private)}
        pressed = next(b for b in _buttons(seen[on.id]) if label in str(b["label"]))
        await self.person.reacts(room or self.private, on.id, str(pressed["key"]))

    async def reads(self, room: str | None = None) -> Sequence[Read]:
        """All that the bot has said there and that still stands, oldest first."""
        seen = await self.person.reads(room or self.private)
        said = {one.event_id: one.text for one in seen}
        return [
            Read(
                id=one.event_id,
                text=one.text,
                labels=[str(button["label"]) for button in _buttons(one)],
                answers=said.get(one.reply_to or one.thread or ""),
                is_silent=one.kind == "m.notice",
                mentions=one.mentions,
                shown=f"{one.text} {one.content}",
            )
            for one in seen
            if one.sender == self.bot and not one.is_gone
        ]


def _buttons(seen: Seen) -> Sequence[Json]:
    rows = seen.content.get("se.grannbro.buttons")
    return [one for row in rows for one in as_objects(row)] if isinstance(rows, list) else []
