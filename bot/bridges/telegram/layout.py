"""How one message of the bot's becomes several of Telegram's."""

from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot.bridges.telegram.flattening import to_runs
from bot.bridges.telegram.forms import takes_words
from bot.bridges.telegram.keyboards import keyboard_of
from bot.bridges.telegram.markup import Formatted, render
from bot.bridges.telegram.splitting import MAX_CAPTION_UNITS, MAX_TEXT_UNITS, split
from bot.domain.outgoing import OutgoingMessage

NOTHING = Formatted("")
BUTTONS_ALONE = Formatted("↑")
"""Stands above buttons that belong to what is above them: a message must say something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The files first, then the texts.

    Attributes:
        caption: What stands below the first file.
        texts: Messages of their own.
        keyboard: Below the last of all.
    """

    caption: Formatted
    texts: tuple[Formatted, ...]
    keyboard: InlineKeyboardMarkup | None

    @property
    def caption_keyboard(self) -> InlineKeyboardMarkup | None:
        """What stands below the one file if no text follows it."""
        return None if self.texts else self.keyboard

    def keyboard_below(self, text: int) -> InlineKeyboardMarkup | None:
        """Return what stands below one of the texts."""
        return self.keyboard if text == len(self.texts) - 1 else None


def lay_out(
    message: OutgoingMessage,
    *,
    files: int,
    is_one_group: bool = True,
    shrink: int = 1,
) -> Layout:
    """Spread a message over as few of Telegram's as it needs.

    An album can't have buttons, a sticker no text below it, and only one group of files can have
    the text below it: otherwise the text is a message of its own. A text too long for a caption
    goes on in the next message.

    Args:
        message: What to say.
        files: How many messages its files take.
        is_one_group: Whether its files are shown together.
        shrink: How many times smaller than allowed the parts shall be.
    """
    keyboard = keyboard_of(message.rows)
    is_one = files == 1 or (files > 1 and is_one_group and keyboard is None)
    captioned = is_one and takes_words(message.media)
    first_units = MAX_CAPTION_UNITS if captioned else MAX_TEXT_UNITS
    parts = split(
        to_runs(message.text),
        first_units=first_units // shrink,
        most_units=MAX_TEXT_UNITS // shrink,
    )
    words = [render(part) for part in parts]
    caption = words.pop(0) if captioned and words else NOTHING
    if keyboard and not words and files != 1:
        words.append(BUTTONS_ALONE)
    return Layout(caption=caption, texts=tuple(words), keyboard=keyboard)
