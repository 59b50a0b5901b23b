"""Buttons where there are none: a line that says which emoji stands for what, and reactions.

A button with an emoji of its own is that reaction, which can be taken back. The others are
numbered, and a reaction with the number is a press. Which number carries what stands in the
message itself, so that nothing has to be remembered.
"""

from collections.abc import Mapping, Sequence

from bot.domain.outgoing import Button
from bot.domain.richtext import Link, Node, RichText, Text, joined, rich
from bot.domain.richtext_json import Json

BUTTONS = "se.grannbro.buttons"
"""Field of a message that says what its numbers carry."""
_VARIATION = "\ufe0f"
_NUMBERS = (*(f"{digit}{_VARIATION}\u20e3" for digit in range(1, 10)), "🔟")
_LETTERS = tuple(chr(0x1F1E6 + number) for number in range(26))
_KEYS = (*_NUMBERS, *_LETTERS)

Rows = Sequence[Sequence[Button]]


def keyed(rows: Rows) -> Sequence[tuple[str, Button]]:
    """Return the buttons that can be pressed, each with the emoji that stands for it."""
    pressed = [button for row in rows for button in row if button.data]
    # A number that a button has chosen itself looks the same, however it is written.
    taken = {bare_key(button.emoji) for button in pressed if button.emoji}
    free = (key for key in _KEYS if bare_key(key) not in taken)
    found = []
    for button in pressed:
        key = button.emoji or next(free, None)
        if key is not None:
            found.append((key, button))
    return found


def to_field(rows: Rows) -> Json:
    """Return what stands in a message of its buttons, row by row."""
    keys = {id(button): key for key, button in keyed(rows)}
    return [[_described(button, keys.get(id(button), "")) for button in row] for row in rows]


def presses_in(field: Json) -> dict[str, Json]:
    """Return what the numbers of a message carry; what has an emoji of its own is no press."""
    rows = field if isinstance(field, list) else []
    found: dict[str, Json] = {}
    for row in rows:
        for button in row if isinstance(row, list) else []:
            match button:
                case {"key": str(key), "data": str(data), "is_number": True}:
                    found[key] = data
                case _:
                    pass
    return found


def legend(rows: Rows) -> RichText:
    """Return the lines that say what to react with, and which pages there are."""
    keys = {id(button): key for key, button in keyed(rows)}
    lines = (joined((_shown(button, keys) for button in row), " · ") for row in rows)
    return joined((line for line in lines if line), "\n")


def data_of(key: str, told: Mapping[str, Json]) -> str | None:
    """Return what a press with an emoji carries; None if it is no button."""
    bare = bare_key(key)
    found = next((data for known, data in told.items() if bare_key(known) == bare), None)
    return found if isinstance(found, str) else None


def bare_key(key: str) -> str:
    """Return an emoji as all clients write it: some add that it shall be shown in colour."""
    return key.replace(_VARIATION, "")


def _described(button: Button, key: str) -> Json:
    if button.url:
        return {"label": button.label, "url": button.url}
    is_number = button.emoji is None
    return {"key": key, "label": button.label, "data": button.data, "is_number": is_number}


def _shown(button: Button, keys: Mapping[int, str]) -> RichText:
    if button.url:
        leads: tuple[Node, ...] = (Link(button.url, (Text(button.label),)),)
        return RichText(leads)
    key = keys.get(id(button))
    if key is None:
        return rich("")
    if button.emoji and button.label.startswith(button.emoji):
        return rich(button.label)
    return rich(f"{key} {button.label}")
