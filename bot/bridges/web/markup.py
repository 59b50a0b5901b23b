"""Formatted text in the browser: light Markdown in, HTML out."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import assert_never

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

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

_MARKDOWN = MarkdownIt("zero").enable(
    ["emphasis", "strikethrough", "backticks", "link", "blockquote", "fence", "list", "newline"]
)
_STYLES = {"strong": Style.BOLD, "em": Style.ITALIC, "s": Style.STRIKE}
_TAGS = {
    Style.BOLD: "b",
    Style.ITALIC: "i",
    Style.UNDERLINE: "u",
    Style.STRIKE: "s",
    Style.CODE: "code",
}
_SAFE_LINKS = ("https://", "http://", "mailto:", "tel:", "geo:")


def from_markdown(text: str) -> RichText:
    """Read what somebody types; what is no markup stays as it is."""
    tree = SyntaxTreeNode(_MARKDOWN.parse(text))
    return RichText(tuple(_blocks(tree.children)))


def to_html(text: RichText) -> str:
    """Write HTML that holds nothing but our own tags."""
    return _html(text.nodes)


def _blocks(blocks: Sequence[SyntaxTreeNode]) -> Iterator[Node]:
    previous: SyntaxTreeNode | None = None
    for block in blocks:
        if previous is not None and previous.type == block.type == "paragraph":
            yield Text("\n\n")
        yield from _block(block)
        previous = block


def _block(block: SyntaxTreeNode) -> Iterator[Node]:
    match block.type:
        case "paragraph":
            yield from _inlines(block.children)
        case "blockquote":
            yield Quote(tuple(_blocks(block.children)))
        case "fence":
            yield CodeBlock(block.content.removesuffix("\n"), block.info.strip())
        case "bullet_list" | "ordered_list":
            items = tuple(tuple(_blocks(item.children)) for item in block.children)
            yield Bullets(items, ordered=block.type == "ordered_list")
        case _:
            yield Text(block.content)


def _inlines(nodes: Sequence[SyntaxTreeNode]) -> Iterator[Node]:
    for node in nodes:
        yield from _inline(node)


def _inline(node: SyntaxTreeNode) -> Iterator[Node]:
    match node.type:
        case "inline":
            yield from _inlines(node.children)
        case "strong" | "em" | "s":
            yield Styled(_STYLES[node.type], tuple(_inlines(node.children)))
        case "code_inline":
            yield Styled(Style.CODE, (Text(node.content),))
        case "link":
            yield Link(str(node.attrs.get("href", "")), tuple(_inlines(node.children)))
        case "softbreak" | "hardbreak":
            yield Text("\n")
        case _:
            yield Text(node.content)


def _html(nodes: Sequence[Node]) -> str:
    return "".join(_node_html(node) for node in nodes)


def _node_html(node: Node) -> str:
    match node:
        case Text(text):
            return escape(text).replace("\n", "<br>")
        case Styled(Style.SPOILER, children):
            return f'<span class="spoiler" tabindex="0">{_html(children)}</span>'
        case Styled(style, children):
            return f"<{_TAGS[style]}>{_html(children)}</{_TAGS[style]}>"
        case Link(url, children) if url.startswith(_SAFE_LINKS):
            attributes = 'target="_blank" rel="noopener noreferrer"'
            return f'<a href="{escape(url)}" {attributes}>{_html(children)}</a>'
        case Link(children=children) | Mention(children=children):
            return _html(children)
        case Quote(children):
            return f"<blockquote>{_html(children)}</blockquote>"
        case CodeBlock(text):
            return f"<pre>{escape(text)}</pre>"
        case Bullets(items, ordered):
            tag = "ol" if ordered else "ul"
            return f"<{tag}>{''.join(f'<li>{_html(item)}</li>' for item in items)}</{tag}>"
        case _ as never:
            assert_never(never)
