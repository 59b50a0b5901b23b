"""The demo's page: rooms, the open room, the map, and the day's controls."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
from bot.web.theme import apply_theme, named
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
        apply_theme(self.texts, language)
        wanted = request.query_params
        _DemoPage(self, visitor, people).build(wanted.get("room", ""), wanted.get("as", ""))


class _DemoPage:
    """One visitor's page."""

    def __init__(self, pages: DemoPages, visitor: Visitor, people: Sequence[Actor]) -> None:
        self._pages = pages
        self._visitor = visitor
        self._people = {person.id: person for person in people}
        self._columns = Columns(visitor, ("rooms", "talk", "map"))
        self._talk = Talk(visitor, head=self._head)
        self._sidebar = Sidebar(
            visitor,
            self._parts(),
            self._choose,
            lambda is_red: self._columns.warn("rooms", is_red=is_red),
        )
        self._titles = dict(pages.rooms)

    def build(self, room: str, account: str) -> None:
        """Draw the page and open a room as somebody, or the first one if they don't belong."""
        pages = self._pages
        with ui.element("div").classes("gb-app"):
            Controls(self._visitor, pages.player).build()
            with self._columns.build():
                self._sidebar.build()
                self._talk.build()
                ReportMap(self._visitor, pages.store, pages.areas).build()
            self._columns.build_tabs()
        entries = [entry for _, part in self._parts() for entry in part]
        wanted = [replace(entry, account=account) for entry in entries if entry.room == room]
        known = [entry for entry in wanted if account in self._may_open(entry.room)]
        self._choose([*known, *entries][0])

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

    def _may_open(self, room: str) -> Sequence[str]:
        return [room[1:]] if room.startswith("@") else self._members(room)

    def _members(self, room: str) -> Sequence[str]:
        return [person.id for person in self._people.values() if room in person.rooms]

    def _choose(self, entry: Entry) -> None:
        self._visitor.account = entry.account
        self._talk.open(entry.room)
        self._sidebar.opened(entry.room)
        self._columns.show("talk")
        self._visitor.is_at(**{"room": entry.room, "as": entry.account})

    def _head(self, room: str) -> None:
        """Say where one is, and let the visitor choose who to be."""
        if room.startswith("@"):
            person = self._people[room[1:]]
            about = person.about.in_language(self._visitor.language)
            title(self._visitor, person.name, self._visitor.say("demo-with-bot", about=about))
            return
        members = self._members(room)
        people = self._visitor.say("web-people", number=len(members))
        title(self._visitor, self._titles.get(room, room), people)
        names = {member: self._people[member].name for member in members}
        ui.select(
            names,
            value=self._visitor.account,
            label=self._visitor.say("demo-you-are"),
            on_change=lambda event: self._become(room, str(event.value)),
        ).props("dense outlined options-dense").classes("gb-who-am-i")

    def _become(self, room: str, account: str) -> None:
        self._visitor.account = account
        self._talk.open(room)
        self._visitor.is_at(**{"room": room, "as": account})


class Controls:
    """Play, pause, speed, and what is told just now."""

    def __init__(self, visitor: Visitor, player: Player) -> None:
        self._visitor = visitor
        self._player = player
        self._shown: object = None

    def build(self) -> None:
        """Draw them; they keep themselves up to date."""
        with ui.element("header").classes("gb-top"):
            ui.html("Grannbro", tag="h1", sanitize=False).classes("gb-brand")
            self._play = ui.button(icon="pause", on_click=self._toggle).props("round unelevated")
            self._speed = ui.button("×1", on_click=self._player.faster).props("flat no-caps")
            self._clock = ui.label("").classes("gb-clock")
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
        icon, label = self._next_step()
        self._play.props["icon"] = icon
        named(self._play, self._visitor.say(label))
        self._speed.text = f"×{player.speed}"
        named(self._speed, self._visitor.say("demo-speed", speed=player.speed))
        self._clock.text = self._visitor.clock_time(player.clock.now())
        state = (player.note, player.is_over)
        if state != self._shown:
            self._shown = state
            self._tell()

    def _next_step(self) -> tuple[str, str]:
        """Return the sign and the name of what the button does now."""
        if self._player.is_over:
            return "replay", "demo-again"
        return ("pause", "demo-pause") if self._player.playing else ("play_arrow", "demo-play")

    def _tell(self) -> None:
        note = self._player.note
        said = self._visitor.say("demo-begin")
        if note is not None and note.note is not None:
            said = note.note.in_language(self._visitor.language)
        self._story.clear()
        with self._story:
            self._visitor.write(said)
