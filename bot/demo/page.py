"""The demo's page: rooms, the open room, the map, and the day's controls."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from fastapi import Request
from nicegui import ui

from bot.bridges.web.platform import WebPlatform
from bot.demo.map import ReportMap
from bot.demo.player import Player
from bot.demo.story import Actor
from bot.domain.areas import AreaMap
from bot.ports.store import Store
from bot.texts import Texts
from bot.web.columns import Columns
from bot.web.sidebar import Entry, Sidebar
from bot.web.talk import Talk, title
from bot.web.theme import apply_theme
from bot.web.visitor import Visitor

REFRESH_S = 0.3


@dataclass(frozen=True, kw_only=True)
class DemoPages:
    """The page of the demo, where a visitor may act as any of the people."""

    platform: WebPlatform
    store: Store
    texts: Texts
    areas: AreaMap
    player: Player
    rooms: Sequence[tuple[str, str]]
    """Id and title of the rooms that are no private chats."""

    def register(self) -> None:
        """Make the page known to the web server."""
        ui.page("/", title="Grannbro")(self.page)

    async def page(self, request: Request) -> None:
        """Show everything."""
        language = self.texts.pick(request.headers.get("accept-language")) or "sv"
        people = self.player.story.people
        visitor = Visitor(
            platform=self.platform,
            texts=self.texts,
            zone=self.player.zone,
            account=people[0].id,
            language=language,
        )
        apply_theme()
        _DemoPage(self, visitor, people).build()


class _DemoPage:
    """One visitor's page."""

    def __init__(self, pages: DemoPages, visitor: Visitor, people: Sequence[Actor]) -> None:
        self._pages = pages
        self._visitor = visitor
        self._people = {person.id: person for person in people}
        self._columns = Columns(visitor, ("rooms", "talk", "map"))
        self._talk = Talk(visitor, head=self._head)
        self._sidebar = Sidebar(visitor, self._parts(), self._choose)
        self._titles = dict(pages.rooms)

    def build(self) -> None:
        """Draw the page and open the first room."""
        pages = self._pages
        with ui.element("div").classes("gb-app"):
            Controls(self._visitor, pages.player).build()
            with self._columns.build():
                self._sidebar.build()
                self._talk.build()
                ReportMap(self._visitor, pages.store, pages.areas).build()
            self._columns.build_tabs()
        self._choose(self._parts()[0][1][0])

    def _parts(self) -> Sequence[tuple[str, Sequence[Entry]]]:
        rooms = [
            Entry(room=room, account=self._members(room)[0], name=name, face=name[:1])
            for room, name in self._pages.rooms
        ]
        private = [
            Entry(room=f"@{person.id}", account=person.id, name=person.name, face=person.name[:1])
            for person in self._people.values()
        ]
        return (
            (self._visitor.say("demo-rooms"), rooms),
            (self._visitor.say("demo-private"), private),
        )

    def _members(self, room: str) -> Sequence[str]:
        return [person.id for person in self._people.values() if room in person.rooms]

    def _choose(self, entry: Entry) -> None:
        self._visitor.account = entry.account
        self._talk.open(entry.room)
        self._sidebar.opened(entry.room)
        self._columns.show("talk")

    def _head(self, room: str) -> None:
        """Say where one is, and let the visitor choose who to be."""
        if room.startswith("@"):
            person = self._people[room[1:]]
            about = person.about.in_language(self._visitor.language)
            title(person.name, self._visitor.say("demo-with-bot", about=about))
            return
        members = self._members(room)
        title(self._titles.get(room, room), self._visitor.say("web-people", number=len(members)))
        ui.space()
        names = {member: self._people[member].name for member in members}
        ui.select(
            names,
            value=self._visitor.account,
            label=self._visitor.say("demo-you-are"),
            on_change=lambda event: self._become(room, str(event.value)),
        ).props("dense outlined options-dense").classes("gb-who-am-i").style("min-width: 120px")

    def _become(self, room: str, account: str) -> None:
        self._visitor.account = account
        self._talk.open(room)


class Controls:
    """Play, pause, speed, and what is told just now."""

    def __init__(self, visitor: Visitor, player: Player) -> None:
        self._visitor = visitor
        self._player = player
        self._shown: object = None

    def build(self) -> None:
        """Draw them; they keep themselves up to date."""
        say = self._visitor.say
        with ui.element("header").classes("gb-top"):
            ui.label("Grannbro").classes("gb-brand")
            self._play = ui.button(icon="pause", on_click=self._toggle).props("round dense")
            self._play.props(f'aria-label="{escape(say("demo-play"))}"')
            self._speed = ui.button("×1", on_click=self._player.faster)
            self._speed.props(f'flat dense no-caps aria-label="{escape(say("demo-speed"))}"')
            self._clock = ui.label("").classes("font-bold tabular-nums")
            self._story = ui.element("div").classes("gb-story").props('aria-live="polite"')
        ui.timer(REFRESH_S, self._refresh)

    def _toggle(self) -> None:
        if self._player.is_over:
            self._player.next_day()
        else:
            self._player.play(on=not self._player.playing)
        self._refresh()

    def _refresh(self) -> None:
        player = self._player
        icon = "replay" if player.is_over else "pause" if player.playing else "play_arrow"
        self._play.props(f"icon={icon}")
        self._speed.text = f"×{player.speed}"
        self._clock.text = self._visitor.clock_time(player.clock.now())
        state = (player.note, player.is_over)
        if state != self._shown:
            self._shown = state
            self._tell()

    def _tell(self) -> None:
        note = self._player.note
        said = self._visitor.say("demo-begin")
        if note is not None and note.note is not None:
            said = note.note.in_language(self._visitor.language)
        self._story.clear()
        with self._story:
            ui.html(escape(said), tag="span", sanitize=False)
