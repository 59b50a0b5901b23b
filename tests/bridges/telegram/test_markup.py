"""Formatted text to Telegram and back."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.bridges.telegram.flattening import normal
from bot.bridges.telegram.markup import Formatted, from_telegram, length_units, to_telegram
from bot.domain.richtext import (
    Bullets,
    CodeBlock,
    Link,
    Node,
    Quote,
    RichText,
    Style,
    Styled,
    Text,
    rich,
)
from tests.domain.examples import trees

ALBY = "https://alby.se"
odd_characters = st.lists(
    st.sampled_from(
        [*"aé \n<*_[", "e\u0301", "🔴", "👩🏽\u200d🚒", "🇸🇪", "שלום", "\u200f", "\ud83d"]
    ),
    max_size=30,
).map("".join)
kinds = st.sampled_from([*MessageEntity.ALL_TYPES, "of_tomorrow", ""])
numbers = st.one_of(st.integers(-9, 40), st.integers())
entities = st.builds(
    MessageEntity,
    kinds,
    numbers,
    numbers,
    url=st.sampled_from([None, "", ALBY, "javascript:x"]),
    language=st.sampled_from([None, "", "py"]),
)


def said(*nodes: Node) -> RichText:
    """A text of nodes."""
    return RichText(nodes)


def shown(formatted: Formatted) -> list[tuple[str, str]]:
    """Which entity covers which characters."""
    units = formatted.text.encode("utf-16-le")
    return [
        (str(e.type), units[2 * e.offset : 2 * (e.offset + e.length)].decode("utf-16-le"))
        for e in formatted.entities
    ]


def bold(*children: Node) -> Styled:
    """A run in bold."""
    return Styled(Style.BOLD, children)


@pytest.mark.parametrize(
    ("text", "characters", "entities"),
    [
        (said(), "", []),
        (rich("rök"), "rök", []),
        (said(Text("🔴 "), bold(Text("rök"))), "🔴 rök", [("bold", "rök")]),
        (
            said(bold(Text("a"), Styled(Style.SPOILER, (Text("b"),)))),
            "ab",
            [("bold", "ab"), ("spoiler", "b")],
        ),
        (said(Text("se "), Link(ALBY, (Text("här"),))), "se här", [("text_link", "här")]),
        (
            said(Text("hon sa"), Quote((Text("spring"),)), Text("nu")),
            "hon sa\nspring\nnu",
            [("blockquote", "spring")],
        ),
        (
            said(Quote((Text("a"), Quote((Text("b"),)), Text("c")))),
            "a\nb\nc",
            [("blockquote", "a\nb\nc")],
        ),
        (
            said(Quote((Text("a"),)), Quote((Text("b"),))),
            "a\nb",
            [("blockquote", "a"), ("blockquote", "b")],
        ),
        (said(CodeBlock("a = 1", "py"), Text("x")), "a = 1\nx", [("pre", "a = 1")]),
        (
            said(bold(Styled(Style.CODE, (Text("a"),)), Text("b"))),
            "ab",
            [("code", "a"), ("bold", "b")],
        ),
        (said(Link(ALBY, (Styled(Style.CODE, (Text("a"),)),))), "a", [("text_link", "a")]),
        (said(bold(CodeBlock("a"))), "a", [("pre", "a")]),
        (
            said(Bullets(((Text("ett"),), (Text("två"), Bullets(((Text("i"),),)))), ordered=True)),
            "1. ett\n2. två\n  • i",
            [],
        ),
        (
            said(Bullets(((CodeBlock("a"),), (Text("b"), Quote((Text("c"),)))))),
            "• a\n• b\nc",
            [("code", "a")],
        ),
        (said(Link("javascript:x", (Text("här"),))), "här", []),
        (said(Link("mailto:a@alby.se", (Text("skriv"),))), "skriv (a@alby.se)", []),
        (said(Link("tel:112", (Text("ring 112"),))), "ring 112", []),
        (said(Link(ALBY, ())), ALBY, [("text_link", ALBY)]),
        (said(Quote(()), Text("a"), CodeBlock(""), Text("b")), "a\nb", []),
        (rich("\ud83d!"), "\ufffd!", []),
    ],
    ids=[
        "nothing",
        "words",
        "offsets count UTF-16",
        "styles nest",
        "link",
        "quote",
        "quote in quote",
        "two quotes",
        "code block",
        "code in bold",
        "code in link",
        "block in bold",
        "lists",
        "blocks in lists",
        "link nobody should open",
        "mail",
        "telephone",
        "link without label",
        "empty blocks",
        "half a character",
    ],
)
def test_tree_is_written_as_telegram_shows_it(
    text: RichText, characters: str, entities: list[tuple[str, str]]
) -> None:
    """What Telegram can't show takes the nearest honest form."""
    formatted = to_telegram(text)

    assert formatted.text == characters
    assert shown(formatted) == entities


@pytest.mark.parametrize(
    ("kind", "node"),
    [
        (MessageEntity.BOLD, bold(Text("🔴"))),
        (MessageEntity.EXPANDABLE_BLOCKQUOTE, Quote((Text("🔴"),))),
        (MessageEntity.TEXT_LINK, Link(ALBY, (Text("🔴"),))),
        (MessageEntity.PRE, CodeBlock("🔴", "py")),
        (MessageEntity.CUSTOM_EMOJI, Text("🔴")),
        (MessageEntity.TEXT_MENTION, Text("🔴")),
        (MessageEntity.URL, Text("🔴")),
        ("of_tomorrow", Text("🔴")),
    ],
)
def test_entity_is_read_as_what_it_means(kind: str, node: Node) -> None:
    """What has no meaning here stays plain characters."""
    before = Text("a\n") if isinstance(node, Quote | CodeBlock) else Text("a")
    entity = MessageEntity(kind, length_units(before.text), 2, url=ALBY, language="py")
    read = from_telegram(before.text + "🔴", [entity])

    assert read.plain == before.text + "🔴"
    if not isinstance(node, Text):
        assert read.nodes == (before, node)


def test_crossing_entities_become_a_tree() -> None:
    """Telegram's servers don't let them cross, but a file from elsewhere may."""
    crossing = [MessageEntity("bold", 0, 2), MessageEntity("italic", 1, 2)]

    assert from_telegram("abc", crossing) == said(
        bold(Text("a"), Styled(Style.ITALIC, (Text("b"),))), Styled(Style.ITALIC, (Text("c"),))
    )


@given(trees)
@example(said(Quote((Text("a\n"),)), Text("\nb")))
@example(said(Quote((Text("a"), CodeBlock("b"), Text("\n"))), CodeBlock("c")))
@example(said(bold(Text("a"), Quote((Text("b"),)), Text("c"))))
def test_what_telegram_shows_comes_back_unchanged(text: RichText) -> None:
    """Of any tree, its normal form survives the way there and back."""
    formatted = to_telegram(text)

    assert from_telegram(formatted.text, formatted.entities) == normal(text)


@given(trees)
def test_normal_form_is_its_own_normal_form(text: RichText) -> None:
    """Carrying a line twice shows what carrying it once shows."""
    assert normal(normal(text)) == normal(text)


@given(trees)
def test_entities_obey_telegram(text: RichText) -> None:
    """Inside the text, in order, one inside the other or apart, nothing within code."""
    formatted = to_telegram(text)
    last = length_units(formatted.text)
    spans = [(e.offset, e.offset + e.length, e.type) for e in formatted.entities]

    assert all(0 <= start < end <= last for start, end, _ in spans)
    assert [start for start, *_ in spans] == sorted(start for start, *_ in spans)
    for index, (_, end, kind) in enumerate(spans):
        for later, until, _ in spans[index + 1 :]:
            assert later >= end or (until <= end and kind not in {"pre", "code"})
    assert all(
        e.length == length_units(part)
        for e, (_, part) in zip(formatted.entities, shown(formatted), strict=True)
    )


@given(odd_characters, st.lists(entities, max_size=6))
def test_hostile_entities_lose_no_character(text: str, hostile: list[MessageEntity]) -> None:
    """Whatever the offsets: every character is there, and what was read can be sent."""
    read = from_telegram(text, hostile)

    assert read.plain.replace("\n", "") == text.replace("\ud83d", "\ufffd").replace("\n", "")
    to_telegram(read)
