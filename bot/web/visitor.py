"""Who sits before a browser, as far as a page needs to know."""

from dataclasses import dataclass
from datetime import datetime
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

    def clock_time(self, at: datetime) -> str:
        """Write a time of day."""
        return at.astimezone(self.zone).strftime("%H:%M")

    def excuse(self, error: UserError | StorageUnavailable) -> None:
        """Show why something can't be done and what to do instead."""
        said = Words("web-storage-busy")
        if isinstance(error, UserError):
            said = Words(error.text_id, error.values)
        ui.notify(self.texts.plain(said, self.language), type="warning", multi_line=True)
