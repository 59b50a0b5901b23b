"""Buttons under a message.

Source: Bot API, InlineKeyboardButton ("1-64 bytes").
"""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.outgoing import Button

MAX_DATA_BYTES = 64
_OPENS = ("https://", "http://", "tg://")

Rows = Sequence[Sequence[Button]]


def keyboard_of(rows: Rows) -> InlineKeyboardMarkup | None:
    """Return the buttons as Telegram's, None if there are none that could be pressed.

    One page that can't be opened must not keep the message back: its button is left out.

    Raises:
        ValueError: A button carries more than Telegram gives back.
    """
    made = [[_button(button) for button in row if _is_of_use(button)] for row in rows]
    kept = [row for row in made if row]
    return InlineKeyboardMarkup(kept) if kept else None


def _is_of_use(button: Button) -> bool:
    return button.url.startswith(_OPENS) if button.url else bool(button.data)


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    if len(button.data.encode()) > MAX_DATA_BYTES:
        raise ValueError(f"a button's data is longer than {MAX_DATA_BYTES} bytes")
    return InlineKeyboardButton(button.label, callback_data=button.data)
