"""Setting what people write apart from what the bot says in the same message."""

import re
import unicodedata
from dataclasses import replace
from typing import assert_never

from bot.domain.richtext import (
    Bullets,
    CodeBlock,
    Link,
    Mention,
    Node,
    Quote,
    RichText,
    Styled,
    Text,
)

MARK = "│ "
"""Stands before each line of somebody's that could else be taken for one of the bot's."""

_SIGNS = frozenset({"So", "Sm", "Sk", "Pd", "Pc"})
_LIKE_A_DASH = frozenset("ーㅡᅳ一⼀")
_WIDE = re.compile(r"[^\S\n]{4,}|\u2800+")
"""Room enough to push what follows onto a line of its own."""


def set_apart(text: RichText, *, begins_line: bool = False) -> RichText:
    """Mark the lines of a text that stand at the edge of a message; blocks show by themselves.

    Args:
        text: What somebody wrote.
        begins_line: Nothing of the bot's stands before it on its first line. That is marked, too,
            if others follow or if it begins with a sign, as the bot's own lines do.
    """
    said = text.plain.strip()
    is_open = begins_line and ("\n" in said or _opens_as_the_bot_does(said))
    return RichText(_Marker(is_fresh=is_open).mark(text.nodes))


def _opens_as_the_bot_does(said: str) -> bool:
    """Whether a dash, an arrow or another sign stands before the first letter."""
    for char in said:
        if char in _LIKE_A_DASH or unicodedata.category(char) in _SIGNS:
            return True
        if char.isalnum():
            return False
    return False


class _Marker:
    """Walks through a text.

    Args:
        is_fresh: What comes next begins a line.
    """

    def __init__(self, *, is_fresh: bool) -> None:
        self.is_fresh = is_fresh

    def mark(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        """Return nodes with a mark at the start of each line."""
        return tuple([self._mark(node) for node in nodes])

    def _mark(self, node: Node) -> Node:
        match node:
            case Text(text):
                lines = _WIDE.sub("   ", text).split("\n")
                return Text("\n".join([self._line(line, at) for at, line in enumerate(lines)]))
            case Styled(children=children) | Link(children=children) | Mention(children=children):
                return replace(node, children=self.mark(children))
            case Quote() | CodeBlock() | Bullets():
                self.is_fresh = True
                return node
            case _ as never:
                assert_never(never)

    def _line(self, line: str, at: int) -> str:
        self.is_fresh = self.is_fresh or at > 0
        if not self.is_fresh or not line.strip():
            return line
        self.is_fresh = False
        return MARK + line
