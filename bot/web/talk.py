"""One room, open: its head, its lines and where to write."""

from collections.abc import Callable

from nicegui import ui

from bot.web.composer import Composer
from bot.web.lines import Asked, Lines
from bot.web.theme import named
from bot.web.visitor import Visitor

REFRESH_S = 0.15


class Talk:
    """The room that is open on a page."""

    def __init__(self, visitor: Visitor, *, head: Callable[[str], None]) -> None:
        self.visitor = visitor
        self.room: str | None = None
        self.composer = Composer(visitor, lambda: self.room)
        self._head = head
        self._changed = True

    def build(self) -> None:
        """Draw it; it keeps itself up to date while the page is open."""
        with ui.element("section").classes("gb-talk"):
            self._top = ui.element("header").classes("gb-talk-head")
            box = ui.element("div").classes("gb-lines").props('role="log" tabindex="0"')
            named(box, self.visitor.say("web-tab-talk"))
            self.lines = Lines(
                self.visitor, Asked(reply=self.composer.reply, edit=self.composer.edit), box
            )
            self.composer.build()
        stop = self.visitor.platform.bridge.changes.listen(self._heard)
        ui.context.client.on_delete(stop)
        ui.timer(REFRESH_S, self._refresh)

    def open(self, room: str) -> None:
        """Show another room, or the same for another account."""
        self.composer.turn_to(room)
        self.room = room
        self._changed = True
        self.lines.clear()
        self._top.clear()
        with self._top:
            self._head(room)

    def _heard(self, room: str) -> None:
        if room == self.room:
            self._changed = True

    async def _refresh(self) -> None:
        room = self.room
        if self._changed and room is not None:
            self._changed = False
            await self.lines.show(room, is_open=lambda: self.room == room)


def title(visitor: Visitor, name: str, about: str = "") -> None:
    """Write a room's name and what it is."""
    with ui.element("div").classes("gb-talk-words"):
        visitor.write(name, tag="h2", classes="gb-talk-title")
        visitor.write(about, tag="div", classes="gb-talk-about")
