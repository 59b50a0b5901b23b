"""Formatted text as Matrix carries it: HTML, and plain characters for those who show none.

Whatever somebody wrote is escaped, so there is nothing to break out of; which tags there are is
decided here and not by what came in.

Source: Matrix client-server API, m.room.message, "org.matrix.custom.html".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import assert_never

from bot.bridges.matrix.profiles import FALLBACK
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

HTML = "org.matrix.custom.html"
PILL = "https://matrix.to/#/"
"""What a link to an account begins with; apps show it as a name to press."""
_TAGS = {
    Style.BOLD: ("<strong>", "</strong>"),
    Style.ITALIC: ("<em>", "</em>"),
    Style.UNDERLINE: ("<u>", "</u>"),
    Style.STRIKE: ("<del>", "</del>"),
    Style.SPOILER: ("<span data-mx-spoiler>", "</span>"),
    Style.CODE: ("<code>", "</code>"),
}
MAX_ADDRESS_CHARS = 2_000
"""Longer ones lead nowhere, and would stand around each part of the words again."""
_OPENS = re.compile(r"(?:https?|ftp|mailto|magnet):.", re.IGNORECASE)
_LANGUAGE = re.compile(r"[\w+#.-]{1,32}")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_HIDDEN = "█"


@dataclass(frozen=True, slots=True)
class Formatted:
    """One text in both forms; `html` is None where it would say nothing more."""

    body: str
    html: str | None = None

    @property
    def size_bytes(self) -> int:
        """How much of an event it takes, at least."""
        return len(self.body.encode()) + len((self.html or "").encode())


def to_matrix(text: RichText, *, name: str = "") -> Formatted:
    """Write a text for Matrix, however long.

    Args:
        text: What to say.
        name: The text begins with it, a colon and a space; it is marked as what apps leave out
            that show it themselves.
    """
    whole = text.map_text(lambda part: _HALF_CHARACTER.sub("\ufffd", part))
    if name:
        return _said_by(f"{name}: ", whole.without_start(len(name) + 2))
    body = RichText(_without_spoilers(whole.nodes)).plain
    html = to_html(whole)
    is_plain = html == escape(body, quote=False).replace("\n", "<br>")
    return Formatted(body, None if is_plain else html)


def to_html(text: RichText) -> str:
    """Write a tree as HTML."""
    return _html(text.nodes)


def opens(url: str) -> bool:
    """Whether clients open an address."""
    return len(url) <= MAX_ADDRESS_CHARS and _OPENS.match(url) is not None


def _said_by(begin: str, said: RichText) -> Formatted:
    body = RichText((Text(begin), *_without_spoilers(said.nodes))).plain
    return Formatted(body, f"<strong {FALLBACK}>{escape(begin)}</strong>{to_html(said)}")


def _html(nodes: Sequence[Node]) -> str:
    return "".join(map(_node, nodes))


def _node(node: Node) -> str:
    match node:
        case Text(text):
            return escape(text, quote=False).replace("\n", "<br>")
        case Styled(style, children):
            begin, end = _TAGS[style]
            return f"{begin}{_html(children)}{end}"
        case Link(url, children) if opens(url):
            return f'<a href="{escape(url)}">{_html(children) or escape(url)}</a>'
        case Link(_, children):
            return _html(children)
        case Mention(UserRef(Platform.MATRIX, user_id), children):
            return f'<a href="{PILL}{escape(user_id)}">{_html(children)}</a>'
        case Mention(_, children):
            return _html(children)
        case Quote(children):
            return f"<blockquote>{_html(children)}</blockquote>"
        case CodeBlock(text, language):
            named = f' class="language-{language}"' if _LANGUAGE.fullmatch(language) else ""
            return f"<pre><code{named}>{escape(text, quote=False)}</code></pre>"
        case Bullets(items, ordered):
            tag = "ol" if ordered else "ul"
            inner = "".join(f"<li>{_html(item)}</li>" for item in items)
            return f"<{tag}>{inner}</{tag}>"
        case _ as never:
            assert_never(never)


def _without_spoilers(nodes: Sequence[Node]) -> tuple[Node, ...]:
    return tuple(_without_spoiler(node) for node in nodes)


def _without_spoiler(node: Node) -> Node:
    """Cover what is hidden: the plain form stands in notifications."""
    match node:
        case Styled(Style.SPOILER, children):
            return Text(re.sub(r"\S", _HIDDEN, RichText(children).plain))
        case Styled(style, children):
            return Styled(style, _without_spoilers(children))
        case Link(url, children):
            return Link(url, _without_spoilers(children))
        case Mention(user, children):
            return Mention(user, _without_spoilers(children))
        case Quote(children):
            return Quote(_without_spoilers(children))
        case Bullets(items, ordered):
            return Bullets(tuple(map(_without_spoilers, items)), ordered)
        case Text() | CodeBlock():
            return node
        case _ as never:
            assert_never(never)
