"""Formatted text: a small tree that can be read, cut, mapped and kept."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.richtext import (
    NOTHING,
    Bullets,
    CodeBlock,
    Link,
    Node,
    Quote,
    RichText,
    Style,
    Styled,
    Text,
    joined,
    rich,
)
from bot.domain.richtext_json import MAX_DEPTH, Json, from_json, to_json
from tests.domain.examples import json_objects, json_values, texts, trees
from tests.styles import bold

ITEMS = Bullets(((Text("ett"),), (Text("två"),)))
STEPS = Bullets(((Text("ring"),), (Text("vänta"),)), ordered=True)


@pytest.mark.parametrize(
    ("nodes", "plain"),
    [
        ((), ""),
        ((Text("rök"), Text(" nu")), "rök nu"),
        ((Styled(Style.BOLD, (Text("rök"),)), Text(" nu")), "rök nu"),
        ((Text("se "), Link("https://alby.se", (Text("här"),))), "se här"),
        ((Text("hon sa"), Quote((Text("spring"),)), Text("och gick")), "hon sa\nspring\noch gick"),
        ((Text("hon sa\n"), Quote((Text("spring"),))), "hon sa\nspring"),
        ((CodeBlock("a = 1"), CodeBlock("b = 2")), "a = 1\nb = 2"),
        ((ITEMS,), "• ett\n• två"),
        ((STEPS, Text("slut")), "1. ring\n2. vänta\nslut"),
        ((Quote((Text("hon"), Quote((Text("inre"),)))),), "hon\ninre"),
        ((Styled(Style.ITALIC, (Quote((Text("ett"),)),)), Text("två")), "etttvå"),
    ],
    ids=[
        "nothing",
        "runs",
        "styled",
        "link",
        "quote",
        "quote on its own line already",
        "blocks",
        "bullets",
        "numbers",
        "quote in quote",
        "block in a run",
    ],
)
def test_plain_puts_blocks_on_lines_of_their_own(nodes: tuple[Node, ...], plain: str):
    """The characters alone are what commands, rules and lengths are read from."""
    assert RichText(nodes).plain == plain


@pytest.mark.parametrize(
    ("text", "says_something"),
    [(NOTHING, False), (rich(" \n"), False), (RichText((Quote(()),)), False), (rich("a"), True)],
    ids=["nothing", "white space", "empty quote", "a letter"],
)
def test_text_is_true_if_it_shows_anything(text: RichText, *, says_something: bool):
    """White space is not something said."""
    assert bool(text) is says_something


def test_joined_leaves_no_separator_for_what_is_empty():
    """A line that isn't there takes no place."""
    parts = [NOTHING, rich("ett"), rich(""), bold("två"), bold("")]

    assert joined(parts, "\n").plain == "ett\ntvå"
    assert joined([], "\n") == NOTHING


@given(trees, trees)
def test_added_texts_keep_all_nodes(one: RichText, two: RichText):
    """Adding never merges or loses a run."""
    assert (one + two).nodes == one.nodes + two.nodes
    assert NOTHING + one == one + NOTHING == one


@given(trees)
def test_mapping_nothing_changes_nothing(text: RichText):
    """The shape stays."""
    assert text.map_text(lambda run: run) == text


@given(trees)
def test_mapping_twice_is_mapping_both(text: RichText):
    """Cleaning in two steps is cleaning in one."""
    twice = text.map_text(str.upper).map_text(lambda run: run + "!")

    assert twice == text.map_text(lambda run: run.upper() + "!")


@given(trees)
def test_map_reaches_every_run(text: RichText):
    """Nothing a person wrote passes by the cleaning, code and list items included."""
    assert not set(text.map_text(lambda _: "").plain) - set("\n •1234567890.")


@given(trees)
def test_stripped_text_has_no_white_space_to_lose(text: RichText):
    """Stripping takes white space alone, and all of it that is not in code."""
    stripped = text.stripped()

    assert stripped.plain.strip() == text.plain.strip()
    assert stripped.stripped() == stripped
    assert bool(stripped.nodes) is bool(text)


@pytest.mark.parametrize(
    ("nodes", "kept"),
    [
        ((Text("  "), Quote((Text("q"),))), (Quote((Text("q"),)),)),
        ((Quote((Text("q"),)), Text("  \n")), (Quote((Text("q"),)),)),
        ((Text(" a "),), (Text("a"),)),
        ((Styled(Style.BOLD, (Text(" a"), Text(" "))),), (Styled(Style.BOLD, (Text("a"),)),)),
        ((Quote((Text("\n"), Text("a\n"))),), (Quote((Text("a"),)),)),
        ((CodeBlock("  a\n"),), (CodeBlock("  a\n"),)),
        ((Text("\n"), ITEMS, Text("\n")), (ITEMS,)),
        ((CodeBlock(" "), Text(" ")), ()),
    ],
    ids=[
        "before a quote",
        "after a quote",
        "in a run",
        "in a styled run",
        "in a quote",
        "code stays letter by letter",
        "around a list",
        "nothing but white space",
    ],
)
def test_stripping_keeps_what_stands_beside_white_space(
    nodes: tuple[Node, ...], kept: tuple[Node, ...]
):
    """A short block next to blanks was once taken for a part of them."""
    assert RichText(nodes).stripped().nodes == kept


def _has_list(value: object) -> bool:
    match value:
        case Bullets():
            return True
        case Styled(children=inner) | Link(children=inner) | Quote(children=inner):
            return any(map(_has_list, inner))
        case _:
            return False


@given(trees, st.integers(0, 30))
def test_dropping_the_start_drops_so_many_characters(text: RichText, count: int):
    """What is left of the tree reads like what is left of its characters; lists stay whole."""
    if not any(map(_has_list, text.nodes)):
        assert text.without_start(count).plain.strip() == text.plain[count:].strip()


@given(trees, st.integers(0, 30))
def test_dropping_never_adds(text: RichText, count: int):
    """Whatever the shape: nothing new appears, and dropping everything leaves nothing."""
    assert len(text.without_start(count).plain) <= len(text.plain)
    assert text.without_start(len(text.plain)) == NOTHING


@pytest.mark.parametrize(
    ("nodes", "count", "kept"),
    [
        ((Text("/red rök"),), 4, (Text("rök"),)),
        (
            (Styled(Style.BOLD, (Text("/red rök"),)), Text(" nu")),
            4,
            (Styled(Style.BOLD, (Text("rök"),)), Text(" nu")),
        ),
        ((Text("/red"), Quote((Text("hon sa"),))), 4, (Quote((Text("hon sa"),)),)),
        ((Text("/red"), ITEMS), 5, (ITEMS,)),
        ((ITEMS, Text("x")), 3, (ITEMS, Text("x"))),
        ((ITEMS, Text("x")), 11, (Text("x"),)),
        ((Quote((Text("/red rök"),)),), 4, (Quote((Text("rök"),)),)),
        ((Text("/red"), Text(" "), CodeBlock("  a")), 4, (CodeBlock("  a"),)),
        ((Text("/red"), CodeBlock("xy")), 6, (CodeBlock("y"),)),
        (
            (Link("https://alby.se", (Text("🔴här"),)),),
            1,
            (Link("https://alby.se", (Text("här"),)),),
        ),
    ],
    ids=[
        "run",
        "styled run",
        "before a quote",
        "the line end before a list",
        "a list is not cut",
        "a list is dropped whole",
        "in a quote",
        "before code",
        "in code",
        "in a link",
    ],
)
def test_start_can_be_dropped_from_any_shape(
    nodes: tuple[Node, ...], count: int, kept: tuple[Node, ...]
):
    """A command leaves; what it is followed by keeps its form."""
    assert RichText(nodes).without_start(count).nodes == kept


@given(trees)
def test_text_comes_back_from_json(text: RichText):
    """What is kept is what was written, through real JSON too."""
    assert from_json(json.loads(json.dumps(to_json(text)))) == text


@given(st.one_of(json_values, st.lists(json_objects("link", "url", "quote", "bold", "items"))))
def test_malformed_json_raises_value_error_alone(value: Json):
    """What can't be read is refused by one error, whatever is wrong with it."""
    try:
        text = from_json(value)
    except ValueError:
        return

    assert from_json(to_json(text)) == text


@pytest.mark.parametrize(
    "value",
    [
        None,
        "rök",
        {},
        {"bold": ["a"]},
        [1],
        [None],
        [["a"]],
        [{}],
        [{"loud": ["a"]}],
        [{"bold": "a"}],
        [{"link": ["a"]}],
        [{"link": ["a"], "url": 5}],
        [{"quote": "a"}],
        [{"block": "a"}],
        [{"block": 5, "language": ""}],
        [{"items": ["a"], "ordered": False}],
        [{"items": [["a"]], "ordered": "no"}],
        [{"bold": [], "italic": []}],
    ],
    ids=str,
)
def test_what_is_no_formatted_text_is_refused(value: Json):
    """Old or foreign data must not become half a text."""
    with pytest.raises(ValueError, match=r"text|Style"):
        from_json(value)


def _quoted(depth: int) -> Json:
    value: Json = ["a"]
    for _ in range(depth):
        value = [{"quote": value}]
    return value


def test_deep_json_is_refused_before_it_breaks_anything():
    """Nesting is bounded: no input ends the process by its shape."""
    assert from_json(_quoted(MAX_DEPTH - 1)).plain == "a"

    for depth in (MAX_DEPTH, 100_000):
        with pytest.raises(ValueError, match="too deep"):
            from_json(_quoted(depth))


@given(texts)
def test_wrapping_plain_characters_keeps_them(text: str):
    """A text of one run reads as that run."""
    assert rich(text).plain == bold(text).plain == text
