"""Formatted text as JSON values, for keeping and for carrying."""

from typing import TypeAlias, assert_never

from bot.domain.messages import UserRef
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

Json: TypeAlias = str | int | float | bool | list["Json"] | dict[str, "Json"] | None

MAX_DEPTH = 100  # as deep as Matrix lets its HTML go


def to_json(text: RichText) -> Json:
    """Turn a text into lists, objects and strings."""
    return [_encode(node) for node in text.nodes]


def from_json(value: Json) -> RichText:
    """Turn them back.

    Raises:
        ValueError: The value is not of the shape that `to_json` makes, or too deep.
    """
    return RichText(_decode_all(value, MAX_DEPTH))


def _encode_all(nodes: tuple[Node, ...]) -> Json:
    return [_encode(node) for node in nodes]


def _encode(node: Node) -> Json:
    match node:
        case Text(text):
            return text
        case Styled(style, children):
            return {str(style): _encode_all(children)}
        case Link(url, children):
            return {"link": _encode_all(children), "url": url}
        case Mention(user, children):
            return {"mention": str(user), "named": _encode_all(children)}
        case Quote(children):
            return {"quote": _encode_all(children)}
        case CodeBlock(text, language):
            return {"block": text, "language": language}
        case Bullets(items, ordered):
            return {"items": [_encode_all(item) for item in items], "ordered": ordered}
        case _ as never:
            assert_never(never)


def _decode_all(value: Json, depth: int) -> tuple[Node, ...]:
    if not isinstance(value, list) or depth == 0:
        raise ValueError("a formatted text is a list of nodes, not too deep")
    return tuple(_decode(node, depth - 1) for node in value)


def _decode(value: Json, depth: int) -> Node:
    match value:
        case str(text):
            return Text(text)
        case {"url": str(url), "link": children}:
            return Link(url, _decode_all(children, depth))
        case {"mention": str(user), "named": children}:
            return Mention(UserRef.parse(user), _decode_all(children, depth))
        case {"quote": children}:
            return Quote(_decode_all(children, depth))
        case {"block": str(text), "language": str(language)}:
            return CodeBlock(text, language)
        case {"items": list(items), "ordered": bool(ordered)}:
            return Bullets(tuple(_decode_all(item, depth) for item in items), ordered)
        case dict() if len(value) == 1:
            style, children = next(iter(value.items()))
            return Styled(Style(style), _decode_all(children, depth))
        case _:
            raise ValueError("unknown kind of text node")
