"""Where somebody types: text, pictures, files and a place."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from nicegui import events, ui
from nicegui.element import Element

from bot.domain.messages import Media, Position
from bot.domain.web_chat import WebMessage
from bot.errors import StorageUnavailable, UserError
from bot.web.theme import named
from bot.web.visitor import Visitor

MAX_UPLOAD_BYTES = 20_000_000
SLOWEST_BROWSER_S = 15.0
"""What is typed on an old phone is not lost because its page takes long to load."""
_ON_SEND = "() => emit(grannbro.take())"
_ON_ENTER = """
event => {
  if (event.isComposing || event.shiftKey) return;
  event.preventDefault();
  emit(grannbro.take());
}
"""
_WHERE_AM_I = """
return await new Promise(done => navigator.geolocation
  ? navigator.geolocation.getCurrentPosition(
      p => done([p.coords.latitude, p.coords.longitude]), () => done(null), {timeout: 8000})
  : done(null))
"""


@dataclass
class Composer:
    """The line at the foot of a room.

    Attributes:
        room: Says which room it writes to.
    """

    visitor: Visitor
    room: Callable[[], str | None]
    files: list[Media] = field(default_factory=list)
    answered: WebMessage | None = None
    changed: WebMessage | None = None
    _drafts: dict[str, str] = field(default_factory=dict)

    def build(self) -> None:
        """Draw it."""
        say = self.visitor.say
        with ui.element("div").classes("gb-compose"):
            self._hint: Element = ui.element("div").classes("gb-hint")
            self._hint.set_visibility(False)
            with ui.element("div").classes("gb-compose-row"):
                upload = ui.upload(
                    on_upload=self._uploaded,
                    on_rejected=lambda: ui.notify(say("web-file-rejected"), type="warning"),
                    auto_upload=True,
                    max_file_size=MAX_UPLOAD_BYTES,
                ).classes("hidden")
                self._icon(
                    "attach_file", say("web-attach"), lambda: upload.run_method("pickFiles")
                )
                self._icon("place", say("web-share-place"), self._share_place)
                self._text = (
                    ui.textarea(placeholder=say("web-write"))
                    .props("autogrow dense borderless")
                    .on("keydown.enter", self._send, js_handler=_ON_ENTER)
                )
                named(self._text, say("web-write"))
                send = ui.button(icon="send").props("flat round color=primary")
                named(send, say("web-send")).on("click", self._send, js_handler=_ON_SEND)
        ui.context.client.on_connect(self._recover)

    def reply(self, message: WebMessage) -> None:
        """Answer a message with what is typed next."""
        self.answered, self.changed = message, None
        self._show_hint(self.visitor.say("web-replying", text=message.text.plain[:60]))

    def edit(self, message: WebMessage) -> None:
        """Change a message instead of writing a new one."""
        self.answered, self.changed = None, message
        self._text.value = message.text.plain
        self._show_hint(self.visitor.say("web-editing"))

    def cancel(self) -> None:
        """Drop what is answered, changed or attached; what is typed stays unless it was there."""
        if self.changed is not None:
            self._text.value = ""
        self.files, self.answered, self.changed = [], None, None
        self._hint.set_visibility(False)

    def turn_to(self, room: str) -> None:
        """Put away what is typed in the open room, and take out what waits for another."""
        before = self.room()
        if before is not None and self.changed is None:
            self._drafts[before] = self._text.value or ""
        self.cancel()
        self._text.value = self._drafts.pop(room, "")
        self._text.props["data-draft"] = room

    async def _recover(self) -> None:
        """Take back what was typed before the page was loaded again."""
        kept = await ui.run_javascript("return grannbro.drafts()", timeout=SLOWEST_BROWSER_S)
        self._drafts = {**kept, **self._drafts}
        room = self.room()
        if room is not None and not self._text.value:
            self._text.value = self._drafts.pop(room, "")

    async def _send(self, event: events.GenericEventArguments) -> None:
        typed, room = event.args, self.room()
        if room is None or not isinstance(typed, str) or not (typed.strip() or self.files):
            return
        try:
            await self._deliver(room, typed)
        except (UserError, StorageUnavailable) as error:
            self.visitor.excuse(error)
            self._text.value = self._text.value or typed
        else:
            self.cancel()
            ui.run_javascript(f"grannbro.sent({json.dumps(room)}, {json.dumps(typed)})")

    async def share(self, position: Position) -> None:
        """Send a place."""
        room = self.room()
        if room is None:
            return
        try:
            await self.visitor.platform.write(self.visitor.account, room, "", position=position)
        except (UserError, StorageUnavailable) as error:
            self.visitor.excuse(error)

    async def _deliver(self, room: str, typed: str) -> None:
        platform, account = self.visitor.platform, self.visitor.account
        if self.changed is not None:
            await platform.edit(account, self.changed.id, typed)
            return
        await platform.write(
            account,
            room,
            typed,
            files=self.files,
            reply_to=self.answered.id if self.answered else None,
        )

    async def _uploaded(self, event: events.UploadEventArguments) -> None:
        kind = event.file.content_type or ""
        try:
            kept = await self.visitor.platform.keep_file(
                await event.file.read(), name=event.file.name, is_picture=kind.startswith("image/")
            )
        except (UserError, StorageUnavailable) as error:
            self.visitor.excuse(error)
            return
        self.files.append(kept)
        self._show_hint(self.visitor.say("web-attached", name=kept.name))

    async def _share_place(self) -> None:
        found = await ui.run_javascript(_WHERE_AM_I, timeout=10)
        if not found:
            ui.notify(self.visitor.say("web-no-place"), type="warning", multi_line=True)
            return
        await self.share(Position(float(found[0]), float(found[1])))

    def _show_hint(self, text: str) -> None:
        self._hint.clear()
        self._hint.set_visibility(True)
        with self._hint:
            self.visitor.write(text)
            cancel = ui.button(icon="close", on_click=self.cancel).props(
                "flat dense round size=sm"
            )
            named(cancel, self.visitor.say("web-cancel"))

    def _icon(self, icon: str, label: str, on_click: Callable[..., object]) -> None:
        button = ui.button(icon=icon, on_click=on_click).props("flat round color=primary")
        named(button, label)
