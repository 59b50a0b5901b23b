"""What people do in chats: `anna.writes(group, "…")`."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Unpack

from tests.emulators.telegram.bots import Bot
from tests.emulators.telegram.callbacks import Press, find_button, press
from tests.emulators.telegram.chats import Chat, InviteLink
from tests.emulators.telegram.composing import Draft, How, compose, origin_of
from tests.emulators.telegram.entities import format_text, units
from tests.emulators.telegram.managing import Management
from tests.emulators.telegram.media import Sendable
from tests.emulators.telegram.membership import Change, ask_to_join, change_member, set_blocked
from tests.emulators.telegram.menus import commands_for
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.polls import vote
from tests.emulators.telegram.reactions import react
from tests.emulators.telegram.standing import ChatKind, Membership, Status
from tests.emulators.telegram.users import User
from tests.emulators.telegram.wire import Json, as_list, as_objects, present

if TYPE_CHECKING:
    from tests.emulators.telegram.town import Town

LONGEST_TEXT_UNITS = 4096
_numbers = itertools.count(13_000_000_000_000_001)


class Impossible(Exception):
    """The app would not let a person do that."""


@dataclass(eq=False)
class Person:
    """A person with the app in the hand.

    Attributes:
        hides: Whether forwards of their messages don't lead to them.
    """

    user: User
    town: "Town" = field(repr=False)
    hides: bool = False
    portrait: list[Json] = field(default_factory=list)

    def starts(self, bot: Bot, payload: str = "") -> Message:
        """Press Start, or follow a deep link."""
        self._require(re.fullmatch(r"[\w-]{0,64}", payload, re.ASCII) is not None, "no such link")
        return self.writes(bot, f"/start {payload}".strip())

    def writes(
        self,
        where: "Chat | Bot",
        text: str,
        *,
        entities: Sequence[Json] = (),
        **how: Unpack[How],
    ) -> Message:
        """Write a text; commands and links get their entities by themselves."""
        said = format_text(text, list(entities))
        self._require(0 < units(said.text) <= LONGEST_TEXT_UNITS, "the app sends no such text")
        content: Json = {"text": said.text} | present(entities=said.entities)
        return self._say(where, content, {}, how)

    def sends(
        self,
        where: "Chat | Bot",
        what: Sendable,
        *,
        caption: str = "",
        **how: Unpack[How],
    ) -> Message:
        """Send what is no text, such as `media.photo(...)`."""
        return self._say(where, self._content(what, caption), {}, how)

    def sends_album(
        self,
        where: "Chat | Bot",
        parts: Sequence[Sendable],
        *,
        caption: str = "",
        **how: Unpack[How],
    ) -> list[Message]:
        """Send several at once; the text stands below the first."""
        group: Json = {"media_group_id": str(next(_numbers))}
        contents = [self._content(p, "" if n else caption) for n, p in enumerate(parts)]
        return [self._say(where, content, group, how) for content in contents]

    def edits(self, message: Message, text: str, *, entities: Sequence[Json] = ()) -> Message:
        """Change the words of a message, or those below its picture."""
        self._require(message.author is self.user, "it is not theirs")
        said = format_text(text, list(entities))
        words = "text" if "text" in message.content else "caption"
        listed = "entities" if words == "text" else "caption_entities"
        kept = {k: v for k, v in message.content.items() if k not in (words, listed)}
        return self._change(
            message, kept | {words: said.text} | present(**{listed: said.entities})
        )

    def replaces(self, message: Message, what: Sendable, *, caption: str = "") -> Message:
        """Put another picture, film or file in place of the one in a message."""
        self._require(message.author is self.user, "it is not theirs")
        return self._change(message, self._content(what, caption))

    def moves(self, message: Message, latitude: float, longitude: float) -> Message:
        """Walk on with a live location."""
        old = message.content["location"]
        self._require(isinstance(old, dict) and "live_period" in old, "it is no live location")
        moved: Json = {"latitude": latitude, "longitude": longitude}
        before = old if isinstance(old, dict) else {}
        return self._change(message, {"location": before | moved})

    def stops_moving(self, message: Message) -> Message:
        """End a live location before its time."""
        old = message.content["location"]
        kept = (
            {k: v for k, v in old.items() if k != "live_period"} if isinstance(old, dict) else {}
        )
        return self._change(message, {"location": kept})

    def deletes(self, message: Message) -> None:
        """Delete a message; no bot hears of it."""
        self._require(not message.is_deleted, "it is gone")
        message.remove()
        self.town.change()

    def forwards(self, message: Message, where: "Chat | Bot") -> Message:
        """Forward a message."""
        writer = self.town.people.get(message.author.first_name)
        origin = origin_of(message, is_hidden=writer is not None and writer.hides)
        return self._say(where, dict(message.content), {"forward_origin": origin}, How())

    def reacts(self, message: Message, *emoji: str, as_chat: Chat | None = None) -> None:
        """Put these reactions on a message instead of one's earlier ones; none takes them away."""
        wanted: list[Json] = [{"type": "emoji", "emoji": one} for one in emoji]
        react(self.town, message, self.user, wanted, as_chat=as_chat)

    def presses(self, message: Message, label: str, *, is_forgotten: bool = False) -> Press:
        """Press a button by its label, or by its place such as `"#2"`.

        Args:
            message: Under which the button is.
            label: What is on it.
            is_forgotten: Telegram tells no more of the message than which one it is.
        """
        button = find_button(message, label)
        self._require(button is not None and not message.is_deleted, f"no button {label!r}")
        data = str((button or {})["callback_data"])
        return press(self.town, message, self.user, data, is_forgotten=is_forgotten)

    def votes(self, message: Message, *options: int) -> None:
        """Choose answers of a poll by their places, from 0; none takes the vote back."""
        vote(self.town, message, self.user, list(options))

    def joins(self, chat: Chat, link: InviteLink | None = None) -> None:
        """Come into a chat, by a link that lets everybody in or because it is open."""
        self._require(link is None or not (link.asks or link.is_revoked), "that link asks first")
        self.town.lapse()
        known = chat.member(self.user.id)
        self._require(known is None or known.status is not Status.KICKED, "was shut out")
        member = Membership(user=self.user, status=Status.MEMBER)
        change_member(self.town, Change(chat=chat, by=self.user, member=member, link=link))

    def asks_to_join(self, chat: Chat, link: InviteLink | None = None) -> None:
        """Ask to be let in."""
        ask_to_join(self.town, chat, self.user, link)

    def leaves(self, chat: Chat) -> None:
        """Go out of a chat."""
        member = Membership(user=self.user, status=Status.LEFT)
        change_member(self.town, Change(chat=chat, by=self.user, member=member))

    def manages(self, chat: Chat) -> Management:
        """Do something with a chat as a whole; this person's own rights are not looked at."""
        return Management(self.user, chat, self.town)

    def blocks(self, bot: Bot) -> None:
        """Shut a bot out."""
        chat = self.town.private(self.user, bot)
        set_blocked(self.town, chat, bot, is_blocked=True)

    def unblocks(self, bot: Bot) -> None:
        """Let a bot in again."""
        chat = self.town.private(self.user, bot)
        set_blocked(self.town, chat, bot, is_blocked=False)

    def shows(self, content: bytes) -> None:
        """Put up a picture of oneself."""
        self.portrait = self.town.files.hold_photo(content)

    def menu(self, bot: Bot, where: Chat | None = None) -> list[str]:
        """The commands that a bot offers in a chat, or in private."""
        return commands_for(bot, where or self.town.private(self.user, bot), self.user)

    def keyboard(self, bot: Bot) -> list[str]:
        """The labels of the keyboard that a bot shows instead of the letters.

        It stands as long as the message that brought it, or until another puts it away.
        """
        for message in reversed(self.reads(bot)):
            markup = message.markup or {}
            if "remove_keyboard" in markup:
                return []
            if "keyboard" in markup:
                rows = [as_objects(row) for row in as_list(markup["keyboard"])]
                return [str(button["text"]) for row in rows for button in row]
        return []

    def deletes_account(self) -> None:
        """Be gone for good; bots notice when they write."""
        self.town.gone.add(self.user.id)

    def reads(self, where: "Chat | Bot") -> list[Message]:
        """All messages of a chat that are still there, oldest first."""
        chat = self._place(where)
        return [m for _, m in sorted(chat.messages.items()) if not m.is_deleted]

    async def sees(self, where: "Chat | Bot", text: str, *, timeout_s: float = 5.0) -> Message:
        """Wait until a message that holds these words is there, and return the newest.

        Raises:
            TimeoutError: There is none in time.
        """
        await self.town.until(lambda: self._find(where, text), timeout_s=timeout_s)
        return self._find(where, text)[-1]

    def _find(self, where: "Chat | Bot", text: str) -> list[Message]:
        return [message for message in self.reads(where) if text in message.text]

    def _say(self, where: "Chat | Bot", content: Json, fixed: Json, how: How) -> Message:
        chat = self._place(where)
        if isinstance(where, Bot):
            set_blocked(self.town, chat, where, is_blocked=False)
        self._require_voice(chat)
        topic, member = how.get("topic"), chat.member(self.user.id)
        is_hidden = member is not None and member.is_anonymous
        return compose(
            self.town,
            Draft(
                chat=chat,
                author=self.user,
                content=content,
                fixed=fixed,
                reply_to=how.get("reply_to"),
                quote=how.get("quote"),
                topic_id=topic.id if topic else None,
                as_chat=how.get("as_chat") or (chat if is_hidden else None),
                signature=member.title if member and is_hidden else None,
                is_silent=how.get("silent", False),
            ),
        )

    def _content(self, what: Sendable, caption: str) -> Json:
        said = format_text(caption, [])
        words = present(caption=said.text, caption_entities=said.entities)
        return self.town.files.hold(what) | words

    def _change(self, message: Message, content: Json) -> Message:
        message.history.append(message.content)
        message.content, message.edited_s = content, self.town.now_s()
        self.town.announce(message, is_edit=True)
        return message

    def _place(self, where: "Chat | Bot") -> Chat:
        return self.town.private(self.user, where) if isinstance(where, Bot) else where

    def _require_voice(self, chat: Chat) -> None:
        if chat.is_private:
            return
        self.town.lapse()
        member = chat.member(self.user.id)
        self._require(member is not None and member.is_inside, f"not a member of {chat.title}")
        self._require(chat.migrated_to is None, f"{chat.title} has become a supergroup")
        may_post = member is not None and (
            member.may("can_post_messages") or chat.kind is not ChatKind.CHANNEL
        )
        allowed = member.allowed_in(chat.permissions) if member else frozenset()
        self._require(
            may_post and "can_send_messages" in allowed, f"may not write in {chat.title}"
        )

    def _require(self, holds: bool, why: str) -> None:  # noqa: FBT001 - reads as a sentence
        if not holds:
            raise Impossible(f"{self.user.name}: {why}")
