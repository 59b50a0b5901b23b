"""Formatted text as Telegram carries it: characters, and entities that say how they look.

Offsets and lengths of entities count UTF-16 units, two for each character beyond U+FFFF.
Never parse_mode: there is nothing that a person's words could break out of.

Source: Bot API, MessageEntity and "Formatting options".
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import assert_never

from telegram import MessageEntity

from bot.bridges.telegram.flattening import to_runs, whole_characters
from bot.bridges.telegram.runs import (
    Coded,
    Group,
    Linked,
    Mark,
    Quoted,
    Run,
    from_runs,
    merge,
    nest,
)
from bot.domain.richtext import RichText, Style

_STYLES = {
    MessageEntity.BOLD: Style.BOLD,
    MessageEntity.ITALIC: Style.ITALIC,
    MessageEntity.UNDERLINE: Style.UNDERLINE,
    MessageEntity.STRIKETHROUGH: Style.STRIKE,
    MessageEntity.SPOILER: Style.SPOILER,
    MessageEntity.CODE: Style.CODE,
}
_TYPES = {style: kind for kind, style in _STYLES.items()}


@dataclass(frozen=True, slots=True)
class Formatted:
    """Characters and what they look like."""

    text: str
    entities: tuple[MessageEntity, ...] = ()


def to_telegram(text: RichText) -> Formatted:
    """Write a text for Telegram, however long."""
    return render(to_runs(text))


def from_telegram(text: str, entities: Iterable[MessageEntity]) -> RichText:
    """Read a text from Telegram.

    Bare links, mentions, hashtags, commands and custom emoji stay the characters they are. An
    entity that lies outside the text, or in the middle of a character, counts as far as it can.
    """
    marked = [found for entity in entities if (found := _marked(entity))]
    return from_runs(_runs(whole_characters(text), marked))


def render(runs: Sequence[Run]) -> Formatted:
    """Write runs for Telegram."""
    text = "".join(run.text for run in runs)
    return Formatted(text, tuple(_entities(nest(merge(runs)), 0)))


def length_units(text: str) -> int:
    """Return how long Telegram thinks a text is."""
    return len(text) + sum(char > "\uffff" for char in text)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marked:
    mark: Mark
    start: int
    end: int


def _entities(groups: Iterable[Group | str], at: int) -> Iterator[MessageEntity]:
    for group in groups:
        if isinstance(group, Group):
            length = length_units(_characters(group))
            yield _entity(group.mark, at, length)
            yield from _entities(group.inner, at)
            at += length
        else:
            at += length_units(group)


def _characters(group: Group | str) -> str:
    return group if isinstance(group, str) else "".join(map(_characters, group.inner))


def _entity(mark: Mark, offset: int, length: int) -> MessageEntity:
    match mark:
        case Style() as style:
            return MessageEntity(_TYPES[style], offset, length)
        case Quoted():
            return MessageEntity(MessageEntity.BLOCKQUOTE, offset, length)
        case Coded(language):
            return MessageEntity(MessageEntity.PRE, offset, length, language=language or None)
        case Linked(url):
            return MessageEntity(MessageEntity.TEXT_LINK, offset, length, url=url)
        case _ as never:
            assert_never(never)


def _marked(entity: MessageEntity) -> _Marked | None:
    mark = _mark(entity)
    if mark is None or entity.length <= 0:
        return None
    return _Marked(mark=mark, start=entity.offset, end=entity.offset + entity.length)


def _mark(entity: MessageEntity) -> Mark | None:
    match entity.type:
        case MessageEntity.BLOCKQUOTE | MessageEntity.EXPANDABLE_BLOCKQUOTE:
            return Quoted()
        case MessageEntity.PRE:
            return Coded(entity.language or "")
        case MessageEntity.TEXT_LINK if entity.url:
            return Linked(entity.url)
        case kind:
            return _STYLES.get(kind)


def _runs(text: str, marked: Sequence[_Marked]) -> tuple[Run, ...]:
    ends = list(accumulate(map(length_units, text), initial=0))
    spans = [(_index(ends, one.start), _index(ends, one.end), one.mark) for one in marked]
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    return merge(
        Run(text[left:right], frozenset(m for start, end, m in spans if start <= left < end))
        for left, right in pairwise(edges)
    )


def _index(ends: Sequence[int], units: int) -> int:
    """Return how many whole characters begin before so many units, none beyond the text."""
    return min(max(bisect_right(ends, units) - 1, 0), len(ends) - 1)
