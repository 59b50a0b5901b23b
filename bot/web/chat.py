"""The chat for somebody who has signed in with a personal link."""

from collections.abc import Sequence
from dataclasses import dataclass
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

ACCOUNT = "account"
"""Key of the signed-in account in the session."""


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
        account = await self.platform.account(str(request.session.get(ACCOUNT, "")))
        if account is None:
            return RedirectResponse("/")
        visitor = Visitor(
            platform=self.platform,
            texts=self.texts,
            zone=self.zone,
            account=account.id,
            language=self.texts.pick(account.language) or self.language,
        )
        _build(visitor, await self.platform.rooms(account.id), account.name)
        return None

    async def welcome(self, request: Request) -> Response | None:
        """Say how to come in; who is signed in already goes on to the chat."""
        if await self.platform.account(str(request.session.get(ACCOUNT, ""))) is not None:
            return RedirectResponse("/chat")
        language = self.texts.pick(request.headers.get("accept-language")) or self.language
        apply_theme()
        with ui.element("main").classes("gb-alone"):
            ui.label("Grannbro").classes("gb-brand")
            ui.label(self.texts.plain(words("web-welcome"), language))
        return None


def _build(visitor: Visitor, rooms: Sequence[WebRoom], name: str) -> None:
    apply_theme()
    names = {room.id: room.title for room in rooms}
    columns = Columns(visitor, ("rooms", "talk"))
    talk = Talk(visitor, head=lambda room: title(names.get(room, "")))

    def choose(entry: Entry) -> None:
        talk.open(entry.room)
        sidebar.opened(entry.room)
        columns.show("talk")

    entries = [
        Entry(room=room.id, account=visitor.account, name=room.title, face=room.title[:1])
        for room in rooms
    ]
    sidebar = Sidebar(visitor, [(name, entries)], choose)
    with ui.element("div").classes("gb-app"):
        with columns.build():
            sidebar.build()
            talk.build()
        columns.build_tabs()
    if entries:
        choose(entries[0])
