"""How a text looks to who reads it."""

from collections import defaultdict
from collections.abc import Mapping

from tests.emulators.telegram.entities import cut, units
from tests.emulators.telegram.messages import Message
from tests.emulators.telegram.wire import Json, as_integer


def looks(message: Message) -> Mapping[str, list[str]]:
    """What of a Telegram message is bold, hidden and so on."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for entity in message.entities:
        start, length = as_integer(entity["offset"]), as_integer(entity["length"])
        found[str(entity["type"])].append(cut(message.text, start, length))
    return found


def marked(text: str, part: str, kind: str, **more: object) -> Json:
    """Let a part of a text look different, as the app does."""
    start = units(text[: text.index(part)])
    return {"type": kind, "offset": start, "length": units(part), **more}
