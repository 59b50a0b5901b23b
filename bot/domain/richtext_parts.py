"""Parting a formatted text in two: what is cut goes on behind, formatted as before."""

from collections.abc import Sequence
from typing import TypeAlias, assert_never

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

_Nodes: TypeAlias = tuple[Node, ...]
_Items: TypeAlias = tuple[_Nodes, ...]


def characters(text: RichText) -> str:
    """Return the characters that somebody wrote, without what sets blocks and items apart."""
    return _characters(text.nodes)


def part_at(text: RichText, count: int) -> tuple[RichText, RichText]:
    """Part a text after so many of its `characters`; numbered lists begin anew behind."""
    before, after = _part_all(text.nodes, count)
    return RichText(before), RichText(after)


def _characters(nodes: Sequence[Node]) -> str:
    return "".join(map(_characters_of, nodes))


def _characters_of(node: Node) -> str:
    match node:
        case Text(text) | CodeBlock(text):
            return text
        case Bullets(items):
            return "".join(map(_characters, items))
        case _:
            return _characters(node.children)


def _part_all(nodes: Sequence[Node], count: int) -> tuple[_Nodes, _Nodes]:
    left = count
    for index, node in enumerate(nodes):
        length = len(_characters_of(node))
        if left < length:
            before, after = _part(node, left) if left > 0 else ((), (node,))
            return (*nodes[:index], *before), (*after, *nodes[index + 1 :])
        left -= length
    return tuple(nodes), ()


def _part(node: Node, count: int) -> tuple[_Nodes, _Nodes]:
    match node:
        case Text(text):
            return (Text(text[:count]),), (Text(text[count:]),)
        case CodeBlock(text, language):
            return (CodeBlock(text[:count], language),), (CodeBlock(text[count:], language),)
        case Styled(style, children):
            before, after = _part_all(children, count)
            return (Styled(style, before),), (Styled(style, after),)
        case Link(url, children):
            before, after = _part_all(children, count)
            return (Link(url, before),), (Link(url, after),)
        case Mention(user, children):
            before, after = _part_all(children, count)
            return (Mention(user, before),), (Mention(user, after),)
        case Quote(children):
            before, after = _part_all(children, count)
            return (Quote(before),), (Quote(after),)
        case Bullets(items, ordered):
            first, then = _part_items(items, count)
            return (Bullets(first, ordered),), (Bullets(then, ordered),)
        case _ as never:
            assert_never(never)


def _part_items(items: _Items, count: int) -> tuple[_Items, _Items]:
    left = count
    for index, item in enumerate(items):
        length = len(_characters(item))
        if left < length:
            before, after = _part_all(item, left)
            first = (*items[:index], before) if left > 0 else items[:index]
            return first, (after, *items[index + 1 :])
        left -= length
    return items, ()
