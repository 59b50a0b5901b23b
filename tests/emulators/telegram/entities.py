"""Texts with entities: offsets count UTF-16 units, and Telegram finds links by itself."""

import re
from dataclasses import dataclass

from tests.emulators.telegram.wire import Json, as_integer, bad_request

KNOWN = {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold",
    "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote",
    "code", "pre", "text_link", "text_mention", "custom_emoji",
}  # fmt: skip
FOUND = {
    "url": r"(?:https?://|www\.)[^\s<>\"]+[^\s<>\".,;:!?)]",
    "email": r"[\w.+-]+@[\w-]+\.[\w.-]*\w",
    "bot_command": r"(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])",
    "mention": r"(?<![\w@])@\w{3,32}\b",
    "hashtag": r"(?<![\w#])#\w*[^\W\d]\w*",
}
OPAQUE = {"code", "pre", "text_link", "text_mention", "url"}
MOST_ENTITIES = 100


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text as it will be shown."""

    text: str
    entities: list[Json]


def units(text: str) -> int:
    """Count UTF-16 units, as all offsets and limits of Telegram do."""
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, offset: int, length: int) -> str:
    """Take a part by UTF-16 units."""
    return text.encode("utf-16-le")[offset * 2 : (offset + length) * 2].decode("utf-16-le")


def format_text(text: str, entities: list[Json]) -> Formatted:
    """Check entities against their text, trim both, and find links and commands.

    Raises:
        Refused: An entity lies outside the text or cuts a character in two.
    """
    if len(entities) > MOST_ENTITIES:
        raise bad_request("ENTITIES_TOO_LONG")
    for entity in entities:
        _check(text, entity)
    trimmed = _trim(text, entities)
    found = [*trimmed.entities, *_find(trimmed)]
    found.sort(key=lambda e: (as_integer(e["offset"]), -as_integer(e["length"])))
    return Formatted(trimmed.text, found)


def _check(text: str, entity: Json) -> None:
    kind = entity.get("type")
    if kind not in KNOWN:
        raise bad_request(f"can't parse MessageEntity: Unsupported type specified: {kind}")
    needed = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}
    if kind in needed and needed[str(kind)] not in entity:
        raise bad_request(f"can't parse MessageEntity: Can't find field \"{needed[str(kind)]}\"")
    start, end = as_integer(entity.get("offset"), -1), as_integer(entity.get("length"), -1)
    if start < 0 or end < 1:
        raise bad_request(
            "can't parse entities: Receive an entity with incorrect offset or length"
        )
    _check_edge(text, start, f"Entity begins in a middle of a UTF-16 symbol at offset {start}")
    where = f"Entity beginning at UTF-16 offset {start}"
    if start + end > units(text):
        raise bad_request(f"can't parse entities: {where} ends after the end of the text")
    _check_edge(text, start + end, f"{where} ends in a middle of a UTF-16 symbol")


def _check_edge(text: str, at: int, why: str) -> None:
    following = text.encode("utf-16-le")[at * 2 : at * 2 + 2]
    if len(following) == 2 and 0xDC00 <= int.from_bytes(following, "little") < 0xE000:
        raise bad_request(f"can't parse entities: {why}")


def _trim(text: str, entities: list[Json]) -> Formatted:
    """Take away the blank around a text; an entity at its start keeps what it holds."""
    first = min((as_integer(e["offset"]) for e in entities), default=units(text))
    head = cut(text, 0, first)
    gone = len(head) - len(head.lstrip())
    shift = units(head[:gone])
    kept = text[gone:].rstrip()
    length = units(kept)
    moved = [e | {"offset": as_integer(e["offset"]) - shift} for e in entities]
    cut_off = [
        e | {"length": min(as_integer(e["length"]), length - as_integer(e["offset"]))}
        for e in moved
        if as_integer(e["offset"]) < length
    ]
    return Formatted(kept, cut_off)


def _find(formatted: Formatted) -> list[Json]:
    taken = [
        (as_integer(e["offset"]), as_integer(e["offset"]) + as_integer(e["length"]))
        for e in formatted.entities
        if e["type"] in OPAQUE | set(FOUND)
    ]
    found: list[Json] = []
    for kind, pattern in FOUND.items():
        for match in re.finditer(pattern, formatted.text):
            start = units(formatted.text[: match.start()])
            end = start + units(match.group())
            if all(end <= left or right <= start for left, right in taken):
                taken.append((start, end))
                found.append({"type": kind, "offset": start, "length": end - start})
    return found
