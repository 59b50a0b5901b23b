"""Reading the HTML of a message into a tree.

What comes in has been cleaned, so that tags are closed and none runs anything; see `hostile`.
Those that say nothing here leave their words.

Source: Matrix client-server API, m.room.message, "org.matrix.custom.html" and "Rich replies".
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

from bot.bridges.matrix.hostile import cleaned
from bot.bridges.matrix.markup import opens
from bot.domain.messages import Platform, UserRef
from bot.domain.richtext import (
    Bullets,
    CodeBlock,
    Link,
    Mention,
    Node,
    Quote,
    RichText,
    Style,
    Styled,
    Text,
)

MAX_DEPTH = 50
"""What lies deeper is read as if it lay there; the specification allows a hundred."""
_STYLES: Mapping[str, Style] = {
    "b": Style.BOLD, "strong": Style.BOLD, "i": Style.ITALIC, "em": Style.ITALIC,
    "u": Style.UNDERLINE, "ins": Style.UNDERLINE, "s": Style.STRIKE, "del": Style.STRIKE,
    "strike": Style.STRIKE, "code": Style.CODE, "tt": Style.CODE,
    "h1": Style.BOLD, "h2": Style.BOLD, "h3": Style.BOLD, "h4": Style.BOLD, "h5": Style.BOLD,
    "h6": Style.BOLD, "th": Style.BOLD,
}  # fmt: skip
_LINES = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "details", "summary"}
)
"""What stands on lines of its own, and is no more than that here."""
_BLOCKS = frozenset({"blockquote", "pre", "ul", "ol"})
_SILENT = frozenset({"mx-reply", "script", "style", "head", "title"})
_EMPTY = frozenset({"br", "img", "hr", "wbr", "input", "meta", "link", "col", "source"})
_MENTION = re.compile(
    r"(?:https?://matrix\.to/#/(?:@|%40)|matrix:u/)([^/?#\s]{1,255})", re.IGNORECASE
)
_LANGUAGE = re.compile(r"language-([\w+#.-]{1,32})$")
_BLANK = re.compile(r"[ \t\r\n\f]+")


@dataclass
class _Open:
    """A tag that is open, with what stands in it so far."""

    tag: str
    attributes: Mapping[str, str]
    is_silent: bool = False
    nodes: list[Node] = field(default_factory=list)
    items: list[tuple[Node, ...]] = field(default_factory=list)
    language: str = ""


def from_html(html: str, *, left_out: str = "") -> RichText:
    """Read a formatted body.

    Args:
        html: As it came.
        left_out: What bears this attribute is not read.

    Raises:
        TooManyTags: It is nothing that a person has written.
    """
    reader = _Reader(left_out)
    reader.feed(cleaned(html))
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Builds nodes while tags come and go."""

    def __init__(self, left_out: str) -> None:
        super().__init__(convert_charrefs=True)
        self._left_out = left_out
        self._stack = [_Open("", {})]
        self._wants_line = 0

    def text(self) -> RichText:
        """Return the tree; whatever is open ends here."""
        while len(self._stack) > 1:
            self._end()
        return RichText(_merged(self._stack[0].nodes))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag."""
        attributes = {name: value or "" for name, value in attrs}
        if tag in _EMPTY:
            self._put_empty(tag, attributes)
            return
        if tag in _LINES:
            self._wants_line = max(self._wants_line, 1)
        if (
            tag in {"td", "th"}
            and not self._wants_line
            and self._last_character() not in {"", "\n"}
        ):
            self._put("  ")
        if tag == "li" and self._inside("li", up_to=("ul", "ol")):
            self.handle_endtag("li")
        if tag == "code" and self._stack[-1].tag == "pre":
            self._stack[-1].language = _language(attributes.get("class", ""))
        if len(self._stack) < MAX_DEPTH:
            is_silent = tag in _SILENT or self._left_out in attributes
            self._stack.append(_Open(tag, attributes, is_silent=is_silent))

    def handle_endtag(self, tag: str) -> None:
        """Close a tag, and what was left open in it; one that is not open is nothing."""
        if not any(one.tag == tag for one in self._stack[1:]):
            return
        while self._stack[-1].tag != tag:
            self._end()
        self._end()

    def handle_data(self, data: str) -> None:
        """Take characters."""
        if any(one.is_silent for one in self._stack):
            return
        if any(one.tag == "pre" for one in self._stack):
            self._put(data)
            return
        # Spaces are left as they are; line ends between tags are how the HTML was written down.
        shown = _BLANK.sub(lambda found: _space(found.group()), data)
        if not shown.strip(" ") and ("\n" in data or self._last_character() in {"", "\n"}):
            return
        self._put(shown)

    def _put_empty(self, tag: str, attributes: Mapping[str, str]) -> None:
        if any(one.is_silent for one in self._stack):
            return
        match tag:
            case "br":
                self._put("\n")
            case "img":
                self._put(attributes.get("alt") or attributes.get("title") or "")
            case "hr":
                self._wants_line = max(self._wants_line, 1)
                self._put("———")
                self._wants_line = 1
            case _:
                pass

    def _put(self, text: str) -> None:
        if not text:
            return
        if self._wants_line and self._last_character() not in {"", "\n"}:
            text = "\n" * self._wants_line + text
        self._wants_line = 0
        self._stack[-1].nodes.append(Text(text))

    def _end(self) -> None:
        done = self._stack.pop()
        around = self._stack[-1]
        nodes = _merged(done.nodes)
        match done.tag:
            case _ if done.is_silent:
                pass
            case "li":
                self._item(nodes)
            case "ul" | "ol":
                items = (*done.items, *((nodes,) if nodes else ()))
                around.nodes.append(Bullets(items, ordered=done.tag == "ol"))
                self._wants_line = 0
            case "pre":
                around.nodes.append(CodeBlock(RichText(nodes).plain, done.language))
                self._wants_line = 0
            case "blockquote":
                around.nodes.append(Quote(nodes))
                self._wants_line = 0
            case _:
                around.nodes += _inline(done, nodes)
        if done.tag in _LINES:
            self._wants_line = max(self._wants_line, 2 if done.tag == "p" else 1)

    def _item(self, nodes: tuple[Node, ...]) -> None:
        """Put an item into the list around it; one without a list is a line."""
        around = self._stack[-1]
        self._wants_line = 0
        if around.tag in {"ul", "ol"}:
            around.items.append(nodes)
        else:
            around.nodes += [*nodes, Text("\n")]

    def _inside(self, tag: str, *, up_to: Sequence[str]) -> bool:
        for one in reversed(self._stack):
            if one.tag == tag:
                return True
            if one.tag in up_to:
                return False
        return False

    def _last_character(self) -> str:
        """Return what stands before; nothing at the start of a block or right after one."""
        for one in reversed(self._stack):
            for node in reversed(one.nodes):
                if isinstance(node, Quote | CodeBlock | Bullets):
                    return ""
                characters = RichText((node,)).plain
                if characters:
                    return characters[-1]
            if one.tag in _BLOCKS or one.tag == "li":
                return ""
        return ""


def _space(blank: str) -> str:
    return blank if set(blank) == {" "} else " "


def _language(named: str) -> str:
    found = _LANGUAGE.match(named)
    return found[1] if found else ""


def _inline(done: _Open, nodes: tuple[Node, ...]) -> Sequence[Node]:
    style = _STYLES.get(done.tag)
    if style is None and done.tag == "span" and "data-mx-spoiler" in done.attributes:
        style = Style.SPOILER
    if style is not None:
        return (Styled(style, nodes),) if nodes else ()
    url = done.attributes.get("href", "")
    named = _MENTION.match(url)
    if done.tag != "a" or not nodes:
        return nodes
    if named is not None:
        return (Mention(UserRef(Platform.MATRIX, f"@{unquote(named[1])}"), nodes),)
    return (Link(url, nodes),) if opens(url) else nodes


def _merged(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Join characters that touch."""
    found: list[Node] = []
    for node in nodes:
        last = found[-1] if found else None
        if isinstance(node, Text) and isinstance(last, Text):
            found[-1] = Text(last.text + node.text)
        else:
            found.append(node)
    return tuple(found)
