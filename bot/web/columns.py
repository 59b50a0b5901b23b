"""Columns side by side on a wide screen, one at a time with tabs on a small one."""

from collections.abc import Sequence

from nicegui import ui
from nicegui.element import Element

from bot.web.visitor import Visitor


class Columns:
    """The columns of a page, by name: rooms, talk, map."""

    def __init__(self, visitor: Visitor, names: Sequence[str]) -> None:
        self._visitor = visitor
        self._names = names
        self._tabs: dict[str, Element] = {}
        self._marks: dict[str, Element] = {}

    def build(self) -> Element:
        """Draw the grid; what is drawn inside it becomes the columns."""
        self._grid = ui.element("div")
        self._set_class(self._names[0])
        return self._grid

    def build_tabs(self) -> None:
        """Draw the tabs that a small screen shows."""
        with ui.element("nav").classes("gb-tabs"):
            for name in self._names:
                tab = ui.element("button").classes("gb-tab")
                tab.on("click", lambda _, n=name: self.show(n))
                with tab:
                    self._visitor.write(self._visitor.say(f"web-tab-{name}"))
                    self._marks[name] = ui.element("span")
                self._tabs[name] = tab
        self.show(self._names[0])

    def show(self, name: str) -> None:
        """Bring a column to the front of a small screen."""
        self._set_class(name)
        for other, tab in self._tabs.items():
            is_shown = other == name
            tab.classes(replace=f"gb-tab {'on' if is_shown else ''}")
            tab.props["aria-current"] = "page" if is_shown else "false"

    def warn(self, name: str, *, is_red: bool) -> None:
        """Put a red mark on a tab, or take it off: behind it something urgent is unread."""
        mark = self._marks[name]
        mark.clear()
        if is_red:
            with mark, ui.element("span").classes("gb-tab-red"):
                self._visitor.write(self._visitor.say("web-new-red"), classes="gb-sr")

    def _set_class(self, name: str) -> None:
        width = "two" if len(self._names) == 2 else ""
        self._grid.classes(replace=f"gb-columns {width} {name}")
