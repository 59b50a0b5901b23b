"""Reading a notice from one line: `/notice yellow, Alby, until 18:00: text`."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.domain.reports import Priority

_PRIORITIES = {
    **dict.fromkeys(("röd", "rod", "red", "🔴"), Priority.RED),
    **dict.fromkeys(("gul", "yellow", "🟡"), Priority.YELLOW),
    **dict.fromkeys(("grön", "gron", "green", "🟢"), Priority.GREEN),
}
_HEAD = re.compile(r"(?P<head>[^\n]{1,300}?)(?::(?=\s)|\n)\s*(?P<text>.*)", re.DOTALL)
_UNTIL = re.compile(r"^(?:till|til|until|tills)\s+(?P<when>.+)$", re.IGNORECASE)
_AT = re.compile(
    r"^(?:(?:kl|klockan|at)\b|\d{1,2}[:.]\d{2}|20\d\d-|\d{1,2}/\d"
    r"|i\s*morgon|tomorrow|i\s*kväll|tonight|i\s*dag|today|om\s+\d|in\s+\d)",
    re.IGNORECASE,
)
MOST_WORDS_OF_A_NAME = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeHead:
    """What stands before the words, not yet looked up.

    Attributes:
        names: Of areas and groups.
        at: When it shall go out, as it was written.
        until: Until when it holds, as it was written.
    """

    names: tuple[str, ...] = ()
    priority: Priority | None = None
    at: str | None = None
    until: str | None = None


def split_head(said: str) -> tuple[str, str]:
    """Part what may tell where and when from the words; the first is empty if nothing does.

    A head ends with a colon and a space, or with its line.
    """
    found = _HEAD.fullmatch(said.strip())
    return (found["head"].strip(), found["text"].strip()) if found else ("", said.strip())


def read_head(head: str) -> NoticeHead:
    """Read `yellow, Alby, Fittja, 23/11 08:00, until 24/11`; what is nothing else is a name."""
    names: list[str] = []
    priority: Priority | None = None
    at: str | None = None
    until: str | None = None
    for piece in filter(None, (part.strip() for part in re.split(r"[,;]", head))):
        if piece.casefold() in _PRIORITIES:
            priority = _PRIORITIES[piece.casefold()]
        elif found := _UNTIL.fullmatch(piece):
            until = found["when"]
        elif _AT.match(piece):
            at = piece
        else:
            first, _, rest = piece.partition(" ")
            has_priority = bool(rest) and first.casefold() in _PRIORITIES
            priority = _PRIORITIES[first.casefold()] if has_priority else priority
            names.append(rest.strip() if has_priority else piece)
    return NoticeHead(names=tuple(names), priority=priority, at=at, until=until)


def beginnings(said: str) -> list[tuple[str, str]]:
    """Return the first words of a line with what follows them, the longest beginning first."""
    found = re.finditer(r"\S+", said)
    ends = [word.end() for word, _ in zip(found, range(MOST_WORDS_OF_A_NAME), strict=False)]
    return [(said[:end], said[end:].strip()) for end in reversed(ends) if said[end:].strip()]


def read_texts(said: str, languages: Collection[str]) -> Mapping[str, str]:
    """Read a text per language: each begins a line with `sv:`, `en:`; empty if none is named.

    Args:
        said: The words.
        languages: Those that can be named.
    """
    marks = "|".join(map(re.escape, languages))
    if not marks:
        return {}
    parts = re.split(rf"(?:^|\n)[ \t]*({marks})[ \t]*:[ \t]*", f"\n{said.strip()}", flags=re.I)
    if parts[0].strip():
        return {}
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return {language.lower(): text.strip() for language, text in pairs if text.strip()}
