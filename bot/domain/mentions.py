"""Who is spoken to by name in a carried line, and who is told of it where the line arrives."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from bot.domain.cleaning import clean_name
from bot.domain.messages import UserRef
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

_CALL = re.compile(r"(?<!\w)@(?=\w)")
_GLUE = "\u2060"
"""Unseen after an @: no platform takes what follows for an account, or for everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Somebody who is mentioned, as one room may know them.

    Attributes:
        name: Under what name they are shown there.
        account: Theirs on the room's platform; None if they are not to be told.
    """

    name: str
    account: UserRef | None = None


def mentioned_in(text: RichText) -> Mapping[UserRef, str]:
    """Return the accounts that a text mentions, with the names that it has for them."""
    return {mention.user: RichText(mention.children).plain for mention in _mentioned(text.nodes)}


def address(text: RichText, people: Mapping[UserRef, Addressee]) -> RichText:
    """Write a text for a room: who is known there is mentioned, all others are only named.

    Characters that look like a call to somebody, or to all, call nobody.
    """
    return RichText(tuple(_address(node, people) for node in text.nodes))


def name_of_stranger(shown: str) -> str:
    """Return the name of somebody the bot does not know, as another has written it."""
    return clean_name(shown.lstrip("@")) or "…"


def _mentioned(nodes: Sequence[Node]) -> Iterator[Mention]:
    for node in nodes:
        match node:
            case Mention():
                yield node
            case Styled(children=children) | Link(children=children) | Quote(children):
                yield from _mentioned(children)
            case Bullets(items):
                for item in items:
                    yield from _mentioned(item)
            case Text() | CodeBlock():
                pass
            case _ as never:
                assert_never(never)


def _address(node: Node, people: Mapping[UserRef, Addressee]) -> Node:
    match node:
        case Mention(user, children):
            shown = RichText(children).plain
            known = people.get(user) or Addressee(name=name_of_stranger(shown))
            if known.account is None:
                return Text(known.name)
            return Mention(known.account, (Text(f"@{known.name}"),))
        case Text(text) | CodeBlock(text):
            return replace(node, text=_CALL.sub(f"@{_GLUE}", text))
        case Styled(children=children) | Link(children=children) | Quote(children):
            return replace(node, children=tuple(_address(child, people) for child in children))
        case Bullets(items):
            addressed = [tuple(_address(child, people) for child in item) for item in items]
            return replace(node, items=tuple(addressed))
        case _ as never:
            assert_never(never)
