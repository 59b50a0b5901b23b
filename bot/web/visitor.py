"""Who sits before a browser, as far as a page needs to know."""

import json
from dataclasses import dataclass
from datetime import datetime
from html import escape
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from nicegui import ui

from bot.bridges.web.platform import WebPlatform
from bot.domain.words import Words, words
from bot.errors import StorageUnavailable, UserError
from bot.texts import Texts


@dataclass
class Visitor:
    """One open page and the account for which it acts.

    Attributes:
        account: Id of the account; the demo lets the visitor change it.
        language: What the page itself is written in.
    """

    platform: WebPlatform
    texts: Texts
    zone: ZoneInfo
    account: str
    language: str

    def say(self, text_id: str, **values: str | int) -> str:
        """Write a text of the page."""
        return self.texts.plain(words(text_id, **values), self.language)

    def write(self, text: str, *, tag: str = "span", classes: str = "") -> None:
        """Put a text on the page as an element of its own."""
        ui.html(escape(text), tag=tag, sanitize=False).classes(classes)

    def is_at(self, **where: str) -> None:
        """Put into the page's address what is open, so that a reload finds it again."""
        query = json.dumps("?" + urlencode(where))
        ui.run_javascript(f"grannbro.at({query})")

    def clock_time(self, at: datetime) -> str:
        """Write a time of day."""
        return at.astimezone(self.zone).strftime("%H:%M")

    def excuse(self, error: UserError | StorageUnavailable) -> None:
        """Show why something can't be done and what to do instead."""
        said = Words("web-storage-busy")
        if isinstance(error, UserError):
            said = Words(error.text_id, error.values)
        ui.notify(self.texts.plain(said, self.language), type="warning", multi_line=True)
