"""Messages as the service keeps them."""

from dataclasses import dataclass, field

from tests.emulators.telegram.chats import Chat
from tests.emulators.telegram.users import User
from tests.emulators.telegram.wire import Json, as_object, as_objects, present


@dataclass(eq=False, kw_only=True)
class Message:
    """One message; everybody in its chat sees this one.

    Attributes:
        author: Who wrote it in truth; the wire may show a stand-in.
        content: The fields of the wire that make up what it says: text, photo, poll ...
        fixed: Further fields of the wire that never change: forward_origin, media_group_id ...
        reactions: What each person has put on it; a chat that reacts has its own id.
        is_silent: It came without sound.
        history: What it said before each edit.
    """

    chat: Chat
    message_id: int
    date_s: int
    author: User
    shown_as: User | None
    content: Json
    sender_chat: Chat | None = None
    fixed: Json = field(default_factory=dict)
    reply_to: "Message | None" = None
    thread_id: int | None = None
    in_topic: bool = False
    markup: Json | None = None
    edited_s: int | None = None
    is_silent: bool = False
    is_deleted: bool = False
    is_service: bool = False
    reactions: dict[int, list[Json]] = field(default_factory=dict)
    votes: dict[int, list[int]] = field(default_factory=dict)
    history: list[Json] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it says, as a text or below a picture."""
        return str(self.content.get("text") or self.content.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        """How parts of its text look."""
        return as_objects(self.content.get("entities") or self.content.get("caption_entities"))

    @property
    def buttons(self) -> list[str]:
        """The labels below it, row by row."""
        return [str(b["text"]) for row in self.rows for b in row]

    @property
    def rows(self) -> list[list[Json]]:
        """The buttons below it."""
        rows = (self.markup or {}).get("inline_keyboard")
        return [as_objects(row) for row in rows] if isinstance(rows, list) else []

    @property
    def is_pinned(self) -> bool:
        """Whether it hangs at the top of its chat."""
        return self.message_id in self.chat.pinned

    @property
    def edits(self) -> int:
        """How often its content has changed."""
        return len(self.history)

    def remove(self) -> None:
        """Take it out of its chat for everybody."""
        self.is_deleted = True
        if self.is_pinned:
            self.chat.pinned.remove(self.message_id)

    def kind(self) -> str:
        """Say which field holds its content: text, photo, location ..."""
        told = ("caption", "caption_entities", "has_media_spoiler", "show_caption_above_media")
        named = [name for name in self.content if name not in told]
        preferred = [n for n in ("text", "animation", "venue") if n in named]
        return (preferred or named or ["text"])[0]

    def to_json(self, *, is_nested: bool = False) -> Json:
        """Word it as a Message; what it answers is told one level deep."""
        seen: Json = {
            "message_id": self.message_id,
            "date": self.date_s,
            "chat": self.chat.to_json(),
        }
        if self.shown_as is not None:
            seen["from"] = self.shown_as.to_json()
        seen |= present(
            sender_chat=self.sender_chat.to_json() if self.sender_chat else None,
            message_thread_id=self.thread_id,
            is_topic_message=self.in_topic or None,
            edit_date=self.edited_s,
        )
        if self.reply_to is not None and not is_nested:
            seen["reply_to_message"] = self.reply_to.to_json(is_nested=True)
        if "inline_keyboard" in (self.markup or {}):
            seen["reply_markup"] = self.markup
        return seen | self.fixed | self.content

    def as_pinned(self) -> Json:
        """Word it inside the note that it was pinned."""
        return as_object(self.to_json(is_nested=True))
