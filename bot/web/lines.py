"""The messages of a room, kept up to date while they are looked at."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from html import escape

from nicegui import ui
from nicegui.element import Element

from bot.bridges.web.markup import to_html
from bot.domain.messages import Media, MediaKind
from bot.domain.outgoing import Button
from bot.domain.web_chat import WebMessage
from bot.errors import StorageUnavailable, UserError
from bot.web.cards import card_html, is_card, tone
from bot.web.theme import found_again, named
from bot.web.visitor import Visitor

QUICK_REACTIONS = ("👍", "❤️", "👁", "➕")


@dataclass
class Asked:
    """What the composer is asked to do with a message."""

    reply: Callable[[WebMessage], None]
    edit: Callable[[WebMessage], None]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A message as it stands on the page, with the words of the one that it answers."""

    line: Element
    message: WebMessage
    quoted: str


@dataclass
class Lines:
    """The messages on the page; only what has changed is drawn again."""

    visitor: Visitor
    asked: Asked
    box: Element
    _drawn: dict[int, _Drawn] = field(default_factory=dict)
    _empty: Element | None = None

    def clear(self) -> None:
        """Forget what is drawn; another room follows."""
        self._drawn.clear()
        self._empty = None
        self.box.clear()

    async def show(self, room: str, *, is_open: Callable[[], bool]) -> None:
        """Bring the page to what the room holds now, if it is still open when that is known."""
        messages = await self.visitor.platform.messages(room)
        if not is_open():
            return
        texts = {message.id: message.text.plain for message in messages}
        for gone in self._drawn.keys() - texts.keys():
            self._drawn.pop(gone).line.delete()
        grown = False
        for message in messages:
            drawn, quoted = self._drawn.get(message.id), texts.get(message.reply_to or 0, "")
            if drawn is not None and (drawn.message, drawn.quoted) == (message, quoted):
                continue
            grown = grown or drawn is None
            self._draw(message, quoted)
        self._comfort(is_empty=not messages)
        if grown:
            ui.run_javascript(f"grannbro.toEnd({self.box.id})")

    def _comfort(self, *, is_empty: bool) -> None:
        """Say a kind word where nobody has said anything yet."""
        if self._empty is not None:
            self._empty.delete()
            self._empty = None
        if is_empty:
            with self.box:
                self._empty = ui.label(self.visitor.say("web-empty")).classes("gb-empty")

    def _draw(self, message: WebMessage, quoted: str) -> None:
        known = self._drawn.get(message.id)
        if known is not None:
            line = known.line
            line.clear()
        else:
            with self.box:
                line = ui.element("article")
        card = "card" if is_card(message) else ""
        line.classes(replace=f"gb-line {card} {tone(message)} {self._side(message)}")
        line.props(f'data-message="{message.id}" tabindex="-1"')
        with line:
            self._fill(message, quoted)
        self._drawn[message.id] = _Drawn(line, message, quoted)

    def _side(self, message: WebMessage) -> str:
        return "mine" if message.author == self.visitor.account else ""

    def _fill(self, message: WebMessage, quoted: str) -> None:
        is_mine = message.author == self.visitor.account
        name = message.author_name if message.author else "Grannbro"
        ui.label(name).classes("gb-sr" if is_mine else "gb-who")
        with ui.element("div").classes("gb-bubble"):
            if quoted:
                ui.label(quoted[:90]).classes("gb-quote")
            write = card_html if is_card(message) else to_html
            ui.html(write(message.text), sanitize=False)
            for file in message.media:
                ui.html(self._file(file), sanitize=False)
            if message.place is not None:
                known = "yes" if message.place else "no"
                ui.label(self.visitor.say("web-place", area=message.place, known=known))
            if message.rows:
                self._buttons(message)
        self._foot(message)

    def _file(self, file: Media) -> str:
        address = f"/media/{escape(file.id)}"
        if file.kind in {MediaKind.PHOTO, MediaKind.STICKER}:
            label = escape(file.alt or self.visitor.say("web-picture"))
            return f'<img class="gb-photo" loading="lazy" src="{address}" alt="{label}">'
        name = escape(file.name)
        return f'<a class="gb-file" href="{address}" download="{name}">📎 {name}</a>'

    def _buttons(self, message: WebMessage) -> None:
        with ui.element("div").classes("gb-rows"):
            for row in message.rows:
                with ui.element("div").classes("gb-row"):
                    for button in row:
                        self._button(message, button)

    def _button(self, message: WebMessage, button: Button) -> None:
        async def press() -> None:
            platform, account = self.visitor.platform, self.visitor.account
            await self._try(platform.press(account, message.id, button.data))

        element = ui.element("button").classes("gb-press").on("click", press)
        with found_again(element, f"{message.id} {button.data}"):
            self.visitor.write(button.label)

    def _foot(self, message: WebMessage) -> None:
        with ui.element("div").classes("gb-foot"):
            edited = f" · {self.visitor.say('web-edited')}" if self._was_edited(message) else ""
            self.visitor.write(self.visitor.clock_time(message.sent_at) + edited)
            for emoji, accounts in message.reactions.items():
                self._reaction(message, emoji, accounts)
            self._menu(message)

    def _was_edited(self, message: WebMessage) -> bool:
        return message.edited_at is not None and message.author is not None

    def _reaction(self, message: WebMessage, emoji: str, accounts: frozenset[str]) -> None:
        is_on = self.visitor.account in accounts

        async def toggle() -> None:
            platform, account = self.visitor.platform, self.visitor.account
            await self._try(platform.react(account, message.id, emoji, on=not is_on))

        chip = ui.element("button").classes(f"gb-react {'on' if is_on else ''}")
        chip.props["aria-pressed"] = "true" if is_on else "false"
        with found_again(chip, f"{message.id} {emoji}").on("click", toggle):
            self.visitor.write(f"{emoji} {len(accounts)}")

    def _menu(self, message: WebMessage) -> None:
        visitor = self.visitor
        more = ui.button(icon="more_horiz").props("flat dense round size=sm").classes("gb-more")
        with named(more, visitor.say("web-more"), focus=f"{message.id} more"), ui.menu():
            with ui.row().classes("gap-0 px-2"):
                for emoji in QUICK_REACTIONS:
                    self._quick(message, emoji)
            ui.menu_item(visitor.say("web-reply"), lambda: self.asked.reply(message))
            if message.author == visitor.account:
                ui.menu_item(visitor.say("web-edit"), lambda: self.asked.edit(message))
                ui.menu_item(visitor.say("web-delete"), lambda: self._delete(message))

    def _quick(self, message: WebMessage, emoji: str) -> None:
        async def react() -> None:
            platform, account = self.visitor.platform, self.visitor.account
            await self._try(platform.react(account, message.id, emoji, on=True))

        ui.button(emoji, on_click=react).props("flat dense")

    async def _delete(self, message: WebMessage) -> None:
        await self._try(self.visitor.platform.delete(self.visitor.account, message.id))

    async def _try(self, work: Awaitable[None]) -> None:
        try:
            await work
        except (UserError, StorageUnavailable) as error:
            self.visitor.excuse(error)
