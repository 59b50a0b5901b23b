"""Naming people in a carried line without calling them."""

import pytest
from hypothesis import given

from bot.domain.mentions import Addressee, address, mentioned_in, name_of_stranger
from bot.domain.richtext import Bullets, Link, Mention, Quote, RichText, Style, Styled, Text, rich
from bot.domain.richtext_json import from_json, to_json
from tests.domain.examples import trees
from tests.town import ANNA, BO, EVA

NESTED = RichText(
    (
        Styled(Style.BOLD, (Mention(ANNA, (Text("Anna"),)),)),
        Quote((Mention(BO, (Text("Bo"),)),)),
        Bullets(((Link("https://a.se", (Text("a"),)), Mention(ANNA, (Text("Anna"),))),)),
    )
)


def test_mentions_are_found_wherever_they_stand():
    """Each account once, with the name it was given."""
    assert mentioned_in(NESTED) == {ANNA: "Anna", BO: "Bo"}


def test_who_is_known_is_mentioned_and_others_are_named():
    """Under the account they have there."""
    shown = address(NESTED, {ANNA: Addressee(name="Anna", account=EVA)})

    assert mentioned_in(shown) == {EVA: "@Anna"}
    assert "Bo" in shown.plain


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("@room brand!", "@\u2060room brand!"),
        ("hej @all", "hej @\u2060all"),
        ("(@anna_b)", "(@\u2060anna_b)"),
        ("@eva:hem.se", "@\u2060eva:hem.se"),
        ("anna@hem.se", "anna@hem.se"),
        ("kl 8 @ torget", "kl 8 @ torget"),
    ],
)
def test_characters_call_nobody(said, shown):
    """A name typed on one side may be an account on the other, or everybody."""
    assert address(rich(said), {}).plain == shown


@pytest.mark.parametrize(
    ("shown", "name"),
    [("@Bosse", "Bosse"), ("Polisen", "…"), ("", "…"), ("Bo\u202e\nsse", "Bo sse")],
)
def test_name_of_a_stranger_is_cleaned(shown, name):
    """It was typed by somebody."""
    assert name_of_stranger(shown) == name


@given(trees)
def test_any_text_can_be_addressed_and_stored(text):
    """And nobody is mentioned that nobody knows."""
    shown = address(text, {})

    assert mentioned_in(shown) == {}
    assert from_json(to_json(shown)) == shown


def test_mention_is_stored_and_read_again():
    """As long as a line waits."""
    assert from_json(to_json(NESTED)) == NESTED
