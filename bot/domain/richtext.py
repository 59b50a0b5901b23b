"""Formatted text as a small tree; each bridge renders it in its own markup."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias, assert_never

from bot.domain.messages import UserRef


class Style(StrEnum):
    """How a run of text looks."""

    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    STRIKE = "strike"
    SPOILER = "spoiler"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Text:
    """Plain characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Styled:
    """A run in one style; styles nest."""

    style: Style
    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A run that leads somewhere."""

    url: str
    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A run that names somebody's account; they are told only if the message says so."""

    user: UserRef
    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A block of somebody's words."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A block kept letter by letter."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, one tuple of nodes an item."""

    items: tuple[tuple["Node", ...], ...]
    ordered: bool = False


Node: TypeAlias = Text | Styled | Link | Mention | Quote | CodeBlock | Bullets


@dataclass(frozen=True, slots=True)
class RichText:
    """A formatted text."""

    nodes: tuple[Node, ...] = ()

    @property
    def plain(self) -> str:
        """The characters alone; blocks stand on lines of their own."""
        return _plain(self.nodes)

    def __bool__(self) -> bool:
        return bool(self.plain.strip())

    def __add__(self, other: "RichText") -> "RichText":
        return RichText(self.nodes + other.nodes)

    def map_text(self, change: Callable[[str], str]) -> "RichText":
        """Change the characters of every run; the shape stays."""
        return RichText(_map(self.nodes, change))

    def without_start(self, count: int) -> "RichText":
        """Drop the first `count` characters of `plain`, then white space; lists stay whole."""
        return RichText(_drop(self.nodes, count)).stripped()

    def stripped(self) -> "RichText":
        """Drop white space at both ends, but none that stands in code."""
        return RichText(_strip_end(_strip_start(self.nodes)))


NOTHING = RichText()


def rich(text: str) -> RichText:
    """Wrap plain characters."""
    return RichText((Text(text),)) if text else RichText()


def joined(parts: Iterable[RichText], separator: str) -> RichText:
    """Put texts one after the other; empty ones leave no separator."""
    result = RichText()
    for part in parts:
        if part.nodes:
            result = result + rich(separator) + part if result.nodes else part
    return result


def _plain(nodes: Sequence[Node]) -> str:
    out = ""
    for node in nodes:
        out = _continued(out, node)
    return out.removesuffix("\n") if nodes and _is_block(nodes[-1]) else out


def _continued(before: str, node: Node) -> str:
    """Return the characters up to and with a node."""
    match node:
        case Text(text):
            return before + text
        case Styled(children=children) | Link(children=children) | Mention(children=children):
            return before + _plain(children)
        case Quote(children):
            return before + _block(before, _plain(children))
        case CodeBlock(text):
            return before + _block(before, text)
        case Bullets(items, ordered):
            return before + _block(before, _lines(items, ordered=ordered))
        case _ as never:
            assert_never(never)


def _is_block(node: Node) -> bool:
    return isinstance(node, Quote | CodeBlock | Bullets)


def _block(before: str, text: str) -> str:
    return ("" if not before or before.endswith("\n") else "\n") + text + "\n"


def _lines(items: Sequence[Sequence[Node]], *, ordered: bool) -> str:
    marks = (f"{n}." if ordered else "•" for n in range(1, len(items) + 1))
    return "\n".join(f"{mark} {_plain(item)}" for mark, item in zip(marks, items, strict=True))


def _map(nodes: Sequence[Node], change: Callable[[str], str]) -> tuple[Node, ...]:
    return tuple(_map_node(node, change) for node in nodes)


def _map_node(node: Node, change: Callable[[str], str]) -> Node:
    match node:
        case Text(text) | CodeBlock(text):
            return replace(node, text=change(text))
        case (
            Styled(children=children)
            | Link(children=children)
            | Mention(children=children)
            | Quote(children)
        ):
            return replace(node, children=_map(children, change))
        case Bullets(items):
            return replace(node, items=tuple(_map(item, change) for item in items))
        case _ as never:
            assert_never(never)


def _drop(nodes: Sequence[Node], count: int) -> tuple[Node, ...]:
    """Drop the first characters of what `_plain` gives."""
    kept: list[Node] = []
    before = ""
    for node in nodes:
        after = _continued(before, node)
        end = len(after) - 1 if _is_block(node) else len(after)
        if len(before) >= count:
            kept.append(node)
        elif end > count:
            start = end - len(_plain((node,)))
            kept.append(_cut(node, max(0, count - start)))
        before = after
    return tuple(kept)


def _cut(node: Node, count: int) -> Node:
    match node:
        case Text(text) | CodeBlock(text):
            return replace(node, text=text[count:])
        case (
            Styled(children=children)
            | Link(children=children)
            | Mention(children=children)
            | Quote(children)
        ):
            return replace(node, children=_drop(children, count))
        case Bullets():
            return node
        case _ as never:
            assert_never(never)


def _strip_start(nodes: Sequence[Node]) -> tuple[Node, ...]:
    for index, node in enumerate(nodes):
        if not _is_blank(node):
            return (_strip_edge(node, str.lstrip, _strip_start), *nodes[index + 1 :])
    return ()


def _strip_end(nodes: Sequence[Node]) -> tuple[Node, ...]:
    for index in range(len(nodes) - 1, -1, -1):
        if not _is_blank(nodes[index]):
            return (*nodes[:index], _strip_edge(nodes[index], str.rstrip, _strip_end))
    return ()


def _is_blank(node: Node) -> bool:
    return not _plain((node,)).strip()


def _strip_edge(
    node: Node,
    strip_text: Callable[[str], str],
    strip_nodes: Callable[[Sequence[Node]], tuple[Node, ...]],
) -> Node:
    match node:
        case Text(text):
            return Text(strip_text(text))
        case (
            Styled(children=children)
            | Link(children=children)
            | Mention(children=children)
            | Quote(children)
        ):
            return replace(node, children=strip_nodes(children))
        case CodeBlock() | Bullets():
            return node
        case _ as never:
            assert_never(never)
