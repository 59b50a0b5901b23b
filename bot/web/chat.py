"""The chat for somebody who has signed in with a personal link."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import RedirectResponse
from nicegui import ui
from starlette.responses import Response

from bot.bridges.web.platform import WebPlatform
from bot.domain.web_chat import WebRoom
from bot.domain.words import words
from bot.texts import Texts
from bot.web.columns import Columns
from bot.web.sidebar import Entry, Sidebar
from bot.web.talk import Talk, title
from bot.web.theme import apply_theme
from bot.web.visitor import Visitor

LINK = "link"
"""Key in the session of the personal link that somebody came with; a newer one ends it."""


@dataclass(frozen=True, kw_only=True)
class ChatPages:
    """The pages of the chat."""

    platform: WebPlatform
    texts: Texts
    zone: ZoneInfo
    language: str

    def register(self) -> None:
        """Make the pages known to the web server."""
        ui.page("/chat", title="Grannbro")(self.chat)
        ui.page("/", title="Grannbro")(self.welcome)

    async def chat(self, request: Request) -> Response | None:
        """Show the rooms of whoever is signed in."""
        account = await self.platform.sign_in(str(request.session.get(LINK, "")))
        if account is None:
            return RedirectResponse("/")
        visitor = Visitor(
            platform=self.platform,
            texts=self.texts,
            zone=self.zone,
            account=account.id,
            language=self.texts.pick(account.language) or self.language,
        )
        wanted = request.query_params.get("room", "")
        _build(visitor, await self.platform.rooms(account.id), account.name, wanted)
        return None

    async def welcome(self, request: Request) -> Response | None:
        """Say how to come in; who is signed in already goes on to the chat."""
        if await self.platform.sign_in(str(request.session.get(LINK, ""))) is not None:
            return RedirectResponse("/chat")
        language = self.texts.pick(request.headers.get("accept-language")) or self.language
        apply_theme(self.texts, language)
        text_id = "web-link-ended" if "ended" in request.query_params else "web-welcome"
        said = self.texts.plain(words(text_id), language)
        with ui.element("div").classes("gb-alone"):
            ui.html("Grannbro", tag="h1", sanitize=False).classes("gb-brand")
            ui.html(escape(said), tag="p", sanitize=False)
        return None


def _build(visitor: Visitor, rooms: Sequence[WebRoom], name: str, wanted: str) -> None:
    apply_theme(visitor.texts, visitor.language)
    names = {room.id: room.title for room in rooms}
    columns = Columns(visitor, ("rooms", "talk"))
    talk = Talk(visitor, head=lambda room: title(visitor, names.get(room, "")))

    def choose(entry: Entry) -> None:
        talk.open(entry.room)
        sidebar.opened(entry.room)
        columns.show("talk")
        visitor.is_at(room=entry.room)

    entries = [
        Entry(room=room.id, account=visitor.account, name=room.title, face=room.title[:1])
        for room in rooms
    ]
    sidebar = Sidebar(
        visitor, [(name, entries)], choose, lambda is_red: columns.warn("rooms", is_red=is_red)
    )
    with ui.element("div").classes("gb-app"):
        with columns.build():
            sidebar.build()
            talk.build()
        columns.build_tabs()
    for entry in [*(entry for entry in entries if entry.room == wanted), *entries][:1]:
        choose(entry)
