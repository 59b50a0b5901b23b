"""Texts that are too long for one message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bridges.telegram.flattening import to_runs
from bot.bridges.telegram.graphemes import is_between, whole_before
from bot.bridges.telegram.markup import from_telegram, length_units, render
from bot.bridges.telegram.runs import Linked, Run, from_runs, merge
from bot.bridges.telegram.splitting import (
    MAX_CAPTION_UNITS,
    MAX_ENTITIES,
    MAX_TEXT_UNITS,
    Runs,
    split,
)
from bot.domain.richtext import Bullets, RichText, Style, Text, rich
from tests.domain.examples import trees

FLAG, FAMILY, LETTER = "🇸🇪", "👩🏽\u200d👩🏽\u200d👧", "e\u0301"
pieces = st.sampled_from(["rök ", "Ring 112. ", "\n", "\n\n", "🔴", FLAG, FAMILY, LETTER, "שלום "])
marks = st.frozensets(st.sampled_from([*Style, Linked("https://alby.se")]), max_size=2)
long_runs = st.lists(
    st.builds(
        lambda piece, times, look: Run(piece * times, look), pieces, st.integers(1, 40), marks
    ),
    max_size=12,
).map(tuple)


def said(parts: list[Runs]) -> list[str]:
    """The characters of each part."""
    return [render(part).text for part in parts]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("kort", ["kort"]),
        ("en rad till\n\nett stycke", ["en rad till\n\n", "ett stycke"]),
        ("en rad till\nen rad", ["en rad till\n", "en rad"]),
        ("Det ryker. Ring 112 nu", ["Det ryker. ", "Ring 112 nu"]),
        ("en två tre fyra fem", ["en två tre ", "fyra fem"]),
        ("a" * 30, ["a" * 14, "a" * 14, "aa"]),
        ("a" + "🔴" * 9, ["a" + "🔴" * 6, "🔴🔴🔴"]),
        (FLAG * 5, [FLAG * 3, FLAG * 2]),
        ("ord" + " " * 40, ["ord" + " " * 11]),
    ],
    ids=[
        "nothing",
        "fits",
        "paragraph",
        "line",
        "sentence",
        "word",
        "letters",
        "surrogates",
        "flags",
        "blank parts are none",
    ],
)
def test_text_is_cut_where_it_hurts_least(text: str, parts: list[str]) -> None:
    """Paragraph before line before sentence before word before letter."""
    runs = to_runs(rich(text))

    assert said(split(runs, first_units=14, most_units=14)) == parts


def test_style_goes_on_in_the_next_part() -> None:
    """Bold that is cut is bold on both sides."""
    runs = (Run("a" * 5), Run("b" * 5, frozenset({Style.BOLD})))
    parts = split(runs, first_units=8, most_units=8)

    assert [from_runs(part).plain for part in parts] == ["aaaaabbb", "bb"]
    assert [[e.type for e in render(part).entities] for part in parts] == [["bold"], ["bold"]]


def test_many_entities_are_spread_over_messages() -> None:
    """Telegram shows a hundred a message and drops the rest in silence."""
    runs = to_runs(RichText(tuple(node for _ in range(250) for node in (BOLD_WORD, Text(" ")))))
    parts = split(runs)

    assert [len(render(part).entities) for part in parts] == [100, 100, 50]
    assert "".join(said(parts)) == "ord " * 250


BOLD_WORD = from_telegram("ord", render((Run("ord", frozenset({Style.BOLD})),)).entities).nodes[0]


@given(long_runs, st.integers(1, 60), st.integers(1, 60))
def test_parts_fit_and_keep_every_character_in_order(
    runs: Runs, first_units: int, most_units: int
) -> None:
    """But for parts that would show nothing."""
    parts = split(runs, first_units=first_units, most_units=most_units)
    whole = "".join(run.text for run in merge(runs))

    assert "".join("".join(said(parts)).split()) == "".join(whole.split())
    for number, text in enumerate(said(parts)):
        most = max(2, most_units, first_units if number == 0 else 0)
        assert 0 < length_units(text) <= most
        assert text.strip()


@given(long_runs)
def test_no_part_begins_in_the_middle_of_a_sign(runs: Runs) -> None:
    """A flag stays a flag and a family together."""
    parts = said(split(runs, first_units=50, most_units=50))
    whole = "".join(run.text for run in merge(runs))
    at = 0
    for part in parts:
        at = whole.index(part, at)
        assert is_between(whole, at)
        at += len(part)


@given(trees)
def test_entities_of_parts_stay_within_them(text: RichText) -> None:
    """A part that is rendered and read again is the part."""
    for part in split(to_runs(text), first_units=7, most_units=7):
        formatted = render(part)
        last = length_units(formatted.text)
        assert all(0 <= e.offset < e.offset + e.length <= last for e in formatted.entities)
        assert len(formatted.entities) <= MAX_ENTITIES
        assert from_telegram(formatted.text, formatted.entities) == from_runs(part)


def test_long_list_of_real_length_takes_the_fewest_messages() -> None:
    """Real limits: a caption first, then whole messages."""
    items = tuple((Text(f"Trappa {n}: lampan lyser inte."),) for n in range(400))
    parts = split(to_runs(RichText((Bullets(items),))), first_units=MAX_CAPTION_UNITS)

    lengths = [length_units(text) for text in said(parts)]
    assert lengths[0] <= MAX_CAPTION_UNITS
    assert max(lengths) <= MAX_TEXT_UNITS
    assert len(parts) == 4
    assert all(text.startswith("• ") for text in said(parts))


@pytest.mark.parametrize(
    "sign",
    [FLAG, FAMILY, LETTER, "❤\ufe0f", "🏴\U000e0067\U000e007f", "\u1112\u1161\u11ab", "\r\n"],
)
def test_sign_is_never_cut(sign: str) -> None:
    """As readers see it, it is one."""
    text = "a" + sign + "b"

    assert [at for at in range(len(text) + 1) if is_between(text, at)] == [
        0, 1, 1 + len(sign), len(text),
    ]  # fmt: skip
    assert all(whole_before(text, at) == 1 for at in range(1, 1 + len(sign)))


def test_endless_sign_is_cut_all_the_same() -> None:
    """Nobody's letter has a hundred marks."""
    assert whole_before("a" + "\u0301" * 200, 150) == 150
