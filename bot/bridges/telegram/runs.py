"""Formatted text as Telegram sees it: runs of characters, each with its marks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias, assert_never

from bot.domain.richtext import (
    CodeBlock,
    Link,
    Node,
    Quote,
    RichText,
    Style,
    Styled,
    Text,
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Within somebody's words."""


@dataclass(frozen=True, slots=True)
class Coded:
    """Within a block kept letter by letter."""

    language: str


@dataclass(frozen=True, slots=True)
class Linked:
    """Leads somewhere."""

    url: str


Mark: TypeAlias = Quoted | Coded | Linked | Style
Marks: TypeAlias = frozenset[Mark]
PLAIN: Marks = frozenset()


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that look the same."""

    text: str
    marks: Marks = PLAIN


@dataclass(frozen=True, slots=True)
class Group:
    """Runs under one mark, the marks inside it nested the same way."""

    mark: Mark
    inner: tuple["Group | str", ...]


def from_runs(runs: Sequence[Run]) -> RichText:
    """Build the tree of runs."""
    return RichText(tuple(_nodes(nest(runs))))


def merge(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Join like runs that touch; marks that can't lie on one another give way."""
    shown = (Run(run.text, compatible(run.marks)) for run in runs if run.text)
    alike = groupby(shown, key=lambda run: run.marks)
    return tuple(Run("".join(run.text for run in group), marks) for marks, group in alike)


def compatible(marks: Marks) -> Marks:
    """Return the marks that may lie on the same characters."""
    links = [mark for mark in marks if isinstance(mark, Linked)]
    blocks = [mark for mark in marks if isinstance(mark, Coded)]
    quoted = marks & {Quoted()}
    if blocks:
        return quoted | {min(blocks, key=lambda block: block.language)}
    if links:
        # A link that can be pressed says more than letters of even width.
        styles = {mark for mark in marks if isinstance(mark, Style)} - {Style.CODE}
        return quoted | styles | {min(links, key=lambda link: link.url)}
    return quoted | {Style.CODE} if Style.CODE in marks else marks


def nest(runs: Sequence[Run]) -> tuple[Group | str, ...]:
    """Put runs into groups that lie inside one another or beside one another."""
    found: list[Group | str] = []
    at = 0
    while at < len(runs):
        if not runs[at].marks:
            found.append(runs[at].text)
            at += 1
            continue
        mark, end = _outermost(runs, at)
        inner = [Run(run.text, run.marks - {mark}) for run in runs[at:end]]
        found.append(Group(mark, nest(merge(inner))))
        at = end
    return tuple(found)


def _outermost(runs: Sequence[Run], at: int) -> tuple[Mark, int]:
    ends = {mark: _end(runs, at, mark) for mark in runs[at].marks}
    mark = min(ends, key=lambda mark: (_rank(mark), -ends[mark], str(mark)))
    return mark, ends[mark]


def _end(runs: Sequence[Run], at: int, mark: Mark) -> int:
    while at < len(runs) and mark in runs[at].marks:
        at += 1
    return at


def _rank(mark: Mark) -> int:
    match mark:
        case Quoted():
            return 0
        case Coded():
            return 1
        case Linked() | Style():
            return 2
        case _ as never:
            assert_never(never)


def _nodes(groups: Iterable[Group | str]) -> Iterator[Node]:
    after_block = False
    for group in groups:
        if isinstance(group, str):
            text = group.removeprefix("\n") if after_block else group
            if text:
                yield Text(text)
            after_block = False
        else:
            node = _node(group)
            yield node
            after_block = isinstance(node, Quote | CodeBlock)


def _node(group: Group) -> Node:
    children = tuple(_nodes(group.inner))
    match group.mark:
        case Quoted():
            return Quote(children)
        case Coded(language):
            return CodeBlock(
                "".join(part for part in group.inner if isinstance(part, str)), language
            )
        case Linked(url):
            return Link(url, children)
        case Style() as style:
            return Styled(style, children)
        case _ as never:
            assert_never(never)
