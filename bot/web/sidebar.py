"""The list of rooms, each with its last words and what is unread."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from nicegui import ui
from nicegui.element import Element

from bot.domain.web_chat import WebMessage
from bot.web.cards import tone
from bot.web.theme import found_again, named
from bot.web.visitor import Visitor

REFRESH_S = 0.3
_SEEN_AT_MOST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A room in the list.

    Attributes:
        account: For whom it is opened.
        face: One or two characters.
    """

    room: str
    account: str
    name: str
    face: str


@dataclass
class Sidebar:
    """The rooms at the side; a press opens one.

    Attributes:
        warn: Told when a room that is not open comes to hold a red report that is unread, and
            when none does any more.
    """

    visitor: Visitor
    parts: Sequence[tuple[str, Sequence[Entry]]]
    choose: Callable[[Entry], None]
    warn: Callable[[bool], None]
    _read_until: dict[str, int] = field(default_factory=dict)
    _items: dict[str, Element] = field(default_factory=dict)
    _changed: set[str] = field(default_factory=set)
    _red: set[str] = field(default_factory=set)
    _open: str | None = None

    def build(self) -> None:
        """Draw it; it keeps itself up to date while the page is open."""
        with named(ui.element("nav").classes("gb-side"), self.visitor.say("web-tab-rooms")):
            for title, entries in self.parts:
                self.visitor.write(title, tag="h2", classes="gb-side-title")
                for entry in entries:
                    item = found_again(ui.element("button").classes("gb-room"), entry.room)
                    item.on("click", lambda _, e=entry: self.choose(e))
                    self._items[entry.room] = item
                    self._changed.add(entry.room)
        stop = self.visitor.platform.bridge.changes.listen(self._changed.add)
        ui.context.client.on_delete(stop)
        ui.timer(REFRESH_S, self._refresh)

    def opened(self, room: str) -> None:
        """Mark the room that is open."""
        if self._open is not None:
            self._changed.add(self._open)
        self._open = room
        self._changed.add(room)

    async def _refresh(self) -> None:
        changed, entries = set(self._changed), [e for _, part in self.parts for e in part]
        self._changed.clear()
        was_red = bool(self._red)
        for entry in entries:
            if entry.room in changed:
                await self._draw(entry)
        if bool(self._red) is not was_red:
            self.warn(not was_red)

    async def _draw(self, entry: Entry) -> None:
        messages = await self.visitor.platform.messages(entry.room, last=_SEEN_AT_MOST)
        last = messages[-1] if messages else None
        first_look = entry.room not in self._read_until
        if last is not None and (first_look or entry.room == self._open):
            self._read_until[entry.room] = last.id
        unread = [m for m in messages if m.id > self._read_until.get(entry.room, 0)]
        if first_look:
            self._read_until.setdefault(entry.room, 0)
        item = self._items[entry.room]
        is_open = entry.room == self._open
        item.classes(replace=f"gb-room {'open' if is_open else ''}")
        item.props["aria-current"] = "true" if is_open else "false"
        item.clear()
        write = self.visitor.write
        with item:
            with ui.element("span").classes("gb-face").props('aria-hidden="true"'):
                write(entry.face)
            with ui.element("span").classes("gb-room-words"):
                write(entry.name, classes="gb-room-name")
                said = _one_line(last) if last else self.visitor.say("web-quiet")
                write(said, classes="gb-room-last")
            self._badge(entry.room, unread)

    def _badge(self, room: str, unread: Sequence[WebMessage]) -> None:
        urgent = any(tone(message) == "red" for message in unread)
        (self._red.add if urgent else self._red.discard)(room)
        if not unread:
            return
        with ui.element("span").classes(f"gb-unread {'red' if urgent else ''}"):
            self.visitor.write(str(len(unread)))
            self.visitor.write(self.visitor.say("web-unread"), classes="gb-sr")


def _one_line(message: WebMessage) -> str:
    said = " ".join(message.text.plain.split()) or "📎"
    return f"{message.author_name}: {said}"[:80] if message.author else said[:80]
