"""Formatted text as a small tree; each bridge renders it in its own markup."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias, assert_never


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


Node: TypeAlias = Text | Styled | Link | Quote | CodeBlock | Bullets


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
        """Drop the first `count` characters, then white space."""
        rest, _ = _drop(self.nodes, count)
        return RichText(rest).stripped()

    def stripped(self) -> "RichText":
        """Drop white space at both ends."""
        lead = len(self.plain) - len(self.plain.lstrip())
        nodes, _ = _drop(self.nodes, lead)
        tail = len(_plain(nodes)) - len(_plain(nodes).rstrip())
        return RichText(_drop_end(nodes, tail))


NOTHING = RichText()


def rich(text: str) -> RichText:
    """Wrap plain characters."""
    return RichText((Text(text),)) if text else RichText()


def bold(text: str) -> RichText:
    """Wrap characters in bold."""
    return RichText((Styled(Style.BOLD, (Text(text),)),)) if text else RichText()


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
        match node:
            case Text(text):
                out += text
            case Styled(children=children) | Link(children=children):
                out += _plain(children)
            case Quote(children):
                out += _block(out, _plain(children))
            case CodeBlock(text):
                out += _block(out, text)
            case Bullets(items, ordered):
                out += _block(out, _lines(items, ordered=ordered))
            case _ as never:
                assert_never(never)
    return out.removesuffix("\n") if nodes and _is_block(nodes[-1]) else out


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
        case Styled(children=children) | Link(children=children) | Quote(children):
            return replace(node, children=_map(children, change))
        case Bullets(items):
            return replace(node, items=tuple(_map(item, change) for item in items))
        case _ as never:
            assert_never(never)


def _drop(nodes: Sequence[Node], count: int) -> tuple[tuple[Node, ...], int]:
    """Drop characters from the left; a block is dropped whole or not at all."""
    kept: list[Node] = []
    for node in nodes:
        if count <= 0:
            kept.append(node)
            continue
        size = len(_plain((node,)))
        if size <= count:
            count -= size
            continue
        match node:
            case Text(text):
                kept.append(Text(text[count:]))
            case Styled(children=children) | Link(children=children):
                kept.append(replace(node, children=_drop(children, count)[0]))
            case _:
                kept.append(node)
        count = 0
    return tuple(kept), count


def _drop_end(nodes: Sequence[Node], count: int) -> tuple[Node, ...]:
    kept = list(nodes)
    while kept and count > 0:
        last = kept.pop()
        size = len(_plain((last,)))
        if size > count:
            kept.append(_cut_end(last, count))
        count -= size
    return tuple(kept)


def _cut_end(node: Node, count: int) -> Node:
    match node:
        case Text(text):
            return Text(text[:-count])
        case Styled(children=children) | Link(children=children):
            return replace(node, children=_drop_end(children, count))
        case _:
            return node
