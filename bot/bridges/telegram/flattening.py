"""Writing a tree down as runs, and what becomes of that which Telegram can't show."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import assert_never

from bot.bridges.telegram.runs import PLAIN, Coded, Linked, Marks, Quoted, Run, from_runs, merge
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

_TELEGRAM_OPENS = re.compile("(?:https?|tg)://.", re.IGNORECASE)
_WORTH_READING = re.compile("(?:mailto|tel|geo):(.+)", re.IGNORECASE)
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def to_runs(text: RichText) -> tuple[Run, ...]:
    """Write a tree down run by run."""
    writer = _Writer()
    writer.write_all(text.nodes, PLAIN)
    return merge(writer.runs)


def normal(text: RichText) -> RichText:
    """Return what Telegram shows of a text.

    * A quote holds no quote, a link no link, and code nothing but letters.
    * Styles around a block lie within it.
    * Lists are lines that begin with "• " or a number, two spaces deeper for each list around
      them; a block in a list is only text.
    * A link that Telegram does not open is text, with its address if somebody can use that.
    * The line end before a block is written out, the one after it belongs to the block.
    * Like runs that touch are one, and of several styles the one that lasts longest is outermost.
    """
    return from_runs(to_runs(text))


def whole_characters(text: str) -> str:
    """Replace half characters, which can be neither sent nor stored; the length stays."""
    return _HALF_CHARACTER.sub("\ufffd", text)


@dataclass
class _Writer:
    """Writes runs, blocks on lines of their own.

    Attributes:
        at_line_start: Whether a block could begin here.
        line_marks: Marks of the line end that stands before what comes next; None if none does.
        owes_line: That line end comes even at the start of a line: it ends a block.
        depth: How many lists lie around this.
    """

    runs: list[Run] = field(default_factory=list)
    at_line_start: bool = True
    line_marks: Marks | None = None
    owes_line: bool = False
    depth: int = 0

    def write_all(self, nodes: Iterable[Node], marks: Marks) -> None:
        """Write nodes one after the other."""
        for node in nodes:
            self._write(node, marks)

    def _write(self, node: Node, marks: Marks) -> None:
        match node:
            case Text(text):
                self._put(text, marks)
            case Styled(style, children):
                self.write_all(children, marks | {style})
            case Link(url, children):
                self._link(url, children, marks)
            case Mention(children=children):
                self.write_all(children, marks)
            case Quote(children):
                inner = marks if self.depth else marks | {Quoted()}
                self._block(children, marks, inner)
            case CodeBlock(text, language):
                inner = marks | {Style.CODE if self.depth else Coded(language)}
                self._block((Text(text),), marks, inner)
            case Bullets(items, ordered):
                self._list(items, marks, ordered=ordered)
            case _ as never:
                assert_never(never)

    def _link(self, url: str, children: Iterable[Node], marks: Marks) -> None:
        begins = len(self.runs)
        is_inner = any(isinstance(mark, Linked) for mark in marks)
        opens = _TELEGRAM_OPENS.match(url) is not None
        inner = marks | {Linked(url)} if opens and not is_inner else marks
        self.write_all(children, inner)
        label = "".join(run.text for run in self.runs[begins:])
        readable = _WORTH_READING.match(url)
        if not label and opens:
            self._put(url, inner)
        elif readable and readable[1] not in label:
            self._put(f" ({readable[1]})" if label else readable[1], marks)

    def _block(self, children: Iterable[Node], outside: Marks, inside: Marks) -> None:
        self._ask_for_line(outside)
        begins = len(self.runs)
        self.write_all(children, inside)
        if len(self.runs) > begins:
            self._ask_for_line(outside, always=True)

    def _list(self, items: Iterable[Iterable[Node]], marks: Marks, *, ordered: bool) -> None:
        indent = "  " * self.depth
        self.depth += 1
        for number, item in enumerate(items, start=1):
            self._ask_for_line(marks)
            self._put(f"{indent}{number}. " if ordered else f"{indent}• ", marks)
            self.at_line_start = True
            self.write_all(item, marks)
            self._ask_for_line(marks, always=True)
        self.depth -= 1

    def _ask_for_line(self, marks: Marks, *, always: bool = False) -> None:
        """Let what comes next begin on a line of its own."""
        marks = marks & {Quoted()}
        self.line_marks = marks if self.line_marks is None else self.line_marks & marks
        self.owes_line = self.owes_line or always

    def _put(self, text: str, marks: Marks) -> None:
        if not text:
            return
        if self.line_marks is not None and (self.owes_line or not self.at_line_start):
            self.runs.append(Run("\n", self.line_marks))
        self.line_marks, self.owes_line = None, False
        self.runs.append(Run(whole_characters(text), marks))
        self.at_line_start = text.endswith("\n")
